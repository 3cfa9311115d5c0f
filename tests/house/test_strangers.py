"""What belongs to one region is not found from another, by whatever way one asks.

Some 7,000 requests about the records of unit A, by every role of unit B: through
paths, filters, forms, files, pieces of pages and kept uploads.
"""

from collections import defaultdict
from itertools import cycle, islice, product

import pytest
from django.apps import apps
from django.db import connection, models
from django.forms import IntegerField, ModelChoiceField
from django.urls import reverse

from pokmas.accounts.roles import OF_PARTNERS, Role
from pokmas.forms.kept_files import KeptFileField, token_of
from tests.factories import DocumentFactory
from tests.house.access import Who
from tests.house.forms import answers, forms_of, send
from tests.house.rooms import ACCESS, COMMON, MARKED, OWN
from tests.house.test_walk import undone
from tests.house.world import build
from tests.house.written import writes, written_since

pytestmark = pytest.mark.django_db

# Headquarters is nowhere a stranger; who may do less for a partner meets the same rows.
ALIKE = {Role.HEADQUARTERS, *OF_PARTNERS[1:]}
STRANGERS = [role for role in Role if role not in ALIKE]
REQUESTS = 550
# What every role would be answered alike is asked by one role in so many.
TURNS = 3
# Stands in every name that only unit A and those above it may read.
MARK = "Seruni-Jauh"
# What a list is asked for by, here or in any list one may imagine.
PARAMETERS = [
    *("q", "office", "region", "partner", "partners", "partner_name", "group"),
    *("agreement", "user", "type", "about", "after", "before", "next"),
]


@pytest.fixture
def worlds():
    """Unit B in one region, and unit A, whose records are marked, in another."""
    ours, theirs = build(), build()
    for name, columns in MARKED.items():
        row = theirs.records[name]
        values = dict.fromkeys(columns, f"{MARK} {name}")
        type(row)._base_manager.filter(pk=row.pk).update(**values)
    for user in theirs.people.values():
        user.full_name = f"{MARK} {user.full_name}"
        user.save()
    return ours, theirs


class Spy:
    """Asks as one person of unit B; notes whatever tells of unit A or changes it."""

    def __init__(self, client, theirs):
        self.client = client
        self.queries = state_queries(theirs)
        self.state = self.read_state(self.queries)
        self.requests = 0
        self.leaks = []

    def read_state(self, tables) -> dict[str, str]:
        found = {}
        with connection.cursor() as cursor:
            for table in self.queries.keys() & tables:
                cursor.execute(self.queries[table])
                found[table] = cursor.fetchone()[0]
        return found

    def is_changed(self, counted) -> bool:
        now = self.read_state(written_since(counted))
        return any(text != self.state[table] for table, text in now.items())

    def ask(self, url, sent=None, *, expected=None, **headers):
        self.requests += 1
        with undone(self.client):
            counted = sent is not None and writes()
            if sent is None:
                response = self.client.get(url, headers=headers)
            else:
                response = send(self.client, url, sent, headers=headers)
            content = b"".join(response) if response.streaming else response.content
            changed = sent is not None and self.is_changed(counted)
        told = MARK.encode() in content or MARK in str(response.headers)
        broken = response.status_code >= 500
        unexpected = expected and response.status_code not in expected
        if told or changed or broken or unexpected:
            self.leaks.append((url, sent, response.status_code, told, changed))


def records(world) -> list:
    """What belongs to this unit and its people."""
    own = [row for name, row in world.records.items() if name not in COMMON]
    return [row for row in own if isinstance(row, models.Model)] + [
        *world.people.values()
    ]


def state_queries(world) -> dict[str, str]:
    """SQL by table for a text: the records of this world that stand there, and how
    many rows point at any of them."""
    ids = defaultdict(list)
    for row in records(world):
        ids[type(row)].append(row.pk)
    parts = defaultdict(list)
    for model, pks in ids.items():
        table = model._meta.db_table
        select = f"select ({table}.*)::text from {table} where id = "
        parts[table] += [f"{select}{pk}" for pk in pks]
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if model._meta.app_label != "pghistory" and field.related_model in ids:
                among = f"{field.column} in {(*ids[field.related_model], 0)}"
                table = model._meta.db_table
                parts[table].append(f"select count(*)::text from {table} where {among}")
    return {table: _as_one(selects) for table, selects in parts.items()}


