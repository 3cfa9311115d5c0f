"""The seals: whatever is changed behind the portal's back is found and named."""

import base64
import hashlib
import json
import threading
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from pokmas.audit import chain, services
from pokmas.audit.checking import Fault, check
from pokmas.audit.inspections import begin_night
from pokmas.audit.models import Entry, Inspection, Seal
from pokmas.offices.models import Office
from tests.factories import UnitFactory
from tests.owner import as_owner
from tests.pokmas.audit.test_models import event_models
from tests.waiting import PATIENCE

pytestmark = pytest.mark.django_db

Kind = Inspection.Fault
OFFICE_EVENTS = "offices_officeevent"
NEW_KEY = "s2:" + base64.b64encode(b"b" * 32).decode()


@pytest.fixture(autouse=True)
def _two_tables(monkeypatch):
    """The lists that migrations fill have a history, too; here it is in the way."""
    assert set(chain.sealed_models()) == {Entry, *event_models()}
    models = [Entry, Office.pgh_event_model]
    monkeypatch.setattr(chain, "sealed_models", lambda: models)


@pytest.fixture
def entries():
    return [Entry.record(None, f"office.step{n}", details=n) for n in range(5)]


@contextmanager
def behind_the_back(table):
    """As the owner of the tables, with the triggers switched off."""
    with as_owner() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_an_untouched_trail_is_intact(entries):
    chain.seal_all()

    result = check()

    assert (result.is_intact, result.rows, result.unsealed) == (True, 5, 0)


def test_sealing_again_seals_only_what_is_new(entries):
    first = chain.seal_all()
    Entry.record(None, "office.later")

    second = chain.seal_all()
    third = chain.seal_all()

    assert (first, second, third) == (5, 1, 0)


def test_rows_that_are_not_yet_sealed_are_counted(entries):
    chain.seal_all()
    Entry.record(None, "office.later")

    assert check().unsealed == 1


def test_history_tables_are_sealed_too():
    UnitFactory()

    chain.seal_all()

    sealed = set(Seal.objects.values_list("table", flat=True))
    assert sealed == {OFFICE_EVENTS}
    assert check().is_intact


def test_one_flipped_byte_is_named(entries):
    chain.seal_all()
    victim = entries[2]
    with behind_the_back("audit_entry") as cursor:
        cursor.execute(
            "UPDATE audit_entry SET action = overlay(action placing 'X' from 1) "
            "WHERE id = %s",
            [victim.pk],
        )

    assert check().faults == [Fault("audit_entry", victim.pk, Kind.CHANGED)]


def test_one_flipped_bit_in_a_history_table_is_named():
    unit = UnitFactory(phone="0380 1230")
    chain.seal_all()
    event = Office.pgh_event_model.objects.get(pgh_obj=unit)
    with behind_the_back(OFFICE_EVENTS) as cursor:
        cursor.execute(
            f"UPDATE {OFFICE_EVENTS} SET phone = '0380 1231' WHERE pgh_id = %s",
            [event.pgh_id],
        )

    assert check().faults == [Fault(OFFICE_EVENTS, event.pgh_id, Kind.CHANGED)]


def test_a_removed_row_is_named(entries):
    chain.seal_all()
    with behind_the_back("audit_entry") as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE id = %s", [entries[0].pk])

    assert check().faults == [Fault("audit_entry", entries[0].pk, Kind.REMOVED)]


def test_a_row_slipped_in_between_is_named(entries):
    gap = entries[-1].pk + 1
    with as_owner() as cursor:  # a number that a rolled back write used up
        cursor.execute("SELECT nextval('audit_entry_id_seq')")
    Entry.record(None, "office.last")
    chain.seal_all()

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (id, capacity, action, label, details) "
            "VALUES (%s, '', 'forged', '', '{}')",
            [gap],
        )

    assert check().faults == [Fault("audit_entry", gap, Kind.ADDED)]


