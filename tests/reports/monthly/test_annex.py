"""A list too long for its chapter stands behind the report, row for row."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdf
import pytest
import time_machine

from outreach.models import Activity
from pokmas.accounts.roles import Role
from pokmas.documents.models import IssuedDocument
from pokmas.papers import printing
from pokmas.papers.blocks import Annex, Cell, Column, Content, Paragraph, Table
from reports.monthly import papers, services
from reports.monthly.papers import ReportPaper
from tests.factories import ActivityFactory, UnitFactory, person

pytestmark = pytest.mark.django_db

ROW = {
    "held_on": "2026-10-14",
    "held_before": None,
    "ends_on": "2027-10-14",
    "title": "Penyuluhan",
    "type": "Hukum",
    "place": "Kupang",
    "partner": "Yayasan Uji",
    "partners": ["Yayasan Uji"],
    "number": "W-1",
    "name": "Pokmas Uji",
    "field": "Hukum",
    "members": 3,
    "reason": "Salah hitung",
    "served": 12,
    "served_before": 10,
}


def test_a_short_table_stands_where_it_is_and_a_long_one_behind():
    table = Table([Column("Kegiatan")], [["Penyuluhan"]] * 3, rows_are="kegiatan")

    assert Content([table], longest=3).body == [table]
    assert Content([table], longest=3).annexes == []
    assert Content([table], longest=2).body == [
        Paragraph("Daftar 3 kegiatan ada pada lampiran.")
    ]
    assert Content([table], ["Bapas"], longest=2).annexes == [
        Annex("Lampiran: daftar kegiatan", table, ["Bapas"])
    ]


def test_several_annexes_are_numbered():
    tables = [
        Table([Column("Nama")], [[name]] * 3, rows_are=name)
        for name in ("kegiatan", "mitra")
    ]

    content = Content(tables, longest=2)

    assert [each.text for each in content.body] == [
        "Daftar 3 kegiatan ada pada lampiran 1.",
        "Daftar 3 mitra ada pada lampiran 2.",
    ]
    assert [each.title for each in content.annexes] == [
        "Lampiran 1: daftar kegiatan",
        "Lampiran 2: daftar mitra",
    ]


def test_every_table_of_a_report_that_grows_says_what_its_rows_are():
    assert [
        made([{**ROW, "activities": 1}]).rows_are
        for made in (papers._activities, papers._agreements, papers._groups)
    ] == ["kegiatan terverifikasi", "kerja sama", "Pokmas Lipas"]
    (*_words, corrections) = papers._corrections([ROW])
    assert corrections.rows_are == "koreksi"


@pytest.mark.printing
def test_many_activities_stand_in_the_annex_and_only_there():
    office = UnitFactory(name="Bapas Uji Lampiran")
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        ActivityFactory(
            office=office,
            status=Activity.Status.VERIFIED,
            title="Penyuluhan",
            starts_at=datetime(2026, 10, 14, 2, tzinfo=UTC),
            counts={("adult_client", "male"): 12},
        )
        by = person(Role.UNIT_OPERATOR, office)
        report = services.request(office, date(2026, 10, 1), by=by)
        issued = IssuedDocument.objects.of(report).get()
        content = with_annexes(ReportPaper().content(report, issued))

        rendered = printing.pdf_of(content, issued, made_by=by)

    reader = pypdf.PdfReader(io.BytesIO(rendered.content))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))
    body, behind = text.split("Lampiran 1: daftar kegiatan terverifikasi")
    first, second = behind.split("Lampiran 2: daftar kerja sama")
    assert (" ke-" in body, "Perjanjian ke-" in first) == (False, False)
    assert numbers("Penyuluhan", first) == list(range(60))
    assert numbers("Perjanjian", second) == list(range(50))


def numbers(name, text):
    return [int(number) for number in re.findall(rf"{name} ke-(\d+)", text)]


def with_annexes(content):
    """The same report with 60 activities in place of its one, and 50 agreements."""
    (activities,) = [
        block for block in content.blocks if isinstance(block, Table) and block.head
    ]
    ((day, _cell, *others),) = activities.rows
    rows = [[day, Cell(f"Penyuluhan ke-{n}"), *others] for n in range(60)]
    agreements = Table(
        [Column("Kerja sama"), Column("Kegiatan", "number")],
        [[f"Perjanjian ke-{n}", str(n)] for n in range(50)],
        rows_are="kerja sama",
    )
    blocks = [
        replace(block, rows=rows) if block is activities else block
        for block in content.blocks
    ]
    return replace(content, blocks=[*blocks[:-1], agreements, blocks[-1]], longest=20)
