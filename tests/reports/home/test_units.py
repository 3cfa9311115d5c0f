"""The table of units: each number opens its list, nobody is ranked, months go back."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import escape

from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.offices.models import Office
from reports.brief.brief import Brief
from reports.duties.models import ReportDuty
from reports.figures.periods import Month
from reports.home.beside import of_reports
from reports.home.units import Months, Table
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    PartnershipFactory,
    PostFactory,
    RegionFactory,
    ReportFactory,
    TargetFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db
# Whoever else of a Kanwil sees it sees the same.
WIDE = [Role.HEADQUARTERS, Role.REGIONAL_HEAD]
MONTHS = ["2026-11", "2026-10"]


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


def fill(unit, times):
    counts = {("adult_client", "male"): 12}
    for month in (11, 10, 9):
        day = datetime(2026, month, 5, 2, tzinfo=UTC)
        ActivityFactory.create_batch(
            times, office=unit, status="verified", starts_at=day, counts=counts
        )
        ActivityFactory(office=unit, status="reported", starts_at=day, counts=counts)
    year_ago = datetime(2025, 11, 5, 2, tzinfo=UTC)
    ActivityFactory(office=unit, status="locked", starts_at=year_ago)
    AgreementFactory(office=unit, status="signed", ends_on=date(2027, 1, 9))
    since = datetime(2026, 10, 1, 2, tzinfo=UTC)
    PartnershipFactory.create_batch(
        times, office=unit, status="submitted", status_since=since
    )


def reported(unit):
    """Its report of October is handed in."""
    issued = documents.issue(
        kind="reports.monthly", office=unit, owner=unit, title="Uji", holder="Uji"
    )
    ReportFactory(
        office=unit, month=date(2026, 10, 1), status="submitted", issued=issued
    )


@pytest.fixture
def region():
    region = RegionFactory()
    for times, name in ((2, "Bapas Ba"), (1, "Lapas Ab")):
        unit = UnitFactory(parent=region, name=name)
        fill(unit, times)
        fill(PostFactory(parent=unit), 1)
    UnitFactory(parent=region, name="Rutan Sunyi")
    fill(UnitFactory(), 3)
    ReportDuty.objects.update(valid_from=date(2026, 1, 1))
    bapas = Office.objects.get(name="Bapas Ba")
    reported(bapas)
    TargetFactory(office=bapas, code="KPI-07", value=8)
    return region


def table(office, **params):
    return Table(office, Months(office, params))


def cells(shown, row):
    return dict(zip((each.code for each in shown.columns), row.cells, strict=True))


def counted(client, cell, code):
    """What stands behind a cell, as the table writes it."""
    context = client.get(cell.url).context
    if code == "served":
        return f"{context['served']}"
    if code.startswith("reports_"):
        return f"{context['page'].paginator.count}"
    if code.endswith("_achieved"):
        return context["page"].line.cell.achieved_text
    return f"{context['listing'].page.count}"


@pytest.mark.parametrize("role", WIDE)
@pytest.mark.parametrize("month", MONTHS)
def test_every_number_of_the_table_opens_a_list_of_the_same_count(
    sign_in, region, role, month
):
    top = None if role == Role.HEADQUARTERS else region
    user = person(role, top)
    client = sign_in(user)

    shown = table(user.acting.office, month=month)
    rows = shown.rows

    assert len(rows) >= 2
    for row in rows:
        for code, cell in cells(shown, row).items():
            if cell.url and code != "silent":
                said = {"belum": "1", "terpenuhi": "1"}.get(cell.text, cell.text)
                found = counted(client, cell, code)
                assert (row.name, code, found) == (row.name, code, said)


@pytest.mark.parametrize("role", WIDE)
def test_headquarters_opens_the_table_of_a_region_and_its_numbers(
    sign_in, region, role
):
    client = sign_in(person(role, None if role == Role.HEADQUARTERS else region))

    page = client.get(reverse("reports:units", args=[region.pk]), {"month": "2026-10"})

    shown = page.context["units"]
    rows = {row.name: cells(shown, row) for row in shown.rows}
    assert list(rows) == ["Bapas Ba", "Lapas Ab", "Rutan Sunyi"]
    assert rows["Bapas Ba"]["activities"].text == "3"
    assert rows["Bapas Ba"]["before"].note == "="
    assert rows["Bapas Ba"]["reports_here"].text == "1"
    assert rows["Lapas Ab"]["reports_missing"].text == "1"
    assert rows["Bapas Ba"]["activities_achieved"].text == "112,5%"
    assert rows["Rutan Sunyi"]["activities_achieved"].text == "–"


def test_the_table_is_alphabetical_and_sorted_only_when_asked(region):
    def names(**params):
        return [row.name for row in table(region, **params).rows]

    assert names() == ["Bapas Ba", "Lapas Ab", "Rutan Sunyi"]
    assert names(sort="activities") == ["Rutan Sunyi", "Lapas Ab", "Bapas Ba"]
    assert names(sort="-activities") == ["Bapas Ba", "Lapas Ab", "Rutan Sunyi"]
    # A number that a unit does not have stands last, whichever way.
    assert names(sort="-silent")[-1] == names(sort="silent")[-1] == "Rutan Sunyi"
    assert names(sort="nonsense") == names()


def test_whoever_is_late_or_silent_is_marked(region):
    timely = UnitFactory(parent=region, name="Zona Tepat")
    day = datetime(2026, 11, 5, 2, tzinfo=UTC)
    ActivityFactory(office=timely, status="verified", starts_at=day)
    silent = UnitFactory(parent=region, name="Zona Diam")
    owing = UnitFactory(parent=region, name="Zona Tertunggak")
    ActivityFactory(office=owing, status="verified", starts_at=day)
    for office in (timely, silent):
        reported(office)
    ActivityFactory(
        office=silent, status="verified", starts_at=day - timedelta(days=30)
    )

    late = {row.name: row.is_late for row in table(region).rows}

    assert late == {
        "Bapas Ba": True,
        "Lapas Ab": True,
        "Rutan Sunyi": True,
        "Zona Diam": True,
        "Zona Tepat": False,
        "Zona Tertunggak": True,
    }
    for only, names in (
        ("late", [name for name, is_late in late.items() if is_late]),
        ("never", ["Rutan Sunyi"]),
        ("silent", ["Zona Diam"]),
        ("overdue", ["Bapas Ba", "Lapas Ab"]),
        ("<script>", list(late)),
    ):
        assert [row.name for row in table(region, only=only).rows] == names


def test_a_unit_that_is_closed_keeps_its_row_in_the_months_before(region):
    unit = Office.objects.get(name="Lapas Ab")
    Office.objects.filter(pk=unit.pk).update(
        is_active=False, valid_to=date(2026, 10, 10)
    )

    assert "Lapas Ab" not in [row.name for row in table(region).rows]
    assert "Lapas Ab" in [row.name for row in table(region, month="2026-09").rows]


def test_card_table_and_brief_ask_for_the_same_reports(region):
    """Of a unit that went this month the month before is still owed."""
    Office.objects.filter(name="Lapas Ab").update(
        is_active=False, valid_to=date(2026, 11, 10)
    )
    Office.objects.filter(name="Rutan Sunyi").update(is_active=False)
    month = Month(2026, 11)

    card, _on_time = of_reports(region, month)
    rows = [cells(table(region), row) for row in table(region).rows]
    here, missing = (
        sum(int(row[f"reports_{state}"].text) for row in rows)
        for state in ("here", "missing")
    )

    assert (card.value, card.hint) == (1, "dari 2 yang diminta")
    assert (here, here + missing) == (1, 2) == Brief(region, month, None).reports


@pytest.mark.parametrize("asked", ["2027-01", "1999-12", "x", "2026-13", ""])
def test_a_month_that_may_not_be_is_the_present_one(region, asked):
    months = Months(region, {"month": asked})

    assert (months.month.year, months.month.number) == (2026, 11)
    assert months.after is None


@pytest.mark.parametrize("role", [Role.REGIONAL_HEAD, Role.HEADQUARTERS])
def test_the_home_and_the_table_cost_the_same_for_any_number_of_units(
    sign_in, region, role, django_assert_max_num_queries
):
    user = person(role, None if role == Role.HEADQUARTERS else region)
    client = sign_in(user)
    client.get(reverse("reports:home"))
    for number in range(20):
        UnitFactory(parent=region, name=f"Lapas {number}")

    url = reverse("reports:units", args=[user.acting.office.pk])
    for asked in ({}, {"month": "2026-10"}):
        with django_assert_max_num_queries(12):
            page = client.get(reverse("reports:home"), asked)
        with django_assert_max_num_queries(12):
            shown = client.get(url, asked)

    assert "Oktober 2026" in page.content.decode()
    assert "Oktober 2026" in shown.content.decode()


def test_the_home_loads_the_table_as_a_piece_and_leads_to_it_without_script(
    sign_in, region
):
    client = sign_in(person(Role.REGIONAL_HEAD, region))
    url = reverse("reports:units", args=[region.pk])

    home = client.get(reverse("reports:home"), {"month": "2026-10"}).content.decode()
    piece = client.get(url, {"month": "2026-10"}, headers={"HX-Request": "true"})

    assert f'hx-get="{url}?month=2026-10"' in home
    assert f'<a href="{url}?month=2026-10">' in home
    assert "Bapas Ba" in piece.content.decode()
    assert "<html" not in piece.content.decode()
    # Another order leaves one at the table, with a script and without.
    assert 'href="?month=2026-10&amp;sort=activities#units"' in piece.text
    assert 'hx-replace-url="?month=2026-10&amp;sort=activities"' in piece.text


def test_the_table_comes_as_a_sheet_in_its_order(sign_in, region):
    client = sign_in(person(Role.REGIONAL_HEAD, region))
    url = reverse("reports:units", args=[region.pk])

    answer = client.get(url, {"month": "2026-10", "sort": "-name", "export": "csv"})

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    head, *lines = csv.DictReader(StringIO(text), delimiter=";"), *text.splitlines()[1:]
    assert [line.split(";")[0] for line in lines] == [
        '"Rutan Sunyi"',
        '"Lapas Ab"',
        '"Bapas Ba"',
    ]
    rows = {row["Unit"]: row for row in head}
    assert rows["Bapas Ba"]["Kegiatan"] == "3"
    assert rows["Bapas Ba"]["Laporan Okt masuk"] == "1"
    assert rows["Rutan Sunyi"]["Hari tanpa kegiatan"] == ""
    entry = Entry.objects.get(action="office.compared.exported")
    assert entry.details["filters"] == {"Bulan": "Oktober 2026"}


@pytest.mark.parametrize("figure", ["activities", "served", "waiting", "expiring"])
@pytest.mark.parametrize("month", MONTHS)
def test_every_tile_and_number_of_the_map_opens_a_list_of_the_same_count(
    sign_in, region, figure, month
):
    region.name = "Kanwil Ditjenpas Nusa Tenggara Timur"
    region.save()
    user = person(Role.HEADQUARTERS)
    client = sign_in(user)
    url = reverse("reports:units", args=[user.acting.office_id])

    page = client.get(url, {"month": month, "figure": figure})

    shown = page.context["units"].map.chart
    cells_of = {row[0].text: row[1:3] for row in shown.rows}
    assert cells_of["Papua"][0].text == "–"
    assert cells_of["Nusa Tenggara Timur"][0].text != "0"
    for cell in cells_of["Nusa Tenggara Timur"]:
        assert counted(client, cell, figure) == cell.text
        if cell is cells_of["Nusa Tenggara Timur"][0]:
            assert escape(cell.url) in page.content.decode()


def test_the_map_stands_with_headquarters_alone_and_takes_no_unknown_figure(
    sign_in, region
):
    head, user = person(Role.REGIONAL_HEAD, region), person(Role.HEADQUARTERS)
    own = reverse("reports:units", args=[region.pk])
    nation = reverse("reports:units", args=[user.acting.office_id])

    assert sign_in(head).get(own).context["units"].map is None
    assert sign_in(head).get(nation).status_code == 404
    page = sign_in(user).get(nation, {"figure": "<script>", "month": "2026-10"})
    assert page.context["units"].map.figure.code == "activities"
    assert 'name="month" value="2026-10"' in page.content.decode()