def test_a_row_slipped_in_between_two_seals_is_named(entries):
    chain.seal_all()
    with as_owner() as cursor:
        cursor.execute("SELECT nextval('audit_entry_id_seq')")
        (gap,) = cursor.fetchone()
    Entry.record(None, "office.last")
    chain.seal_all()

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (id, capacity, action, label, details) "
            "VALUES (%s, '', 'forged', '', '{}')",
            [gap],
        )

    assert check().faults == [Fault("audit_entry", gap, Kind.ADDED)]


def test_a_seal_rewritten_to_fit_is_found(entries):
    """Whoever changes a row and its digest must change every later seal as well."""
    chain.seal_all()
    Entry.record(None, "office.later")
    chain.seal_all()
    seal = Seal.objects.earliest("pk")
    with behind_the_back("audit_entry") as cursor:
        cursor.execute(
            "UPDATE audit_entry SET action = 'x' WHERE id = %s", [entries[0].pk]
        )
    rows = chain.digests("audit_entry", "id", seal.first_id, seal.last_id)
    seal.digests = b"".join(digest for _number, digest in rows)
    with behind_the_back("audit_seal") as cursor:
        cursor.execute(
            "UPDATE audit_seal SET digests = %s, digest = %s WHERE id = %s",
            [seal.digests, chain.digest_of(seal), seal.pk],
        )

    later = Seal.objects.latest("pk")
    assert check().faults == [Fault("audit_seal", later.pk, Kind.GAP)]


def hash_of(seal):
    """What somebody without the key can make of a seal."""
    words = [seal.table, seal.columns, seal.first_id, seal.last_id, seal.count]
    words += [seal.ids, seal.sealed_at.isoformat(), seal.key]
    content = json.dumps(words, separators=(",", ":")).encode()
    return hashlib.sha256(seal.previous + content + bytes(seal.digests)).digest()


def test_a_row_taken_out_with_all_seals_made_anew_is_found(entries):
    """Without the key nobody can make a seal, however well he knows the rest."""
    chain.seal_all()
    Entry.record(None, "office.later")
    chain.seal_all()
    with behind_the_back("audit_entry") as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE id = %s", [entries[0].pk])
    forged, head = list(Seal.objects.order_by("pk")), chain.START
    for seal in forged:
        rows = chain.digests("audit_entry", "id", seal.first_id, seal.last_id)
        seal.ids, seal.count = [number for number, _digest in rows], len(rows)
        seal.digests = b"".join(digest for _number, digest in rows)
        seal.previous, seal.digest = head, b""
        seal.digest = head = hash_of(seal)
    with behind_the_back("audit_seal") as cursor:
        cursor.execute("DELETE FROM audit_seal")
        Seal.objects.bulk_create(forged)

    faults = [Fault("audit_seal", seal.pk, Kind.SEAL) for seal in forged]
    assert check().faults == faults


def test_a_new_key_seals_and_the_old_one_is_still_asked_for(settings, entries):
    chain.seal_all()
    settings.SEAL_KEYS = [NEW_KEY, *settings.SEAL_KEYS]
    Entry.record(None, "office.later")
    chain.seal_all()

    names = list(Seal.objects.order_by("pk").values_list("key", flat=True))
    assert (names, check().is_intact) == (["s1", "s2"], True)


def test_a_seal_whose_key_is_gone_cannot_be_checked_and_says_so(settings, entries):
    chain.seal_all()
    settings.SEAL_KEYS = [NEW_KEY]

    assert check().faults == [Fault("audit_seal", Seal.objects.get().pk, Kind.KEY)]


def test_a_changed_seal_is_named(entries):
    chain.seal_all()
    with behind_the_back("audit_seal") as cursor:
        cursor.execute("UPDATE audit_seal SET sealed_at = sealed_at - interval '1 h'")

    assert check().faults == [Fault("audit_seal", Seal.objects.get().pk, Kind.SEAL)]


