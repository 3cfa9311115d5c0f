"""What is compared when somebody asks whether a partner is known already.

The database keeps these forms in columns of their own, so that whatever writes a name
or a number, in whichever habit, is compared in the same way.
"""

from collections.abc import Iterable

from django.db.models import Expression, Func, TextField, Value
from django.db.models.functions import Upper
from django.db.models.sql import Query
from django.db.models.sql.constants import SINGLE


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


def kept_forms(expressions: Iterable[Expression]) -> list[str]:
    """What the database would keep: asked of it, for the rule stands there alone."""
    query = Query(None)
    for place, expression in enumerate(expressions):
        query.add_annotation(expression, f"form{place}", select=True)
    return list(query.get_compiler("default").execute_sql(SINGLE))
