import hashlib
import os
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import ProgrammingError, transaction
from django.utils import timezone

from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.documents import clamd, services
from pokmas.documents.models import Document, IssuedDocument, random_name
from pokmas.jobs.models import Job
from pokmas.jobs.services import run
from pokmas.notices.models import Notice
from pokmas.notices.services import tell_of_infected_files
from tests.factories import UnitFactory, UserFactory, person
from tests.pokmas.documents import corpus
from tests.pokmas.documents.clamd_server import EICAR
from tests.pokmas.documents.clamd_server import clamd as serving_clamd
from tests.pokmas.documents.corpus import upload
from tests.pokmas.documents.factories import DocumentFactory, IssuedDocumentFactory

Scan = Document.Scan
Status = IssuedDocument.Status
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage")]


# Handing in


def test_store_with_an_owner_leaves_one_entry_about_the_owner():
    unit = UnitFactory()
    user = person(Role.UNIT_OPERATOR, unit)

    document = services.store(upload("sk.pdf", corpus.pdf(2)), by=user, owner=unit)

    entry = Entry.objects.about(unit).get()
    assert (entry.actor, entry.action) == (user, "document.attached")
    assert entry.details == {"file": "sk.pdf", "sha256": document.sha256}
    assert list(Document.objects.of(unit)) == [document]
    assert (document.pages, document.scan) == (2, Scan.OFF)


def test_store_takes_a_file_that_was_kept_before():
    unit = UnitFactory()
    user = person(Role.UNIT_OPERATOR, unit)
    kept = services.store(upload("sk.pdf", corpus.pdf()), by=user)

    document = services.store(kept, by=user, owner=unit)

    assert (document, document.owner) == (kept, unit)


def test_store_refuses_a_kept_file_of_another_kind():
    user = UserFactory()
    kept = services.store(upload("sk.pdf", corpus.pdf()), by=user)

    with pytest.raises(ValidationError):
        services.store(kept, by=user, kinds=[Document.Kind.JPEG])


def test_attach_twice_to_the_same_record_is_harmless():
    unit, user = UnitFactory(), UserFactory()
    document = DocumentFactory(uploaded_by=user)

    services.attach(document, unit, by=user)
    services.attach(document, unit, by=user)

    assert Entry.objects.about(unit).count() == 1


def test_attach_refuses_a_file_that_belongs_to_another_record():
    document = DocumentFactory(owner=UnitFactory())

    with pytest.raises(ValidationError, match="sudah dipakai"):
        services.attach(document, UnitFactory(), by=UserFactory())


def test_attach_refuses_the_file_of_another_person():
    document = DocumentFactory(uploaded_by=UserFactory())

    with pytest.raises(ValidationError, match="orang lain"):
        services.attach(document, UnitFactory(), by=UserFactory())


def test_attach_refuses_an_infected_file():
    user = UserFactory()
    document = DocumentFactory(uploaded_by=user, scan=Scan.INFECTED)

    with pytest.raises(ValidationError, match="virus"):
        services.attach(document, UnitFactory(), by=user)


def test_discard_removes_the_file_once_the_transaction_is_committed(
    django_capture_on_commit_callbacks,
):
    unit, user = UnitFactory(), UserFactory()
    document = services.store(upload("a.jpg", corpus.jpeg()), by=user, owner=unit)
    names = [document.file.name, document.thumbnail.name]

    with django_capture_on_commit_callbacks() as callbacks:
        services.discard(document, by=user)
    assert [default_storage.exists(name) for name in names] == [True, True]
    for callback in callbacks:
        callback()

    assert [default_storage.exists(name) for name in names] == [False, False]
    actions = Entry.objects.about(unit).values_list("action", flat=True)
    assert set(actions) == {"document.attached", "document.discarded"}


def test_discard_refuses_the_kept_file_of_another_person():
    document = DocumentFactory(uploaded_by=UserFactory())

    with pytest.raises(ValidationError):
        services.discard(document, by=UserFactory())


