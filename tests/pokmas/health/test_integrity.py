"""What `check_data` finds, and what it leaves in peace."""

from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.documents import services
from pokmas.documents.models import Document
from pokmas.health import integrity
from tests.factories import ActivityFactory, UnitFactory, person
from tests.pokmas.audit.test_chain import behind_the_back
from tests.pokmas.documents import corpus
from tests.pokmas.documents.corpus import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    activity = ActivityFactory()
    for row in (activity, *activity.partners.all()):
        Entry.record(None, "uji", row)
    return activity


@pytest.fixture
def document():
    return services.store(
        upload("foto.jpg", corpus.jpeg()), by=person(Role.UNIT_OPERATOR)
    )


@pytest.fixture
def issued():
    unit = UnitFactory()
    issued = services.issue(
        kind="tests.paper", office=unit, owner=unit, title="Uji", holder="Uji"
    )
    services.seal(issued, b"%PDF-1.7 uji", 1, word=b"PK uji")
    return issued


def lines():
    return sorted(integrity.faults())


def test_what_fits_together_has_no_fault(activity, document, issued):
    assert lines() == []


def test_a_file_that_is_gone_or_changed_is_named(document, issued):
    default_storage.delete(document.file.name)
    default_storage.delete(issued.file.name)
    default_storage.save(issued.file.name, ContentFile(b"%PDF-1.7 lain"))

    assert lines() == [
        f"documents_document baris {document.pk}: berkasnya tidak ada",
        f"documents_issueddocument baris {issued.pk}: isi berkasnya berubah",
    ]


def test_a_paper_without_its_word_file_is_named(issued):
    default_storage.delete(issued.word.name)

    assert lines() == [
        f"documents_issueddocument baris {issued.pk}: berkas Word-nya tidak ada"
    ]


def test_a_picture_without_its_small_one_is_named(document):
    default_storage.delete(document.thumbnail.name)

    assert lines() == [
        f"documents_document baris {document.pk}: gambar kecilnya tidak ada"
    ]


def test_an_infected_file_is_not_missed(document):
    Document.objects.update(file="", thumbnail="", scan=Document.Scan.INFECTED)

    assert lines() == []


def test_a_record_without_an_entry_is_named():
    activity = ActivityFactory()

    assert lines() == [f"outreach_activity baris {activity.pk}: tidak ada jejaknya"]


def test_a_record_changed_without_its_history_is_named(activity):
    with behind_the_back("outreach_activity") as cursor:
        cursor.execute("UPDATE outreach_activity SET title = 'Lain'")

    assert lines() == [
        f"outreach_activity baris {activity.pk}: berbeda dari riwayatnya"
    ]


def test_a_record_that_was_taken_away_is_named(activity):
    with behind_the_back("outreach_activity") as cursor:
        cursor.execute("DELETE FROM outreach_activity")

    row = f"outreach_activity baris {activity.pk}"
    assert {
        f"{row}: ada jejaknya, tetapi barisnya hilang",
        f"{row}: berbeda dari riwayatnya",
    } <= set(lines())


def test_a_row_that_was_removed_by_the_portal_is_in_its_history(document):
    services.discard(document, by=document.uploaded_by)

    assert lines() == []


def test_the_command_fails_and_names_what_it_found():
    activity, out = ActivityFactory(), StringIO()

    with pytest.raises(CommandError, match="TIDAK utuh: 1 temuan"):
        call_command("check_data", stdout=out)

    assert (
        f"outreach_activity baris {activity.pk}: tidak ada jejaknya" in out.getvalue()
    )


def test_the_command_says_that_all_is_well(activity):
    out = StringIO()

    call_command("check_data", stdout=out)

    assert out.getvalue() == "Data, berkas, dan riwayat saling cocok.\n"


@pytest.mark.django_db(transaction=True)
def test_the_check_leaves_the_limit_of_a_question_as_it_was():
    lines()

    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("15s",)
