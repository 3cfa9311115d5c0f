"""The portal's role adds to the trail, and can do nothing else to it."""

import pghistory
import pytest
from django.db import ProgrammingError, connection, transaction

from pokmas.audit import grants
from pokmas.audit.models import Entry, Seal
from pokmas.offices.models import Office
from pokmas.server.checks import production_cannot_rewrite_the_trail
from tests.factories import UnitFactory
from tests.owner import as_owner
from tests.pokmas.audit.test_models import event_models

pytestmark = pytest.mark.django_db

RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
OFFICE_EVENTS = "offices_officeevent"


def held():
    """What the portal's role may do with each table of the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, array_agg(name) FILTER (WHERE has_table_privilege(c.oid, "
            "name)) FROM pg_class c, unnest(%s::text[]) name WHERE relkind IN "
            "('r', 'p', 'v') AND relnamespace = 'public'::regnamespace GROUP BY 1",
            [list(RIGHTS)],
        )
        return {table: set(given or ()) for table, given in cursor.fetchall()}


def refused(words):
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(words)
    return True


def test_every_table_gives_the_rights_that_follow_from_its_model_and_no_other():
    assert held() == grants.rights()


def test_what_is_trail_can_be_read_and_added_to():
    trail = {model._meta.db_table for model in [Entry, Seal, *event_models()]}

    given = {table for table, rights in held().items() if rights == grants.ADD}

    assert given == trail


@pytest.mark.parametrize("table", ["audit_entry", "audit_seal", OFFICE_EVENTS])
@pytest.mark.parametrize(
    "words",
    [
        "UPDATE {} SET {} = {}",
        "DELETE FROM {}",
        "TRUNCATE {}",
        "DROP TABLE {}",
        "ALTER TABLE {} DISABLE TRIGGER USER",
        "ALTER TABLE {} ADD COLUMN more text",
        "CREATE INDEX ON {} ({})",
    ],
)
def test_the_trail_is_not_changed_nor_its_triggers_switched_off(table, words):
    column = "pgh_label" if table == OFFICE_EVENTS else "id"

    assert refused(words.format(table, column, column))


@pytest.mark.parametrize(
    "words",
    [
        "CREATE TABLE mine ()",
        "CREATE TEMPORARY TABLE offices_officeevent ()",
        "CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS uuid "
        "LANGUAGE sql AS 'SELECT NULL::uuid'",
        "SET session_replication_role = replica",
        "UPDATE pghistory_context SET metadata = '{}'",
        "INSERT INTO pghistory_context VALUES (gen_random_uuid(), now(), now(), '{}')",
        "DELETE FROM django_migrations",
    ],
)
def test_nothing_can_be_put_in_the_way_of_the_trail(words):
    assert refused(words)


def test_no_setting_of_a_session_keeps_the_history_from_being_written():
    unit = UnitFactory(phone="")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pgtrigger.ignore', array_agg(tgname)::text, true) "
            "FROM pg_trigger WHERE NOT tgisinternal"
        )

        cursor.execute("UPDATE offices_office SET phone = '1' WHERE id = %s", [unit.pk])

    labels = Office.pgh_event_model.objects.filter(pgh_obj=unit).order_by("pgh_id")
    assert [event.pgh_label for event in labels] == ["insert", "update"]


def test_whom_a_context_names_stays_named():
    contexts = pghistory.models.Context.objects
    with pghistory.context(user=None) as context:
        unit = UnitFactory()
        pghistory.context(user=1)
        Office.objects.filter(pk=unit.pk).update(phone="1")
        pghistory.context(user=2)
        Office.objects.filter(pk=unit.pk).update(phone="2")

    assert contexts.get(pk=context.id).metadata["user"] == 1


def test_a_context_is_written_once_however_many_rows_it_changes():
    units = UnitFactory.create_batch(3)
    pages = set()
    with pghistory.context(user=1) as context, connection.cursor() as cursor:
        for savepoint in (False, True, True):
            with transaction.atomic(savepoint=savepoint):
                cursor.execute("UPDATE offices_office SET phone = phone || '1'")
            cursor.execute(
                "SELECT ctid, xmin FROM pghistory_context WHERE id = %s", [context.id]
            )
            pages.add(cursor.fetchone())

    told = Office.pgh_event_model.objects.filter(pgh_context=context.id)
    assert len(pages) == 1
    assert told.filter(pgh_obj__in=units).count() == 3 * len(units)


def test_a_context_of_a_savepoint_that_was_rolled_back_is_written_anew():
    unit = UnitFactory()
    with pghistory.context(user=1) as context:
        with transaction.atomic():
            Office.objects.filter(pk=unit.pk).update(phone="1")
            transaction.set_rollback(True)
        Office.objects.filter(pk=unit.pk).update(phone="2")

    told = Office.pgh_event_model.objects.get(pgh_context=context.id)
    assert (told.phone, told.pgh_context.metadata) == ("2", {"user": 1})


def test_what_is_asked_for_each_row_catches_no_error_with_one_role_for_all(settings):
    """After each error that is caught PostgreSQL looks through all waiting checks."""
    role = settings.DATABASE_ROLE
    with as_owner() as cursor:
        cursor.execute("SELECT current_user")
        settings.DATABASE_ROLE = cursor.fetchone()[0]
        pghistory.models.Context.install_pgh_attach_context_func()
        cursor.execute(
            "CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) "
            "RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RETURN false; "
            "EXCEPTION WHEN OTHERS THEN RETURN false; END $$"
        )

        grants.apply(plan=[])

        cursor.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
            "AND prosrc ILIKE %s",
            ["%EXCEPTION WHEN%"],
        )
        assert cursor.fetchall() == []
        settings.DATABASE_ROLE = role


def test_production_refuses_a_role_that_can_rewrite_the_trail(settings):
    bound = production_cannot_rewrite_the_trail(None, databases=["default"])
    settings.OWNER_DATABASE = {}
    with as_owner():
        free = production_cannot_rewrite_the_trail(None, databases=["default"])

    assert (bound, [error.id for error in free]) == ([], ["pokmas.E006"])
