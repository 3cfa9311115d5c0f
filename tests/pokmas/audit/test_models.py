"""The trail is written and never changed, by whatever way one tries."""

from datetime import date

import pghistory
import pghistory.models
import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import RoleOverride
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry, Seal
from pokmas.audit.moments import PARTS
from pokmas.offices.models import Office
from tests.factories import UnitFactory, person
from tests.owner import as_owner

OURS = ("pokmas", "partners", "agreements", "outreach", "reports")
# Models whose rows tell no history of their own, and why.
WITHOUT_HISTORY = {
    "outreach.OfflineEntry": "a receipt that nobody edits",
    "outreach.OfflinePhoto": "gone when its report has come",
    "records.Word": "words of names, not the names",
    "records.Mark": "gone after minutes",
    "offices.Province": "official codes, loaded by a command",
    "offices.Regency": "official codes, loaded by a command",
    "accounts.SignIn": "is a log itself",
    "accounts.ConsentText": "versions, never edited",
    "audit.Entry": "is the trail",
    "audit.Seal": "is the trail",
    "audit.Inspection": "what a check found",
    "documents.DocumentText": "what its file says",
    "jobs.Job": "work, not records",
    "jobs.Heartbeat": "work, not records",
    "jobs.ScheduledRun": "work, not records",
    "jobs.FileStore": "made once",
    "notices.Notice": "told or not told",
    "partners.Nik": "gone with its row, and never in a copy",
    "agreements.ProofBaseline": "locked once, and never changed after",
    "numbering.NumberBook": "counts; each number tells its history",
    "reports.ActivityTally": "sums of rows that have one",
    "reports.TypeTally": "sums of rows that have one",
    "reports.ServedTally": "sums of rows that have one",
    "imports.ImportRow": "gone after weeks; what it made has a history",
    "imports.KnownHeading": "what a heading meant last",
}


def event_models():
    return [
        model
        for model in apps.get_models()
        if issubclass(model, pghistory.models.Event) and model._meta.managed
    ]


def our_models():
    return [
        model
        for model in apps.get_models()
        if model.__module__.split(".")[0] in OURS
        and not issubclass(model, pghistory.models.Event)
    ]


def refused(sql):
    """Whether the database refuses it even to the owner; the transaction goes on."""
    try:
        with transaction.atomic(), as_owner() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(sql)
    except ProgrammingError as error:
        return "Cannot" in str(error)
    return False


# The entries


@pytest.fixture
def entry():
    operator = person(Role.UNIT_OPERATOR)
    return Entry.record(
        operator, "office.changed", operator.acting.office, reason="uji"
    )


@pytest.mark.django_db
def test_an_entry_says_who_did_what_in_which_capacity(entry):
    operator = entry.actor

    entry.refresh_from_db()
    assert (entry.action, entry.about, entry.details) == (
        "office.changed",
        operator.acting.office,
        {"reason": "uji"},
    )
    assert entry.capacity == str(operator.acting)
    assert (entry.office, entry.region) == (
        operator.acting.office,
        operator.acting.office.region,
    )


@pytest.mark.django_db
def test_details_may_hold_dates_and_words_that_are_translated_late(entry):
    written = Entry.record(None, "x.y", until=date(2026, 11, 21), word=_("Simpan"))

    written.refresh_from_db()
    assert written.details == {"until": "2026-11-21", "word": "Simpan"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda entry: Entry.objects.update(action="other"),
        lambda entry: Entry.objects.all().delete(),
        lambda entry: entry.delete(),
        lambda entry: Entry(pk=entry.pk, action="other").save(force_update=True),
        lambda entry: Entry.objects.bulk_update([entry], ["action"]),
    ],
    ids=["update", "bulk delete", "delete", "save", "bulk_update"],
)
def test_an_entry_cannot_be_changed_or_removed(entry, change):
    with pytest.raises(ProgrammingError), transaction.atomic():
        change(entry)

    assert Entry.objects.get().action == "office.changed"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET action = 'other'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "TRUNCATE audit_entry CASCADE",
        "UPDATE audit_seal SET count = 0",
        "DELETE FROM audit_seal",
        "TRUNCATE audit_seal",
    ],
)
def test_raw_sql_changes_nothing_in_the_trail(entry, sql):
    Seal.objects.create(
        table="t",
        columns=["id"],
        first_id=1,
        last_id=1,
        count=1,
        ids=[1],
        digests=bytes(32),
        previous=bytes(32),
        digest=bytes(32),
        sealed_at="2026-11-21T00:00Z",
        key="s1",
    )

    assert refused(sql)


# The history tables


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE", "DELETE", "TRUNCATE"])
def test_the_history_of_offices_cannot_be_changed(statement):
    UnitFactory()
    table = Office.pgh_event_model._meta.db_table
    sql = {
        "UPDATE": f"UPDATE {table} SET name = 'lain'",
        "DELETE": f"DELETE FROM {table}",
        "TRUNCATE": f"TRUNCATE {table}",
    }[statement]

    assert refused(sql)


