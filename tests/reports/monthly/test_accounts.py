"""The LKjIP of a year: read as of the period, explained, printed, frozen."""

import io
from datetime import UTC, date, datetime

import pypdf
import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from python_calamine import CalamineWorkbook

from outreach.models import Activity
from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from pokmas.documents.models import IssuedDocument
from pokmas.jobs import services as jobs
from pokmas.papers import printing
from pokmas.papers.blocks import Facts, Heading, Paragraph, Signature, Table
from reports.models import Indicator, Report
from reports.monthly import services
from reports.monthly.models import NARRATIVE
from reports.monthly.papers import ReportPaper, snapshot_of
from reports.targets.services import keep_accepted
from tests.factories import (
    ActivityFactory,
    ReportFactory,
    TargetFactory,
    UnitFactory,
    person,
)
from tests.pokmas.documents.corpus import pdf
from tests.pokmas.papers.reading import (
    faults_of_word,
    text_of_pdf,
    text_of_word,
    without_heads,
)

pytestmark = pytest.mark.django_db
YEAR = date(2026, 1, 1)
SAID_07 = "KPI-07 Kegiatan terverifikasi"


@pytest.fixture(autouse=True)
def _january():
    with time_machine.travel("2027-01-15 04:00Z", tick=True):
        yield


def held(unit, year, month, served=5, status=Activity.Status.VERIFIED):
    return ActivityFactory(
        office=unit,
        status=status,
        starts_at=datetime(year, month, 14, 2, tzinfo=UTC),
        counts={("adult_client", "male"): served},
    )


@pytest.fixture
def unit():
    """Three activities of the year before, and of this year as many as the month."""
    unit = UnitFactory()
    for month in (3, 4, 5):
        held(unit, 2025, month)
    for month in (1, 2, 3):
        for _each in range(month):
            held(unit, 2026, month)
    held(unit, 2026, 4, status=Activity.Status.REPORTED)
    TargetFactory(office=unit, code="KPI-07", value=2)
    TargetFactory(office=unit, code="KPI-08", value=0)
    TargetFactory(office=unit, code="KPI-07", starts_on=date(2025, 1, 1), value=4)
    return unit


@pytest.fixture
def report(unit):
    by = person(Role.UNIT_OPERATOR, unit)
    report = services.request(unit, YEAR, kind="yearly", by=by)
    return made(report)


def made(report):
    """As the worker leaves it, without drawing its pages."""
    report.refresh_from_db()
    issued = IssuedDocument.objects.of(report).latest("version")
    content = ReportPaper().content(report, issued)
    documents.seal(issued, pdf(), 1, word=b"PK uji")
    ReportPaper().keep(issued, report, content)
    type(report.job).objects.filter(pk=report.job_id).update(state="done")
    report.refresh_from_db()
    return report


def printed(report) -> list:
    """What its paper says, as texts."""
    return _texts(ReportPaper().content(report, report.issued).blocks)


def _texts(blocks) -> list:
    found = []
    for block in blocks:
        if isinstance(block, Table):
            found += [[str(cell) for cell in row] for row in block.rows]
        elif isinstance(block, Facts):
            found += [[label, *lines] for label, lines in block.rows]
        elif isinstance(block, Heading | Paragraph):
            found.append(block.text)
    return found


def account_of(report, code) -> dict:
    return next(row for row in report.figures["accounts"] if row["code"] == code)


def test_a_year_is_told_beside_the_one_before_and_never_cut(report):
    told = printed(report)

    assert "VI. Capaian kinerja" in told
    rows = [each[1:] for each in told if each[0] == SAID_07]
    assert rows == [
        ["Tahun 2025", "4", "3", "75,00%"],
        ["Tahun 2026", "2", "6", "300,00%"],
    ]
    assert ["Capaian", "300,00%", "Di atas 200%: periksa kembali."] in told
    assert ["Dibanding setahun sebelumnya", "naik dari 3 menjadi 6"] in told
    served = [each[1:] for each in told if each[0] == "KPI-08 Penerima manfaat"]
    assert served == [["Tahun 2025", "–", "15", "–"], ["Tahun 2026", "0", "30", "n/a"]]
    assert "Tidak ada anggaran yang dicatat." in told


def test_months_stand_with_their_total_and_average(report):
    told = printed(report)
    start = told.index("KPI-07 Kegiatan terverifikasi")
    months = [each for each in told[start + 7 :] if isinstance(each, list)][:14]

    assert months[:4] == [
        ["Januari 2026", "1"],
        ["Februari 2026", "2"],
        ["Maret 2026", "3"],
        ["April 2026", "0"],
    ]
    assert months[12:] == [["Jumlah", "6"], ["Rata-rata per bulan", "0,5"]]