def test_a_removed_seal_is_found(entries):
    chain.seal_all()
    for _ in range(2):
        Entry.record(None, "office.later")
        chain.seal_all()
    _first, second, third = Seal.objects.order_by("pk")
    with behind_the_back("audit_seal") as cursor:
        cursor.execute("DELETE FROM audit_seal WHERE id = %s", [second.pk])

    assert check().faults == [Fault("audit_seal", third.pk, Kind.GAP)]


def test_seals_cut_off_at_the_end_are_missed_by_the_next_inspection(entries):
    chain.seal_all()
    services.begin_night()
    services.inspect_what_waits()
    with behind_the_back("audit_seal") as cursor:
        cursor.execute("DELETE FROM audit_seal")

    assert check().faults == [Fault("audit_seal", None, Kind.HEAD)]


def test_a_column_added_later_breaks_no_seal(entries):
    chain.seal_all()
    with behind_the_back("audit_entry") as cursor:
        cursor.execute("ALTER TABLE audit_entry ADD COLUMN later text DEFAULT 'new'")

    Entry.record(None, "office.later")
    chain.seal_all()

    assert check().is_intact


def test_a_column_taken_away_is_said(entries):
    chain.seal_all()
    with behind_the_back("audit_entry") as cursor:
        cursor.execute("ALTER TABLE audit_entry DROP COLUMN capacity")

    assert check().faults == [Fault("audit_entry", None, Kind.SHAPE)]


def test_many_rows_are_sealed_in_several_links_of_one_chain(monkeypatch, entries):
    monkeypatch.setattr(chain, "BATCH", 2)

    chain.seal_all()

    assert list(Seal.objects.values_list("count", flat=True)) == [2, 2, 1]
    assert check().is_intact


@contextmanager
def somebody_writing():
    """Somebody who wrote an entry and commits it when this block ends."""
    written, may_commit = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            Entry.record(None, "office.slow")
            written.set()
            may_commit.wait(PATIENCE)
        connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(PATIENCE)
    yield may_commit
    may_commit.set()
    thread.join()


@pytest.mark.django_db(transaction=True)
def test_no_row_slips_in_behind_the_seals_by_being_committed_late(monkeypatch):
    """While somebody is still writing, the table is left for the next run."""
    monkeypatch.setattr(chain, "PATIENCE", 0)
    with somebody_writing():
        Entry.record(None, "office.fast")  # a higher number, committed earlier
        meanwhile = chain.seal_all()
    afterwards = chain.seal_all()

    assert (meanwhile, afterwards) == (0, 2)
    assert check().is_intact


@pytest.mark.django_db(transaction=True)
def test_the_sealing_waits_a_while_for_who_is_writing(monkeypatch):
    monkeypatch.setattr(chain, "PATIENCE", PATIENCE)
    looks = []

    def writers(tables, look=chain._writers):
        found = look(tables)
        looks.append(bool(found))
        if len(looks) == 2:
            may_commit.set()
        return found

    monkeypatch.setattr(chain, "_writers", writers)
    with somebody_writing() as may_commit:
        sealed = chain.seal_all()

    assert (sealed, looks[0], looks[-1]) == (0, True, False)


