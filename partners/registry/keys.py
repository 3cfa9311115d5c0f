"""What is compared when somebody asks whether a partner is known already.

The database keeps these forms in columns of their own, so that whatever writes a name
or a number, in whichever habit, is compared in the same way.
"""

from collections.abc import Callable
from functools import cache

from django.db import connection
from django.db.models import Func, TextField, Value
from django.db.models.functions import Upper
from django.db.models.sql import Query

# Where a text stands in a statement.
ASKED = object()


class PlainName(Func):
    """A name without legal form and titles, spelled in one way.

    “Yys. Soekma Djaja” and “SUKMA JAYA” are the same. The function is part of the
    database (migration 0006_plain_names); what changes it must rewrite the columns.
    """

    function = "partners_plain_name"
    output_field = TextField()


def _without(expression, pattern: str, instead: str = "") -> Func:
    return Func(
        expression,
        Value(pattern),
        Value(instead),
        Value("g"),
        function="REGEXP_REPLACE",
        output_field=TextField(),
    )


def phone_key(expression) -> Func:
    """The digits behind 0, 62, +62 or 0062: 81234567890."""
    return _without(_without(expression, r"\D"), "^(00)?(62)?0*")


def number_key(expression) -> Func:
    """The letters and digits of a deed or permit, without “Nomor” and “Tahun”."""
    return _without(Upper(expression), r"\y(NOMOR|NO|TAHUN|THN|TH)\y|[^A-Z0-9]+")


def tax_key(expression) -> Func:
    """16 digits: the older 15 stand behind a nought."""
    return _without(_without(expression, r"\D"), r"^(\d{15})$", r"0\1")


def kept_forms(*texts: tuple[Callable[[Value], Func], str]) -> list[str]:
    """What the database would keep: asked of it, for the rule stands there alone."""
    statement, values = _asking_for(tuple(key for key, _text in texts))
    asked = iter(text for _key, text in texts)
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [next(asked) if each is ASKED else each for each in values]
        )
        return list(cursor.fetchone())


@cache
def _asking_for(keys: tuple[Callable[[Value], Func], ...]) -> tuple[str, tuple]:
    query = Query(None)
    for place, key in enumerate(keys):
        query.add_annotation(key(Value(ASKED)), f"form{place}", select=True)
    return query.sql_with_params()
