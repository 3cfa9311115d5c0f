"""Reports of longer periods, and those of a Kanwil over its units."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from outreach.closing.models import ClosedMonth
from outreach.models import Activity
from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from pokmas.documents.models import IssuedDocument
from reports.figures import figures
from reports.figures.periods import Kind, Period
from reports.models import Report, ReportDuty
from reports.monthly import services
from reports.monthly.lower import lower_of, missing, words_of
from tests.factories import (
    ActivityFactory,
    RegionFactory,
    ReportFactory,
    UnitFactory,
    person,
)
from tests.pokmas.documents.corpus import pdf

pytestmark = pytest.mark.django_db
JULY, AUGUST, SEPTEMBER = (date(2026, month, 1) for month in (7, 8, 9))


@pytest.fixture(autouse=True)
def _asked_all_year():
    ReportDuty.objects.update(valid_from=date(2026, 1, 1))


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


def paper(office) -> IssuedDocument:
    issued = documents.issue(
        kind="reports.monthly",
        office=office,
        owner=office,
        title="Uji",
        holder="Uji",
        version=IssuedDocument.objects.count() + 1,
    )
    documents.seal(issued, pdf(), 1, word=b"PK uji")
    return issued


def handed_in(office, first, kind="quarterly"):
    scope = figures.Scope(office, Period(Kind(kind), first))
    return ReportFactory(
        office=office,
        month=first,
        kind=kind,
        status="submitted",
        issued=paper(office),
        figures={"mark": figures.mark(scope)},
    )


@pytest.mark.parametrize(
    ("kind", "day", "first", "last", "name"),
    [
        ("monthly", "2026-10-14", "2026-10-01", "2026-10-31", "Oktober 2026"),
        ("quarterly", "2026-08-31", "2026-07-01", "2026-09-30", "Triwulan III 2026"),
        ("semester", "2026-06-30", "2026-01-01", "2026-06-30", "Semester I 2026"),
        ("yearly", "2024-02-29", "2024-01-01", "2024-12-31", "Tahun 2024"),
    ],
)
def test_a_period_has_its_days_and_its_name(kind, day, first, last, name):
    period = Period.of(kind, date.fromisoformat(day))

    found = (str(period.first), str(period.last), period.name)
    assert found == (first, last, name)
    assert Period.read(period.code) == period
    assert period.back(1).back(-1) == period


@pytest.mark.parametrize(
    "code",
    [
        *("", "monthly", "daily:2026-01-01", "yearly:2026-02-01"),
        *("monthly:9999-12-01", "yearly:0001-01-01"),
    ],
)
def test_a_code_of_no_period_is_refused(code):
    with pytest.raises(ValueError, match="no period"):
        Period.read(code)


def test_a_longer_one_waits_for_its_months_and_locks_nothing():
    unit = UnitFactory()
    held = ActivityFactory(
        office=unit,
        status=Activity.Status.VERIFIED,
        starts_at=datetime(2026, 8, 14, 2, tzinfo=UTC),
    )
    for month in (JULY, AUGUST):
        ReportFactory(office=unit, month=month, status="accepted", issued=paper(unit))
    report = handed_in(unit, JULY)
    admin = person(Role.REGIONAL_ADMIN, unit.region)

    with pytest.raises(ValidationError, match="September 2026"):
        services.accept(report, by=admin)
    ReportFactory(office=unit, month=SEPTEMBER, status="accepted", issued=paper(unit))
    services.accept(report, by=admin)

    held.refresh_from_db()
    assert (report.status, held.status) == ("accepted", Activity.Status.VERIFIED)
    assert ClosedMonth.objects.count() == 0


def test_figures_of_a_quarter_are_those_of_its_months_and_open_their_list(sign_in):
    unit = UnitFactory()
    for month in (6, 7, 8, 9, 10):
        ActivityFactory(
            office=unit,
            status=Activity.Status.VERIFIED,
            starts_at=datetime(2026, month, 14, 2, tzinfo=UTC),
            counts={("adult_client", "male"): month},
        )
    scope = figures.Scope(unit, Period(Kind.QUARTERLY, JULY))
    url = figures.FIGURES["activities"].url(scope)

    found = figures.reported(scope)
    page = sign_in(person(Role.UNIT_HEAD, unit)).get(url).context["page"]

    assert (found["figures"]["activities"], found["figures"]["served"]) == (3, 24)
    assert [row["served"] for row in found["trend"]] == [7, 8, 9]
    assert len(page.rows) == 3


def test_a_kanwil_reports_on_its_units_and_headquarters_accept(sign_in):
    admin = person(Role.REGIONAL_ADMIN)
    kanwil = admin.acting.office
    unit = UnitFactory(parent=kanwil)
    ReportFactory(office=unit, month=JULY, obstacles="Hujan")
    operator = person(Role.UNIT_OPERATOR, unit)
    client = sign_in(admin)

    answer = client.post(
        reverse("reports:create"),
        {"office": kanwil.pk, "period": "quarterly:2026-07-01"},
    )

    report = Report.objects.get(kind="quarterly")
    assert (answer["Location"], report.office) == (report.get_absolute_url(), kanwil)
    rows = lower_of(report)
    assert [each.expected.period.first for each in rows] == [JULY, AUGUST, SEPTEMBER]
    assert len(missing(rows)) == 3
    assert words_of(rows, "obstacles") == f"Juli 2026 · {unit}:\nHujan"
    step = Report.STEPS["accept"]
    report.status = "submitted"
    heads = person(Role.REGIONAL_HEAD, kanwil), person(Role.HEADQUARTERS)
    assert [report.refusal(step, each) is None for each in heads] == [False, True]
    report.status = "drafting"
    assert report.refusal(Report.STEPS["rebuild"], operator) is not None


def test_a_kanwil_does_not_write_the_report_of_its_unit():
    report = ReportFactory(status="drafting")
    admin = person(Role.REGIONAL_ADMIN, report.office.region)

    assert report.refusal(Report.STEPS["change"], admin) is not None
    assert report not in Report.objects.awaiting(admin)


def test_the_recapitulation_says_its_units_and_not_their_activities():
    unit = UnitFactory()
    ActivityFactory(
        office=unit,
        status=Activity.Status.VERIFIED,
        starts_at=datetime(2026, 8, 14, 2, tzinfo=UTC),
        counts={("adult_client", "male"): 5},
    )

    found = figures.reported(figures.Scope(unit.region, Period(Kind.QUARTERLY, JULY)))

    assert found["activities"] == []
    assert [
        (row["name"], row["activities"], row["served"]) for row in found["units"]
    ] == [(unit.name, 1, 5)]


def test_who_writes_a_longer_report_takes_over_what_its_months_said(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    unit = operator.acting.office
    ReportFactory(office=unit, month=JULY, obstacles="Hujan", follow_up="Payung")
    report = ReportFactory(office=unit, month=JULY, kind="quarterly", status="drafting")
    url = reverse("reports:change", args=[report.pk])

    client = sign_in(operator)
    offered = client.get(url).content.decode()
    written = {"obstacles": "Banjir", "look": "below.obstacles"}
    taken = client.post(url, written).context["form"]

    said = f"Juli 2026 · {unit}:\nHujan"
    assert 'value="below.obstacles"' in offered
    assert taken["obstacles"].value() == f"Banjir\n\n{said}"


def test_who_hands_in_a_recapitulation_reads_first_what_it_lacks(
    sign_in, django_assert_max_num_queries
):
    region = RegionFactory()
    UnitFactory(parent=region)
    unit, day = UnitFactory(parent=region), datetime(2026, 8, 5, 2, tzinfo=UTC)
    ActivityFactory(office=unit, starts_at=day, status="reported")
    report = ReportFactory(
        office=region, kind="quarterly", month=JULY, status="drafting"
    )
    client = sign_in(person(Role.REGIONAL_HEAD, region))

    with django_assert_max_num_queries(12):
        page = client.get(report.get_absolute_url()).content.decode()

    assert "6 laporan bulanan unit dalam periode ini belum diterima." in page
    assert "1 kegiatan periode ini belum diverifikasi" in page
    assert "Kendala dan tindak lanjut tidak diisi." in page