@pytest.mark.django_db(transaction=True)
def test_nobody_who_writes_waits_for_the_sealing():
    """It takes no lock that a writer would have to queue for."""
    Entry.record(None, "office.first")
    with transaction.atomic():
        chain.seal_all()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT mode FROM pg_locks WHERE granted AND "
                "pid = pg_backend_pid() AND relation = 'audit_entry'::regclass"
            )
            modes = [mode for (mode,) in cursor.fetchall()]

    assert modes == ["AccessShareLock"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_sealing_at_once_make_one_chain():
    for n in range(20):
        Entry.record(None, f"office.step{n}")
    start = threading.Barrier(2)

    def seal():
        start.wait()
        chain.seal_all()
        connections.close_all()

    threads = [threading.Thread(target=seal) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    chain.seal_all()

    result = check()
    assert (result.is_intact, result.rows) == (True, 20)


# The command


def run(*words):
    out = StringIO()
    call_command("check_audit", *words, stdout=out)
    return out.getvalue()


def test_the_command_says_that_the_trail_is_intact(entries):
    assert "Jejak audit utuh: 5 baris dalam 1 segel" in run("--seal")


def test_the_command_names_table_and_row_and_fails(entries):
    chain.seal_all()
    with behind_the_back("audit_entry") as cursor:
        cursor.execute(
            "UPDATE audit_entry SET action = 'x' WHERE id = %s", [entries[1].pk]
        )
    out = StringIO()

    with pytest.raises(CommandError, match="TIDAK utuh: 1 temuan"):
        call_command("check_audit", stdout=out)

    assert f"audit_entry baris {entries[1].pk}: Baris diubah" in out.getvalue()


def test_a_check_by_the_command_counts_as_one_of_the_whole(entries):
    run("--seal")

    seen = Inspection.objects.newest()
    assert (seen.is_whole, seen.rows, seen.faults, seen.any_unsettled) == (
        True,
        5,
        [],
        False,
    )
    assert (seen.until, seen.head) == (chain.newest().pk, services.head())
    # The next night begins a new round.
    assert begin_night().first_after == 0


def test_what_the_command_found_is_unsettled_until_a_later_check_is_sound(entries):
    chain.seal_all()
    with behind_the_back("audit_entry") as cursor:
        cursor.execute(
            "UPDATE audit_entry SET action = 'x' WHERE id = %s", [entries[1].pk]
        )
    with pytest.raises(CommandError):
        run()
    found = Inspection.objects.newest()
    with behind_the_back("audit_entry") as cursor:
        cursor.execute(
            "UPDATE audit_entry SET action = %s WHERE id = %s",
            [entries[1].action, entries[1].pk],
        )

    run()

    assert found.any_unsettled is True
    assert found.faults == [
        {"table": "audit_entry", "id": entries[1].pk, "fault": "changed"}
    ]
    assert Inspection.objects.newest().any_unsettled is False


def test_a_head_that_is_missing_is_no_check_that_counts(entries):
    chain.seal_all()

    with pytest.raises(CommandError):
        run("--head", "00" * 32)

    assert Inspection.objects.count() == 0


def test_the_command_knows_a_head_from_an_old_paper(entries):
    chain.seal_all()
    head = services.head()
    Entry.record(None, "office.later")
    chain.seal_all()

    assert "utuh" in run("--head", head)


@pytest.mark.parametrize("head", ["00" * 32, "bukan-heks"])
def test_the_command_refuses_a_head_that_is_not_in_the_chain(entries, head):
    chain.seal_all()

    with pytest.raises(CommandError, match="tidak ada di dalam rantai"):
        run("--head", head)


def test_the_command_compares_every_head_that_was_sent_by_mail(entries, tmp_path):
    chain.seal_all()
    kept = tmp_path / "surel.mbox"
    kept.write_text(f"Subject: Kepala\n\n> {services.head().upper()}\n\nHasil: utuh.\n")
    good = run("--heads", str(kept))
    kept.write_text(kept.read_text() + f"\n{'00' * 32}\n")

    assert "1 kepala dari luar ada" in good
    with pytest.raises(CommandError, match=f"Kepala {'00' * 32} tidak ada"):
        run("--heads", str(kept))


@pytest.mark.parametrize(
    ("content", "words"), [("x", "Tidak ada kepala"), (None, "tidak dapat dibaca")]
)
def test_a_file_of_heads_that_says_nothing_is_refused(tmp_path, content, words):
    path = tmp_path / "surel.txt"
    if content:
        path.write_text(content)

    with pytest.raises(CommandError, match=words):
        run("--heads", str(path))
