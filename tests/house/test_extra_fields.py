"""A form changes what it asks for and nothing else, whatever is sent with it."""

import uuid
from datetime import date, datetime, timedelta
from functools import cache

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection, models, transaction
from django.utils import timezone

from pokmas.records.models import Mark
from tests.factories import UnitFactory
from tests.house.access import Who
from tests.house.forms import answers, forms_of, names_of, send
from tests.house.rooms import ACCESS, CLOSED, LATER, VARIANTS, address, said_at
from tests.house.rooms import models as models_of
from tests.house.test_pages import ORDER
from tests.house.test_walk import undone
from tests.house.world import build
from tests.house.written import writes, written_since

pytestmark = pytest.mark.django_db

# Different at each try by their nature.
RANDOM = {
    *("about_id", "code", "data", "digest", "file", "key", "owner_id", "password"),
    *("payload", "reference", "search_text", "session_key", "thumbnail"),
    *("token_hash", "url"),
}
# What a form of ours reads beside its own fields.
# The last is what a button says that only looks.
ANSWERED_ELSEWHERE = {"submission_key", "revision", "look"}


def tables():
    """What a request may change; the audit only tells of it, and tries are counted."""
    every = models_of("account", "mfa", "usersessions")
    return [
        model
        for model in every
        if model._meta.app_label != "audit" and model is not Mark
    ]


def snapshot(only: set[str] | None = None) -> dict[str, dict[int, dict]]:
    """Model → row → its values, without those that are chance; of these tables alone,
    or of all.

    A foreign key is (model, row).
    """
    found = {}
    with connection.cursor() as cursor:
        for label, (table, columns, query) in questions().items():
            if only is not None and table not in only:
                continue
            cursor.execute(query)
            found[label] = {
                pk: {
                    name: (target, value) if value and target else value
                    for (name, target), value in zip(columns, values, strict=True)
                }
                for pk, *values in cursor.fetchall()
            }
    return found


@cache
def questions() -> dict[str, tuple[str, list[tuple[str, str]], str]]:
    """For each model its table, its columns with what they point at, and the SQL."""
    asked = {}
    for model in tables():
        meta = model._meta
        fields = [
            field
            for field in meta.concrete_fields
            if not field.primary_key and field.name not in RANDOM
        ]
        columns = [
            (field.attname, field.is_relation and field.related_model._meta.label_lower)
            for field in fields
        ]
        names = ", ".join(f'"{field.column}"' for field in [meta.pk, *fields])
        query = f'select {names} from "{meta.db_table}"'
        asked[meta.label_lower] = meta.db_table, columns, query
    return asked


def difference(before: dict, after: dict) -> list:
    """What a request did, in a form that two runs of it share; `after` are the tables
    that it wrote."""
    done = []
    for label, rows in after.items():
        for pk in before[label].keys() | rows.keys():
            old, new = before[label].get(pk), rows.get(pk)
            if old != new:
                changed = {
                    name: _shared(value, before)
                    for name, value in (new or {}).items()
                    if (old or {}).get(name) != value
                }
                done.append((label, pk if old else "new", new is None, changed))
    return sorted(done, key=repr)


def _shared(value, before):
    """Rows made by this request and moments of it are the same in both runs."""
    if isinstance(value, tuple) and value[1] not in before.get(value[0], ()):
        return (value[0], "new")
    if isinstance(value, uuid.UUID):
        return "uuid"
    if isinstance(value, datetime):
        recent = abs(timezone.now() - value) < timedelta(hours=1)
        return "now" if recent else value
    return value


def attacks(asked: set[str], first, newest) -> dict:
    """Every column of every table that the form does not ask for, with a value; what
    points at a row points at the `newest` of its model."""
    sent = {}
    for model in [first, *tables()] if first else tables():
        for field in model._meta.concrete_fields:
            if field.name not in asked | ANSWERED_ELSEWHERE:
                for name in {field.name, field.attname} - sent.keys():
                    sent[name] = _attack(field, newest)
    return sent