def _as_one(selects: list[str]) -> str:
    numbered = " union all ".join(
        f"select {place}, ({select})" for place, select in enumerate(selects)
    )
    return f"select string_agg(value, '|' order by n) from ({numbered}) s(n, value)"


@pytest.mark.exhaustive
@pytest.mark.parametrize("role", STRANGERS)
@pytest.mark.usefixtures("stopped_clock")
def test_no_request_of_a_stranger_finds_or_changes_anything(sign_in, worlds, role):
    ours, theirs = worlds
    user = ours.people[role]
    spy = Spy(sign_in(user), theirs)

    by_path(spy, role, user, ours, theirs)
    by_form(spy, role, user, ours, theirs)
    by_filter(spy, role, theirs)

    assert spy.leaks == []
    assert spy.read_state(spy.queries) == spy.state
    assert spy.requests >= REQUESTS


def by_path(spy, role, user, ours, theirs):
    """Every address about a record: with theirs, and with ours and theirs mixed."""
    victim = theirs.people[Role.UNIT_OPERATOR]
    turn = islice(cycle(range(TURNS)), STRANGERS.index(role), None)
    for name, access in ACCESS.items():
        if not access.on or access.roles is Who.PUBLIC or set(access.on) <= COMMON:
            continue
        own = [ours.find(each, user) for each in access.on]
        other = [theirs.find(each, victim) for each in access.on]
        if OWN.keys() & set(access.on):  # made a moment ago
            spy.state = spy.read_state(spy.queries)
        is_for_role = role in access.roles
        hidden = {404} if is_for_role else {403, 404}
        for arguments in mixed(own, other):
            in_turn = next(turn) == 0
            url = reverse(name, args=arguments)
            if is_for_role or in_turn:
                spy.ask(url, expected=hidden | unknown(access, "get"))
                spy.ask(url, {}, expected=hidden | unknown(access, "post"))
            if in_turn:
                expected = hidden | unknown(access, "get")
                spy.ask(url, hx_request="true", expected=expected)


def unknown(access, method) -> set[int]:
    return set() if method in access.methods else {405}


def mixed(own, other):
    """The arguments of theirs, then each of theirs alone among ours."""
    yield other
    for place, value in enumerate(other):
        if len(other) > 1 and value != own[place]:
            yield [*own[:place], value, *own[place + 1 :]]


def by_form(spy, role, user, ours, theirs):
    """Every form, rightly filled in but for one answer that is a record of theirs."""
    kept = token_of(DocumentFactory(uploaded_by=user), user)
    stolen = token_of(theirs.records["document"], theirs.people[Role.UNIT_OPERATOR])
    for name, access in ACCESS.items():
        if "post" not in access.methods or name.startswith(("account_", "mfa_")):
            continue
        if access.roles is not Who.PUBLIC and role not in access.roles:
            continue
        url = reverse(name, args=[ours.find(each, user) for each in access.on])
        found = []
        if "get" in access.methods:
            with undone(spy.client):
                found = forms_of(spy.client.get(url))
        said = {}
        for key, value in [pair for form in found for pair in answers(form).items()]:
            is_file = hasattr(value, "seek")
            said[f"{key}_kept" if is_file else key] = kept if is_file else value
        for form in found:
            for bound in form:
                for value in aims(bound.field, theirs):
                    spy.ask(url, said | {bound.html_name: value})
                if isinstance(bound.field, KeptFileField):
                    spy.ask(url, said | {f"{bound.html_name}_kept": stolen})


def aims(field, theirs) -> list:
    """What of theirs could be an answer to this question."""
    if isinstance(field, ModelChoiceField):
        kind = field.queryset.model
        return [row.pk for row in records(theirs) if type(row) is kind]
    return [theirs.unit.pk] if isinstance(field, IntegerField) else []


def by_filter(spy, role, theirs):
    """Every list, asked for what is theirs by number, code and name."""
    # In small letters: what a page repeats of the question is no leak.
    values = [MARK.partition("-")[0].lower(), *{str(row.pk) for row in records(theirs)}]
    lists = [
        name
        for name, access in ACCESS.items()
        if "get" in access.methods
        and not access.on
        and not name.startswith("mfa_")
        and (access.roles is Who.PUBLIC or role in access.roles)
    ]
    asked = zip(product(lists, PARAMETERS), cycle(values), strict=False)
    for (name, parameter), value in islice(asked, STRANGERS.index(role), None, TURNS):
        spy.ask(f"{reverse(name)}?{parameter}={value}")