def _stored_files():
    folder = os.path.dirname(random_name("documents"))
    try:
        return default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return []


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "1" * 64},
        {"size": 1},
        {"kind": Document.Kind.JPEG},
        {"file": "elsewhere"},
        {"uploaded_by": None},
        {"owner_id": 1},
    ],
)
def test_the_database_refuses_to_change_what_was_handed_in(change):
    document = DocumentFactory(owner=UnitFactory(), uploaded_by=UserFactory())

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**change)


# Sweeping


def test_sweep_kept_removes_what_nobody_finished_within_a_day():
    now = timezone.now()
    old = DocumentFactory(uploaded_at=now - timedelta(hours=25))
    fresh = DocumentFactory(uploaded_at=now - timedelta(hours=23))
    owned = DocumentFactory(uploaded_at=now - timedelta(days=40), owner=UnitFactory())

    removed = services.sweep_kept(now)

    assert removed == 1
    assert set(Document.objects.all()) == {fresh, owned}
    assert old not in Document.objects.all()


@pytest.mark.true_hour
def test_sweep_strays_removes_only_old_files_without_a_row():
    user = UserFactory()
    document = services.store(upload("a.jpg", corpus.jpeg()), by=user)
    issued = _sealed()
    folder = os.path.dirname(document.file.name)
    stray = default_storage.save(f"{folder}/stray", ContentFile(b"x"))
    now = timezone.now()

    removed = [services.sweep_strays(now + timedelta(hours=hour)) for hour in (1, 25)]

    kept = [document.file.name, document.thumbnail.name, issued.file.name]
    assert removed == [0, 1]
    assert not default_storage.exists(stray)
    assert all(default_storage.exists(name) for name in kept)


# Malware


def _scanned(content, settings, **server):
    """Upload with a daemon at work, and let the job run."""
    with serving_clamd(**server) as daemon:
        settings.CLAMD = daemon.address
        document = services.store(
            upload("surat.pdf", content), by=UserFactory(), owner=UnitFactory()
        )
        assert document.scan == Scan.WAITING
        run(Job.objects.get(kind="documents.scan").pk)
    document.refresh_from_db()
    return document, daemon


def _infected_pdf():
    return corpus.pdf() + b"%" + EICAR


def test_a_clean_file_leaves_quarantine_after_the_scan(settings):
    document, daemon = _scanned(corpus.pdf(), settings)

    assert (document.scan, daemon.seen) == (Scan.CLEAN, [corpus.pdf()])


def test_the_daemon_may_listen_on_a_socket_file(settings, tmp_path):
    document, _daemon = _scanned(corpus.pdf(), settings, address=str(tmp_path / "s"))

    assert document.scan == Scan.CLEAN


def test_an_infected_file_is_removed_and_its_uploader_told_once(
    settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        document, _daemon = _scanned(_infected_pdf(), settings)

    tell_of_infected_files()
    tell_of_infected_files()

    entry = Entry.objects.get(action="document.infected")
    stored = _stored_files()
    assert (document.scan, document.file.name, stored) == (Scan.INFECTED, "", [])
    assert entry.about == document.owner
    assert entry.details["malware"] == "Eicar-Signature"
    notice = Notice.objects.get()
    assert (notice.user, notice.kind) == (document.uploaded_by, "document.infected")


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b" "])
def test_a_strange_answer_leaves_the_file_in_quarantine(settings, answer):
    document, _daemon = _scanned(corpus.pdf(), settings, answer=answer)

    assert document.scan == Scan.WAITING
    assert Job.objects.get().state == Job.State.QUEUED


def test_a_file_waits_while_the_daemon_is_down_and_is_asked_for_again(settings):
    settings.CLAMD = "127.0.0.1:9"
    document = services.store(upload("a.pdf", corpus.pdf()), by=UserFactory())
    with pytest.raises(clamd.Unavailable):
        services.scan(document.pk)
    Job.objects.update(state=Job.State.FAILED)

    with serving_clamd() as daemon:
        settings.CLAMD = daemon.address
        asked = services.rescan(timezone.now() + timedelta(minutes=5))
        run(Job.objects.get().pk)

    document.refresh_from_db()
    assert (asked, document.scan) == (1, Scan.CLEAN)