def test_the_published_block_is_rebuilt_from_the_records(unit, report):
    published = report.figures["accounts"]
    keep_accepted(unit, report.period)
    held(unit, 2027, 1)
    target = TargetFactory(office=unit, code="KPI-07", starts_on=date(2027, 1, 1))
    type(target).objects.filter(office=unit, starts_on=YEAR).update(value=99)

    assert snapshot_of(report)["accounts"] == published
    row = account_of(report, "KPI-07")
    verified = Activity.objects.filter(office=unit, status="verified")
    by_hand = [
        str(verified.filter(held_on__year=2026, held_on__month=month).count())
        for month in range(1, 13)
    ]
    assert [value for _month, value in row["months"]] == by_hand
    assert (row["target"], row["value"], row["before"]["value"]) == (
        *("2.00", "6.00"),
        "3.00",
    )


def test_a_target_set_meanwhile_is_no_surprise_of_the_kanwil(unit, report):
    head = person(Role.UNIT_HEAD, unit)
    TargetFactory(office=unit, code="KPI-04", value=3)

    with pytest.raises(ValidationError, match="Target atau realisasi"):
        services.submit(report, by=head)

    services.rebuild(report, by=report.created_by)
    services.submit(made(report), by=head)
    assert report.__class__.objects.get().status == "submitted"


def test_what_is_said_of_an_indicator_is_printed_with_its_money(sign_in, report):
    client = sign_in(report.created_by)
    url = reverse("reports:explain", args=[report.pk])
    form = client.get(url).context["form"]
    sent = {
        name: form[name].value() or "" for name in ("revision", "submission_key")
    } | {
        "analysis_KPI-07": "Didukung <b>mitra</b> baru.",
        "budget_KPI-07": "Rp 1.000.000",
    }

    lacks = client.post(url, sent)
    answer = client.post(url, sent | {"spent_KPI-07": "950.000"})

    assert "Isi anggaran dan realisasinya." in lacks.content.decode()
    assert answer["Location"] == report.get_absolute_url()
    told = printed(made(report))
    assert "Didukung <b>mitra</b> baru." in told
    page = client.get(report.get_absolute_url()).content.decode()
    assert "Analisis KPI-07" in page
    assert "Didukung &lt;b&gt;mitra&lt;/b&gt; baru." in page
    money = ["KPI-07 Kegiatan terverifikasi", "Rp1.000.000", "Rp950.000", "95,00%"]
    assert ["1", *money, "300,00%"] in told
    assert ["", "Jumlah", *money[1:], ""] in told
    pairs = "Kegiatan terverifikasi: capaian 300,00% dengan realisasi anggaran 95,00%."
    assert pairs in told


def test_the_analysis_of_last_year_is_taken_over_and_nothing_is_lost(sign_in, report):
    Report.objects.create(
        office=report.office,
        kind="yearly",
        month=date(2025, 1, 1),
        explained={"KPI-07": {"analysis": "Tahun yang sulit."}},
    )
    client = sign_in(report.created_by)
    url = reverse("reports:explain", args=[report.pk])
    sent = {"analysis_KPI-07": "Lebih baik.", "spent_KPI-07": "1.5x", "revision": "0"}
    look = {"look": "before.analysis_KPI-07"}

    page = client.post(url, sent | look)

    form = page.context["form"]
    assert "Tahun yang sulit." in client.get(url).content.decode()
    assert form["analysis_KPI-07"].value() == "Lebih baik.\n\nTahun yang sulit."
    assert (form["spent_KPI-07"].value(), form["revision"].value()) == ("1.5x", "0")
    report.refresh_from_db()
    assert report.explained == {}


def test_a_month_gives_no_account():
    unit = UnitFactory()
    report = services.request(
        unit, date(2026, 12, 1), by=person(Role.UNIT_OPERATOR, unit)
    )

    assert "accounts" not in made(report).figures
    assert report.refusal(Report.STEPS["explain"], report.created_by) is not None


def signature(report) -> Signature:
    (*_blocks, last) = ReportPaper().content(report, report.issued).blocks
    return last