def newest_row(model):
    return model._base_manager.values_list("pk", flat=True).last()


def _attack(field, newest):
    if field.choices:
        return [value for value, _ in field.flatchoices][-1]
    if field.is_relation:
        return newest(field.related_model)
    for kind, value in (
        (models.BooleanField, "on"),
        (models.DateTimeField, "2001-01-01T00:00"),
        (models.DateField, date(2001, 1, 1)),
        (models.IntegerField, 77),
        (models.UUIDField, uuid.UUID(int=7)),
    ):
        if isinstance(field, kind):
            return value
    return "disusupi@contoh.test"


# A file that passed the checks is kept even when the form is refused.
KEPT = ("documents.document", "new")
# What a step asks on the page of its record.
STEP = {"reason": "Alasan uji", "visibility": "public", "confirmed": "on"}


def sending(role):
    """The routes that this role is the first to send something to."""
    for name, access in ACCESS.items():
        if "post" in access.methods:
            allowed = ORDER if access.roles is Who.PUBLIC else access.roles
            if next(each for each in ORDER if each in allowed) == role:
                yield name, access


@pytest.mark.exhaustive
@pytest.mark.parametrize("role", ORDER)
@pytest.mark.usefixtures("stopped_clock")
def test_what_a_form_does_not_ask_for_is_not_changed(sign_in, role):
    world = build()
    user = world.people[role]
    if not Authenticator.objects.filter(user=user, type="totp").exists():
        TOTP.activate(user, generate_totp_secret())
    client = sign_in(user)
    for own in ("own_notice", "own_session"):
        world.find(own, user)
    # Some step is legal for one of the records.
    built = {kind: variants(world) for kind, variants in VARIANTS.items()}
    sent, taken, touched = set(), set(), {}
    newest = cache(newest_row)
    before, counted = snapshot(), writes()
    for name, access in sending(role):
        sent.add(name)
        choices = [[world.find(each, user) for each in access.on]]
        for place, kind in enumerate(access.on):
            before_it, after_it = choices[0][:place], choices[0][place + 1 :]
            choices += [[*before_it, row.pk, *after_it] for row in built.get(kind, [])]
        before |= snapshot(written_since(counted))
        counted = writes()
        for arguments in choices:
            url = address(name, arguments)
            said, asked = filled_in(client, url, access)
            said |= said_at(name, asked)
            plain = done(client, url, said, before)
            if any((table, row) != KEPT for table, row, *_ in plain):
                taken.add(name)
                secret = asked | LATER.get(name, set())
                more = attacks(secret, record(world, access), newest)
                extra = done(client, url, more | said, before)
                if extra != plain:
                    touched[name] = [row for row in extra if row not in plain]
                break
    assert touched == {}
    assert sent - taken == sent & CLOSED


def filled_in(client, url, access) -> tuple[dict, set[str]]:
    """The answers to what this page asks, and every name it reads."""
    found = []
    if "get" in access.methods:
        with undone(client):
            found = forms_of(client.get(url))
    said = {name: value for form in found for name, value in answers(form).items()}
    return STEP | said, {name for form in found for name in names_of(form)}


def record(world, access):
    """The kind of record this address is about, if any."""
    first = world.records.get(access.on[0]) if access.on else None
    return type(first) if isinstance(first, models.Model) else None


def done(client, url, sent, before) -> list:
    with undone(client):
        counted = writes()
        send(client, url, sent)
        return difference(before, snapshot(written_since(counted)))


def test_what_is_written_is_noticed_and_nothing_else_of_note():
    unit = UnitFactory()
    counted = writes()
    with transaction.atomic():
        type(unit).objects.filter(pk=unit.pk).update(name="Lain")
        transaction.set_rollback(True)
    taken_back = written_since(counted)
    again = writes()
    type(unit).objects.filter(pk=unit.pk).first()

    assert taken_back >= {"offices_office", "offices_officeevent"}
    assert "accounts_user" not in taken_back
    assert written_since(again) == set()