@pytest.mark.django_db
def test_every_history_table_refuses_what_the_trail_refuses():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger "
            "WHERE tgenabled IN ('O', 'A') AND NOT tgisinternal"
        )
        installed = cursor.fetchall()
    missing = [
        (model._meta.db_table, name)
        for model in [*event_models(), Entry, Seal]
        for name in ("append_only", "never_truncated")
        if not any(
            table == model._meta.db_table and f"pgtrigger_{name}_" in trigger
            for table, trigger in installed
        )
    ]

    assert missing == []


@pytest.mark.django_db
def test_no_history_has_an_index_that_no_page_asks_for():
    """By its row, by its context, and by what a room says (history.looked_up_by)."""
    allowed = {(model._meta.pk.column,) for model in event_models()}
    allowed |= {("pgh_obj_id",), ("pgh_context_id",)}
    tables = [model._meta.db_table for model in event_models()]
    said = {
        (model._meta.db_table, tuple(f"{name}_id" for name in index.fields))
        for model in event_models()
        for index in model._meta.indexes
    }
    found = set()
    for table in tables:
        with connection.cursor() as cursor:
            constraints = connection.introspection.get_constraints(cursor, table)
        found |= {
            (table, tuple(each["columns"]))
            for each in constraints.values()
            if each["index"] and tuple(each["columns"]) not in allowed
        }

    assert found == said


def test_the_parts_that_are_told_with_a_record_are_found_by_an_index():
    parts = [part for told in PARTS.values() for part in told]
    lacking = [
        part.model
        for part in parts
        if [part.owner]
        not in [index.fields for index in part.model.pgh_event_model._meta.indexes]
    ]

    assert (len(parts) >= 4, lacking) == (True, [])


# Every change leaves an event


def test_every_model_keeps_its_history_or_says_why_not():
    silent = {
        model._meta.label
        for model in our_models()
        if not getattr(model, "pgh_event_models", None)
    }

    assert silent - WITHOUT_HISTORY.keys() == set()


def test_every_history_knows_inserts_and_deletes_and_updates():
    """A link between two records has nothing to update."""
    lacking = {
        model._meta.label: {"insert", "update", "delete"} - set(model.pgh_event_models)
        for model in our_models()
        if getattr(model, "pgh_event_models", None)
    }

    assert {
        label: labels for label, labels in lacking.items() if labels - {"update"}
    } == {}


def _orm(unit):
    unit.phone = "0380 1"
    unit.save()


def _queryset(unit):
    Office.objects.filter(pk=unit.pk).update(phone="0380 1")


def _bulk(unit):
    unit.phone = "0380 1"
    Office.objects.bulk_update([unit], ["phone"])


def _raw(unit):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE offices_office SET phone = '0380 1' WHERE id = %s", [unit.pk]
        )


@pytest.mark.django_db
@pytest.mark.parametrize("change", [_orm, _queryset, _bulk, _raw])
def test_an_update_leaves_an_event(change):
    unit = UnitFactory(phone="")

    change(unit)

    events = Office.pgh_event_model.objects.filter(pgh_obj=unit, pgh_label="update")
    assert events.latest("pgh_id").phone == "0380 1"


@pytest.mark.django_db
def test_rows_made_in_bulk_leave_an_event_each():
    RoleOverride.objects.bulk_create(
        RoleOverride(role=Role.UNIT_HEAD, permission=f"jobs.x{n}", granted=True)
        for n in range(50)
    )

    events = RoleOverride.pgh_event_model.objects.filter(pgh_label="insert")
    assert events.count() == 50


@pytest.mark.django_db
def test_a_row_made_by_raw_sql_leaves_an_event():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_roleoverride (role, permission, granted) "
            "VALUES ('unit_head', 'jobs.view_job', true)"
        )

    event = RoleOverride.pgh_event_model.objects.get()
    assert (event.pgh_label, event.permission) == ("insert", "jobs.view_job")


@pytest.mark.django_db
@pytest.mark.parametrize("raw", [False, True])
def test_a_deleted_row_leaves_an_event_with_its_last_values(raw):
    override = RoleOverride.objects.create(
        role=Role.UNIT_HEAD, permission="jobs.view_job", granted=True
    )
    pk = override.pk

    if raw:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM accounts_roleoverride WHERE id = %s", [pk])
    else:
        RoleOverride.objects.filter(pk=pk).delete()

    events = RoleOverride.pgh_event_model.objects.filter(pgh_obj_id=pk)
    assert events.get(pgh_label="delete").permission == "jobs.view_job"


@pytest.mark.django_db
def test_an_entry_and_the_fields_it_changed_share_one_context():
    unit = UnitFactory(phone="")

    with pghistory.context(user=None):
        unit.phone = "0380 1"
        unit.save()
        entry = Entry.record(None, "office.changed", unit)

    event = Office.pgh_event_model.objects.filter(pgh_label="update").latest("pgh_id")
    assert entry.context == event.pgh_context_id


@pytest.mark.django_db
def test_entries_are_scoped_to_the_branch(entry):
    unit = entry.office
    people = [
        person(Role.HEADQUARTERS),
        person(Role.REGIONAL_ADMIN, unit.region),
        person(Role.UNIT_HEAD, unit),
        person(Role.UNIT_HEAD, UnitFactory()),
    ]

    seen = [Entry.objects.visible_to(user).count() for user in people]

    assert seen == [1, 1, 1, 0]
