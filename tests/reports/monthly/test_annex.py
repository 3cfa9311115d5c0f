"""A list too long for its chapter stands behind the report, row for row."""

import io
import re
from datetime import UTC, date, datetime

import pypdf
import pytest
import time_machine

from outreach.models import Activity
from pokmas.accounts.roles import Role
from pokmas.documents import pdf
from reports.figures import figures
from reports.figures.periods import Month
from reports.monthly import services
from tests.factories import ActivityFactory, UnitFactory, person

pytestmark = pytest.mark.django_db


def test_few_activities_stand_in_the_chapter():
    rows = [{}] * 3

    assert services.annex_of(rows, longest=3) is None
    assert services.annex_of(rows, longest=2).rows == rows
    assert services.annex_of([{}] * pdf.LONG_TABLE) is None


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
        snapshot = figures.monthly(figures.Scope(office, Month.of(report.month)))
        snapshot["activities"] = [
            {**row, "title": f"Penyuluhan ke-{number}"}
            for row in snapshot["activities"]
            for number in range(60)
        ]
        paper = services._paper(report, snapshot, report.issued, by, {})
        paper["annex"] = services.annex_of(paper["activities"], longest=20)

        rendered = pdf.render(
            "reports/monthly/pdf/monthly.html",
            paper,
            annex=paper["annex"],
            rows_a_part=25,
        )

    reader = pypdf.PdfReader(io.BytesIO(rendered.content))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))
    assert "Daftar 60 kegiatan terverifikasi ada pada lampiran." in text
    body, annex = text.split("Lampiran: daftar kegiatan")
    numbers = [int(number) for number in re.findall(r"Penyuluhan ke-(\d+)", annex)]
    assert ("Penyuluhan ke-" in body, numbers) == (False, list(range(60)))
