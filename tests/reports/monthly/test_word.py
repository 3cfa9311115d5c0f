"""A report edited in Word and sent back: its words are taken, its figures never."""

import io
from datetime import UTC, date, datetime
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from outreach.models import Activity
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document, IssuedDocument
from pokmas.papers import printing
from pokmas.papers.reading import read_own
from reports.monthly import sent_back, services
from reports.monthly.papers import ReportPaper
from reports.monthly.said import HERE
from tests.agreements.texts.files import Edited
from tests.factories import ActivityFactory, UnitFactory, person
from tests.pokmas.documents.corpus import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("emblem")]
MONTH = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


@pytest.fixture
def operator():
    unit = UnitFactory()
    for title in ("Penyuluhan hukum", "Pelatihan las"):
        ActivityFactory(
            office=unit,
            status=Activity.Status.VERIFIED,
            title=title,
            starts_at=datetime(2026, 10, 14, 2, tzinfo=UTC),
            counts={("adult_client", "male"): 12},
        )
    return person(Role.UNIT_OPERATOR, unit)


@pytest.fixture
def writer(sign_in, operator):
    return sign_in(operator)


@pytest.fixture
def report(operator):
    report = services.request(
        operator.acting.office, MONTH, by=operator, obstacles="Cuaca buruk."
    )
    return made(report)


def made(report):
    """As the worker leaves it, without drawing its pages."""
    report.refresh_from_db()
    issued = IssuedDocument.objects.of(report).latest("version")
    paper = ReportPaper()
    with printing.as_printed(report.office):
        content = paper.content(report, issued)
        word = paper.word(report, content, issued)
    documents.seal(issued, pdf(), 1, word=word)
    paper.keep(issued, report, content)
    type(report.job).objects.filter(pk=report.job_id).update(state="done")
    report.refresh_from_db()
    return report


def edited(report) -> Edited:
    with report.issued.word.open() as file:
        return Edited(file.read())


def taken(report, file: Edited) -> dict[str, str]:
    return sent_back.taken(report, read_own(io.BytesIO(file.saved())))


def send(client, report, content: bytes, **more):
    name = SimpleUploadedFile("laporan.docx", content, str(Document.Kind.DOCX))
    data = {"file": name, "revision": report.revision, **more}
    return client.post(reverse("reports:take_word", args=[report.pk]), data)


def filled(report) -> Edited:
    """The chapters of activities and of what was in the way, as Word saves them."""
    file = edited(report)
    file.add_after(HERE, "Pengantar kami.", "1. Butir pertama", "2. Butir kedua")
    file.replace("Cuaca buruk.", "Cuaca buruk dan banjir.")
    return file.torn()


def test_the_word_file_has_a_place_for_all_that_may_be_said(report):
    with report.issued.word.open() as file:
        pieces = read_own(file).pieces

    assert [piece.place for piece in pieces if piece.style == "Uraian"] == [
        *("introduction", "on_activities", "on_served", "on_cooperation"),
        *("obstacles", "follow_up", "closing"),
    ]


def test_what_was_written_is_taken_over_and_the_file_kept(writer, report):
    content = filled(report).saved()

    assert send(writer, report, content).status_code == 302

    report.refresh_from_db()
    assert report.introduction == "Pengantar kami.\n1. Butir pertama\n2. Butir kedua"
    assert report.obstacles == "Cuaca buruk dan banjir."
    assert (report.on_served, report.follow_up, report.closing) == ("", "", "")
    assert Document.objects.of(report).get().name == "laporan.docx"
    assert Entry.objects.about(report).filter(action="report.word_taken").exists()
    assert report.job.is_open
    page = writer.get(report.get_absolute_url()).content.decode()
    assert "laporan.docx" in page


def test_what_two_people_wrote_in_different_chapters_is_both_kept(writer, report):
    mine = filled(report).saved()
    theirs = edited(report).add_after("Tindak lanjut", "Jadwal ulang.").saved()
    send(writer, report, mine)
    made(report)
    report.refresh_from_db()

    send(writer, report, theirs)

    report.refresh_from_db()
    assert (report.obstacles, report.follow_up) == (
        "Cuaca buruk dan banjir.",
        "Jadwal ulang.",
    )


