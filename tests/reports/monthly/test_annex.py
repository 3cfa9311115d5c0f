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
from pokmas.documents import pdf
from pokmas.documents.models import IssuedDocument
from pokmas.papers import printing
from pokmas.papers.blocks import Cell, Column, Table
from reports.monthly import services
from reports.monthly.papers import MonthlyReport, annex_of
from tests.factories import ActivityFactory, UnitFactory, person

pytestmark = pytest.mark.django_db


def test_few_activities_stand_in_the_chapter():
    issued = IssuedDocument(office_name="Bapas Uji", period="Oktober 2026")
    table = Table([Column("Kegiatan")], [["Penyuluhan"]] * 3)

    assert annex_of(table, issued, longest=3) is None
    assert annex_of(table, issued, longest=2).table == table
    assert annex_of(replace(table, rows=table.rows * 100), issued) is None
    assert len(table.rows * 100) <= pdf.LONG_TABLE


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
        content = with_annex(MonthlyReport().content(report, issued), issued)

        rendered = printing.pdf_of(content, issued, made_by=by, rows_a_part=25)

    reader = pypdf.PdfReader(io.BytesIO(rendered.content))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))
    body, annex = text.split("Lampiran: daftar kegiatan")
    numbers = [int(number) for number in re.findall(r"Penyuluhan ke-(\d+)", annex)]
    assert ("Penyuluhan ke-" in body, numbers) == (False, list(range(60)))


def with_annex(content, issued):
    """The same report with 60 activities in place of its one."""
    (place,) = [
        place
        for place, block in enumerate(content.blocks)
        if isinstance(block, Table) and block.head == 1
    ]
    table = content.blocks[place]
    ((day, _cell, *others),) = table.rows
    rows = [[day, Cell(f"Penyuluhan ke-{n}"), *others] for n in range(60)]
    blocks = [block for block in content.blocks if block is not table]
    annex = annex_of(replace(table, rows=rows), issued, longest=20)
    return replace(content, blocks=blocks, annex=annex)