def test_a_substitute_signs_as_one_and_copies_go_out(sign_in, report):
    head = person(Role.UNIT_HEAD, report.office)
    client = sign_in(head)
    url = reverse("reports:assign", args=[report.pk])
    assert client.get(url).context["form"]["signatory"].value() == (
        report.office.head_name
    )
    sent = {
        "signatory": "Maria Uji",
        "signatory_nip": "19750131 200003 1 001",
        "signatory_capacity": "daily_acting",
        "number": "W-9/2026",
        "copies": "Kepala Kanwil\n\nArsip",
        "revision": report.revision,
    }

    odd = client.post(url, sent | {"signatory_nip": "12"})
    client.post(url, sent)

    assert odd.status_code == 200
    block = signature(made(report))
    assert block.above[-1] == f"Plh. Kepala {report.office.name},"
    assert block.below == ["Maria Uji", "NIP 19750131 200003 1 001"]
    assert block.copies == ["Kepala Kanwil", "Arsip"]
    assert report.issued.number == "W-9/2026"


def test_who_signs_for_the_head_does_it_on_his_behalf(report):
    report.signatory = "Yosef Uji"
    report.signatory_position = "Kepala Subbagian Tata Usaha"

    assert signature(report).above[-2:] == [
        f"a.n. Kepala {report.office.name},",
        "Kepala Subbagian Tata Usaha,",
    ]


def test_a_name_is_needed_for_a_post(report):
    report.signatory_position = "Kepala Subbagian Tata Usaha"

    with pytest.raises(ValidationError, match="Isi nama penanda tangan"):
        report.full_clean()


def test_whoever_acts_for_the_head_is_proposed(report):
    plh = person(Role.UNIT_HEAD, report.office)
    plh.acting.capacity = "acting"

    assert services.signatory_of(report, plh) == {
        "signatory": str(plh),
        "signatory_capacity": "acting",
    }


@pytest.mark.printing
def test_the_pdf_for_archives_holds_the_figures_as_a_workbook(report):
    rendered = printing.pdf_of(
        ReportPaper().content(report, report.issued), report.issued, made_by=None
    )

    root = pypdf.PdfReader(io.BytesIO(rendered.content)).trailer["/Root"]
    (file,) = root["/AF"]
    about = file.get_object()
    assert (about["/UF"], about["/AFRelationship"]) == ("angka-laporan.xlsx", "/Data")
    stream = about["/EF"]["/F"].get_object()
    assert "spreadsheetml" in stream["/Subtype"]
    assert "/ModDate" in stream["/Params"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(stream.get_data()))
    rows = dict(book.get_sheet_by_name("Laporan").to_python()[1:])
    assert rows["Kode dokumen"] == report.issued.code
    assert rows["Diterbitkan"] == report.issued.issued_on
    assert rows["Versi"] == report.issued.version
    assert b"<pdfaid:part>3<" in root["/Metadata"].get_object().get_data()


def test_its_figures_are_a_workbook_of_numbers(sign_in, report):
    url = reverse("reports:figures", args=[report.pk])
    stranger = person(Role.UNIT_HEAD)

    answer = sign_in(report.created_by).get(url)

    assert sign_in(stranger).get(url).status_code == 404
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names[0] == "Laporan"
    figures = book.get_sheet_by_name("Angka").to_python()
    assert ["Penerima manfaat", 30.0] in figures
    rows = book.get_sheet_by_name("Indikator").to_python()
    row = next(each for each in rows if each[0].startswith("KPI-07"))
    assert row[2:] == [2.0, 6.0, 300.0, 4.0, 3.0, 75.0]
    months = book.get_sheet_by_name("Indikator per bulan").to_python()
    assert [SAID_07, date(2026, 3, 1), 3.0] in months


def test_a_report_of_before_gives_an_empty_workbook(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    report = ReportFactory(office=operator.acting.office)

    answer = sign_in(operator).get(reverse("reports:figures", args=[report.pk]))

    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == ["Laporan"]


@pytest.mark.printing
def test_paper_and_word_file_of_a_year_say_the_same(unit):
    report = services.request(
        unit, YEAR, kind="yearly", by=person(Role.UNIT_OPERATOR, unit)
    )
    codes = Indicator.objects.values_list("code", flat=True)
    Report.objects.filter(pk=report.pk).update(
        **dict.fromkeys(NARRATIVE, "Sesuai rencana."),
        explained={code: {"analysis": "Naik."} for code in codes},
    )

    jobs.run(report.job_id)

    report.refresh_from_db()
    with report.issued.file.open() as file, report.issued.word.open() as word:
        pdf_file, word_file = file.read(), word.read()
    with printing.as_printed(unit):
        content = ReportPaper().content(report, report.issued)
    in_word, in_pdf = (
        without_heads(text, content)
        for text in (
            text_of_word(word_file),
            text_of_pdf(pdf_file, report.issued, content.pictures),
        )
    )
    assert in_word == in_pdf
    assert "Capaiankinerja" in in_word
    assert faults_of_word(word_file) == []