def test_the_same_chapter_changed_by_two_is_said(report):
    file = filled(report)
    report.obstacles = "Jalan rusak."

    with pytest.raises(ValidationError, match="diubah di portal: Kendala"):
        taken(report, file)


def test_an_older_page_is_told(writer, report):
    stale = report.revision
    report.touch()

    answer = send(writer, report, filled(report).saved(), revision=stale)

    assert answer.status_code == 200
    assert not Document.objects.of(report).exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f: f.replace("24", "240"), "“Penerima manfaat”: “24” menjadi “240”"),
        (lambda f: f.drop("Penyuluhan hukum"), "diubah: "),
        (lambda f: f.replace("III. Kegiatan", "III. Acara"), "hilang atau diubah"),
        (lambda f: f.replace("kerja sama dan pemberdayaan", "usaha"), "hilang atau"),
        (lambda f: f.add_after("II. Ringkasan", "Hasil baik."), "tidak memuat uraian"),
        (lambda f: f, "sama dengan yang diunduh"),
        (lambda f: f.add_after(HERE, "x" * 4001), "4.001 tanda; paling banyak 4.000"),
    ],
)
def test_all_else_stays_as_the_portal_wrote_it(report, change, said):
    file = edited(report)
    change(file)

    with pytest.raises(ValidationError, match=said):
        taken(report, file)


def test_a_table_of_ones_own_is_no_text(report):
    file = edited(report)
    table = file.document.add_table(1, 2)
    table.cell(0, 0).text = "Tambahan kami"
    file.paragraph(HERE).addnext(table._tbl)

    with pytest.raises(ValidationError, match="diambil: “Tambahan kami”"):
        taken(report, file)


def test_the_code_is_found_as_libreoffice_keeps_it(report):
    """It writes the way to the properties in other letters than Word."""
    with report.issued.word.open() as file:
        given = file.read()
    output = io.BytesIO()
    with ZipFile(io.BytesIO(given)) as package, ZipFile(output, "w") as fresh:
        for entry in package.infolist():
            content = package.read(entry)
            if entry.filename == "_rels/.rels":
                way = b"package/2006/relationships/metadata/core"
                assert content.count(way) == 1
                own = b"officedocument/2006/relationships/metadata/core"
                content = content.replace(way, own)
            fresh.writestr(entry, content)

    assert read_own(output).codes == (report.issued.code,)


def test_a_file_from_elsewhere_is_none_of_this_report(report):
    foreign = Edited(filled(report).saved())
    foreign.document.core_properties.keywords = ""
    other = made(services.request(UnitFactory(), MONTH, by=report.created_by))

    with pytest.raises(ValidationError, match="bukan turunan"):
        taken(report, foreign)
    with pytest.raises(ValidationError, match="laporan lain"):
        taken(report, edited(other))


def test_macros_names_and_tracked_changes_are_told_of(writer, report):
    content = filled(report).saved()
    output = io.BytesIO(content)
    with ZipFile(output, "a", ZIP_DEFLATED) as package:
        package.writestr("word/vbaProject.bin", b"x")
    assert "makro" in send(writer, report, output.getvalue()).content.decode()

    content = filled(report).tracked("banjir", "a.n. Siti Andaian").saved()
    answer = send(writer, report, content)

    page = answer.content.decode()
    assert "2 perubahan terlacak" in page
    assert "Tampak seperti nama" in page
    sure = answer.context["form"]["sure"].value()
    assert send(writer, report, content, sure=sure).status_code == 302
    report.refresh_from_db()
    assert "Siti Andaian" in report.obstacles


def test_nothing_is_taken_once_it_is_handed_in(writer, report):
    content = filled(report).saved()
    type(report).objects.filter(pk=report.pk).update(status="submitted")

    send(writer, report, content)

    report.refresh_from_db()
    assert (report.introduction, report.obstacles) == ("", "Cuaca buruk.")
