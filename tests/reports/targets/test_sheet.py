"""Targets of many units from a sheet."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from pokmas.documents.inspection import LISTS
from pokmas.imports import services
from pokmas.imports.models import Import
from pokmas.offices import reorganisation
from pokmas.offices.models import OfficeChange
from reports.models import Target
from tests.factories import TargetFactory, UnitFactory, person
from tests.partners.imports.conftest import worked
from tests.pokmas.imports.workbooks import xlsx

pytestmark = pytest.mark.django_db
HEAD = ["No", "Unit", "Indikator", "Tahun", "Target", "Nomor SK", "Tanggal SK"]


def test_what_becomes_of_each_target():
    unit = UnitFactory(name="Bapas Kenari", code="bapas-kenari")
    gone = UnitFactory(name="Bapas Lama", parent=unit.parent)
    other = UnitFactory(name="Bapas Nuri", parent=unit.parent)
    change = OfficeChange(
        office=gone,
        kind="merge",
        other=unit,
        effective_on=date(2026, 1, 10),
        decree_number="SK-1",
    )
    reorganisation.decide(change, by=person(Role.HEADQUARTERS))
    TargetFactory(office=unit, code="KPI-02", value=5)
    TargetFactory(office=other, code="KPI-02", value=4)
    officer = person(Role.REGIONAL_ADMIN, unit.region)
    rows = [
        [1, "Bapas Kenari", "KPI-01", 2026, 3, "SK-9", "15-01-2026"],
        [
            2,
            "bapas-kenari",
            "Penerima manfaat",
            "Triwulan II 2026",
            "1.250",
            None,
            None,
        ],
        [3, "Bapas Lama", "KPI-01", 2026, 3, None, None],
        [4, "Bapas Entah", "KPI-77", "20x6", -3, None, None],
        [5, "Bapas Kenari", "KPI-02", 2026, 5, None, None],
        [6, "Bapas Nuri", "KPI-02", 2026, 6, None, None],
        [7, "Bapas Kenari", "KPI-01", 2026, 4, None, None],
        [8, "Bapas Nuri", "KPI-01", None, 4, "SK-9", None],
        [9, "Bapas Nuri", "KPI-01", 2062, 4, None, None],
        [10, "Bapas Nuri", "KPI-03", 2026, 101, None, None],
    ]
    sheet = SimpleUploadedFile("target.xlsx", xlsx([HEAD, *rows]))
    record = Import(kind="targets", office=officer.acting.office)
    file = documents.store(sheet, by=officer, kinds=LISTS)

    record = worked(services.start(record, document=file, by=officer))

    said = {row.number: row for row in record.rows.all()}
    assert {number: row.result for number, row in said.items()} == {
        2: "new",
        3: "new",
        4: "wrong",
        5: "wrong",
        6: "same",
        7: "conflict",
        8: "conflict",
        9: "wrong",
        10: "wrong",
        11: "wrong",
    }
    assert "Bapas Lama sudah digabung ke Bapas Kenari" in said[4].reason
    for cell in ("B5", "C5", "D5", "E5"):
        assert cell in said[5].reason
    assert "di portal: 4" in said[7].reason
    assert "Tahun" in str(said[9].reason) or "Masa" in said[9].reason
    assert "paling jauh untuk tahun depan" in said[10].reason
    assert "paling banyak 100" in said[11].reason

    services.enter(record, by=officer)
    worked(record)
    made = Target.objects.filter(code__in=["KPI-01", "KPI-08"]).order_by("code")
    assert [(row.office, row.kind, row.starts_on, row.value) for row in made] == [
        (unit, "yearly", date(2026, 1, 1), 3),
        (unit, "quarterly", date(2026, 4, 1), 1250),
    ]
    assert (made[0].set_by, made[0].decree_on) == (unit.region, date(2026, 1, 15))

    services.undo(record, by=officer)
    worked(record)
    assert Target.objects.count() == 2