# Issuing


def _sealed(content=b"%PDF-1.7 isi", **fields):
    issued = IssuedDocumentFactory(**fields)
    services.seal(issued, content, pages=1)
    return issued


def test_issue_gives_a_code_and_remembers_the_office_name_of_the_day():
    unit = UnitFactory(name="Bapas Kelas II Kupang")
    user = person(Role.UNIT_OPERATOR, unit)

    issued = services.issue(
        kind="tests.paper",
        office=unit,
        owner=unit,
        title="Laporan",
        holder="Bapas",
        number="1",
        by=user,
    )
    unit.name = "Bapas Kelas I Kupang"
    unit.save()

    issued.refresh_from_db()
    entry = Entry.objects.about(issued).get()
    assert (entry.actor, entry.action) == (user, "issueddocument.issued")
    assert issued.office_name == "Bapas Kelas II Kupang"
    assert issued.region_id == unit.region_id
    assert (issued.status, issued.is_sealed) == (Status.PENDING, False)
    assert len(issued.code) == 14


def test_issue_refuses_a_validity_that_ends_before_it_begins():
    unit = UnitFactory()

    with pytest.raises(ValidationError, match="sebelum diterbitkan"):
        services.issue(
            kind="tests.paper",
            office=unit,
            owner=unit,
            title="Kartu",
            holder="Ani",
            issued_on=date(2026, 11, 21),
            valid_until=date(2026, 11, 20),
            by=UserFactory(),
        )


def test_seal_stores_the_file_with_its_fingerprint():
    issued = _sealed(b"%PDF-1.7 isi")

    issued.refresh_from_db()
    assert issued.file.read() == b"%PDF-1.7 isi"
    assert issued.sha256 == hashlib.sha256(b"%PDF-1.7 isi").hexdigest()
    assert (issued.size, issued.pages) == (12, 1)


def test_seal_twice_with_the_same_file_is_harmless_and_with_another_is_refused():
    issued = _sealed(b"satu")

    services.seal(issued, b"satu", pages=1)
    with pytest.raises(ValidationError, match="tetap"):
        services.seal(issued, b"dua", pages=1)

    assert issued.file.read() == b"satu"


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "1" * 64},
        {"file": "elsewhere"},
        {"pages": 9},
        {"holder": "Orang lain"},
        {"code": "XXXX-XXXX-XXXX"},
        {"office_name": "Kantor lain"},
        {"valid_until": date(2099, 1, 1)},
    ],
)
def test_the_database_refuses_to_change_what_was_issued(change):
    issued = _sealed()

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        IssuedDocument.objects.filter(pk=issued.pk).update(**change)


def test_the_database_refuses_to_delete_what_was_issued():
    issued = _sealed()

    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        issued.delete()


def test_approve_makes_a_sealed_document_valid():
    issued, user = _sealed(), UserFactory()

    services.approve(issued, by=user)

    entry = Entry.objects.about(issued).first()
    assert issued.status == Status.VALID
    assert (entry.actor, entry.action) == (user, "issueddocument.valid")


def test_approve_refuses_a_document_without_a_file():
    with pytest.raises(ValidationError, match="belum selesai"):
        services.approve(IssuedDocumentFactory(), by=UserFactory())


def test_withdraw_needs_a_reason_and_is_final():
    issued, user = _sealed(), UserFactory()
    services.approve(issued, by=user)
    with pytest.raises(ValidationError, match="alasan"):
        services.withdraw(issued, by=user, reason=" ")

    services.withdraw(issued, by=user, reason="Salah cetak")

    assert Entry.objects.about(issued).first().details["reason"] == "Salah cetak"
    with pytest.raises(ValidationError, match="tidak dapat diubah"):
        services.approve(issued, by=user)


def test_replace_marks_the_older_version():
    issued = _sealed()

    services.replace(issued, by=UserFactory())

    issued.refresh_from_db()
    assert issued.status == Status.REPLACED
