"""The brief of a region: its numbers, whom it names, its paper and its text."""

import io
from datetime import UTC, date, datetime
from math import ceil
from urllib.parse import unquote

import pypdf
import pytest
import time_machine
from django.urls import reverse

from agreements.models import RegionMonth
from pokmas.accounts.roles import Role
from pokmas.documents.models import IssuedDocument
from pokmas.jobs import services as jobs
from pokmas.offices.models import Office
from pokmas.papers import services as papers
from pokmas.papers.blocks import Paragraph
from reports.brief import services
from reports.brief.brief import Brief, Named, head_of
from reports.brief.papers import LETTERS, LINES, BriefPaper, _fitted
from reports.brief.whatsapp import text_of
from reports.duties.models import ReportDuty
from reports.figures.periods import Month
from reports.home.page import Task
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    PartnershipFactory,
    RegionFactory,
    TargetFactory,
    UnitFactory,
    person,
)
from tests.pokmas.papers.reading import text_of_pdf

pytestmark = pytest.mark.django_db
NOVEMBER = Month(2026, 11)
UNITS = 30


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


def held(unit, year, month, count=1):
    day = datetime(year, month, 5, 2, tzinfo=UTC)
    counts = {("adult_client", "male"): 10}
    ActivityFactory.create_batch(
        count, office=unit, status="verified", starts_at=day, counts=counts
    )


@pytest.fixture
def region():
    """Of thirty units one did more than a year ago; another is silent, the rest too."""
    region = RegionFactory(name="Kanwil Ditjenpas Uji")
    ReportDuty.objects.update(valid_from=date(2026, 10, 1))
    units = [
        UnitFactory(parent=region, name=f"Lapas Kelas IIB Nomor {number:02}")
        for number in range(UNITS)
    ]
    held(units[0], 2026, 11, 3)
    held(units[0], 2026, 10, 1)
    held(units[0], 2025, 11, 2)
    held(units[1], 2026, 10, 1)
    for unit in units[:8]:
        AgreementFactory(office=unit, status="signed", ends_on=date(2027, 1, 9))
    since = datetime(2026, 10, 1, 2, tzinfo=UTC)
    PartnershipFactory(office=units[2], status="submitted", status_since=since)
    TargetFactory(office=region, code="KPI-07", value=10)
    return region


def brief_of(region, month=NOVEMBER):
    return Brief(region, month, head_of(region))


def test_it_tells_each_figure_beside_the_month_and_year_before_and_its_target(region):
    activities, served, *_others = brief_of(region).figures

    assert (activities.now, activities.before, activities.year_before) == (3, 2, 2)
    assert (served.now, served.before, served.year_before) == (30, 20, 20)
    assert activities.achieved == "50,0% dari 10 (2026)"
    assert (activities.sign, served.achieved) == ("▲", "")


def test_it_names_who_is_silent_late_or_keeps_others_waiting(region):
    held(Office.objects.get(name="Lapas Kelas IIB Nomor 03"), 2026, 9)

    silent, never, reports, overdue = brief_of(region).behind

    assert silent.items == [
        "Lapas Kelas IIB Nomor 03 (77 hari)",
        "Lapas Kelas IIB Nomor 01 (47 hari)",
    ]
    assert (len(never.items), never.items[0]) == (27, "Lapas Kelas IIB Nomor 02")
    assert (len(reports.items), reports.rest) == (UNITS, UNITS - 3)
    assert (reports.within(9), never.within(999).count(";")) == ("semua unit", 26)
    assert overdue.items == ["Lapas Kelas IIB Nomor 02 (1)"]
    assert brief_of(region).reports == (0, UNITS)


def test_what_ends_and_whom_to_follow(region):
    brief = brief_of(region)

    assert len(brief.ending.items) == 8
    # It owes a report, so it is no example yet.
    assert brief.examples == []
    ReportDuty.objects.update(valid_from=date(2026, 12, 1))
    assert brief_of(region).examples == [
        "Lapas Kelas IIB Nomor 00: 3 kegiatan, setahun sebelumnya 2"
    ]


def test_what_waits_for_the_head_is_told_of_the_running_month_alone(region):
    head = person(Role.REGIONAL_HEAD, region)
    ActivityFactory(office=region, status="reported", title="Penyuluhan Kanwil")

    assert head_of(region) == head
    assert [task.title for task in brief_of(region).decisions] == ["Penyuluhan Kanwil"]
    assert brief_of(region, Month(2026, 10)).decisions == []


@pytest.mark.parametrize("role", [Role.REGIONAL_HEAD, Role.HEADQUARTERS])
@pytest.mark.parametrize("month", ["2026-11", "2026-10"])
def test_the_page_opens_the_list_of_each_number_and_costs_little(
    sign_in, region, role, month, django_assert_max_num_queries
):
    client = sign_in(person(role, None if role == Role.HEADQUARTERS else region))
    url = reverse("reports:brief", args=[region.pk])
    client.get(url)

    with django_assert_max_num_queries(12):
        page = client.get(url, {"month": month})

    brief = page.context["brief"]
    for each in brief.figures:
        for url, number in (
            (each.url, each.now),
            (each.before_url, each.before),
            (each.year_url, each.year_before),
        ):
            context = client.get(url).context
            name = "Penerima manfaat"
            count = context["listing"].page.count
            found = context["served"] if each.label == name else count
            assert (each.label, found) == (each.label, number)
    count = client.get(brief.ending.url).context["listing"].page.count
    assert count == len(brief.ending.items)
    for each in brief.behind:
        narrowed = client.get(each.url).context["units"].rows
        names = [item.split(" (")[0] for item in each.items]
        assert sorted(row.name for row in narrowed) == sorted(names)


def test_another_region_is_not_told_of_it(sign_in, region):
    stranger = sign_in(person(Role.REGIONAL_HEAD, RegionFactory()))

    url = reverse("reports:brief", args=[region.pk])
    assert stranger.get(url).status_code == 404
    assert stranger.post(f"{url}pass-on/").status_code == 404
    unit = sign_in(person(Role.UNIT_HEAD, UnitFactory(parent=region)))
    assert unit.get(url).status_code == 403


def test_its_paper_of_thirty_units_is_one_sheet_of_a4(sign_in, region):
    client = sign_in(person(Role.REGIONAL_HEAD, region))
    url = reverse("reports:brief_pass_on", args=[region.pk])

    answer = client.post(url, {"month": "2026-11", "way": "paper"})
    client.post(url, {"month": "2026-11", "way": "paper"})
    issued = IssuedDocument.objects.get(kind=BriefPaper.kind)
    jobs.run(issued.job_id)

    shown = client.get(answer["Location"])
    issued.refresh_from_db()
    content = issued.file.read()
    text = text_of_pdf(content, issued)
    assert answer["Location"] == (
        f"/reports/brief/{region.pk}/paper/?month=2026-11#paper-reports-brief"
    )
    assert 'id="paper-reports-brief"' in shown.text
    assert issued.get_absolute_url() in shown.text
    [sheet] = pypdf.PdfReader(io.BytesIO(content)).pages
    assert [round(float(side)) for side in sheet.mediabox[2:]] == [595, 842]
    assert "LapasKelasIIBNomor29" in text
    assert "50,0%dari10(2026)" in text


def test_so_is_that_of_thirty_units_of_long_names_of_which_all_is_to_be_told(region):
    head = person(Role.REGIONAL_HEAD, region)
    since = datetime(2026, 10, 1, 2, tzinfo=UTC)
    for number, unit in enumerate(Office.objects.filter(parent=region)):
        unit.name = f"Lembaga Pembinaan Khusus Anak Kelas IIB Tanah Jauh {number:02}"
        unit.save()
        held(unit, 2026, 8)
        PartnershipFactory(office=unit, status="submitted", status_since=since)
        title = f"{'Pelatihan kerja ' * 6}{number}"
        AgreementFactory(
            office=unit, status="signed", title=title, ends_on=date(2027, 1, 9)
        )
        ActivityFactory(office=region, status="reported", title=title)

    page = services.page_of(region, NOVEMBER, by=head)
    issued = papers.ask(BriefPaper.kind, page, by=head)
    jobs.run(issued.job_id)

    issued.refresh_from_db()
    [sheet] = pypdf.PdfReader(io.BytesIO(issued.file.read())).pages
    assert [round(float(side)) for side in sheet.mediabox[2:]] == [595, 842]


def crowded(brief) -> Brief:
    """With all that there may be, of 33 units with names of sixty letters."""
    unit = "Lembaga Pembinaan Khusus Anak Kelas IIB Kabupaten Tanah Jauh"
    silent = [f"{unit[:-2]}{n:02} (63 hari)" for n in range(32)]
    brief.behind = [Named(f"Lewat batas {n}", silent, "") for n in range(4)]
    titles = [f"{'Pelatihan ' * 8}, {unit} (09-01-2027)"] * 20
    brief.ending = Named("Berakhir", titles, "")
    act = "Putuskan: layak, diperbaiki, atau ditolak"
    brief.decisions = [Task("", "", titles[0], unit, act, None, "", False, "")] * 5
    brief.examples = [f"{unit}: 7 kegiatan, setahun sebelumnya 0"] * 3
    return brief


def test_many_long_names_leave_it_on_its_sheet(region):
    blocks = _fitted(crowded(brief_of(region)))
    told = [each.text for each in blocks if isinstance(each, Paragraph)]

    lines = [line for text in told for line in text.split("\n")]
    assert lines[0].endswith("00 (63 hari); dan 31 lagi.")
    assert sum(ceil(len(line) / LETTERS) for line in lines) <= LINES


def test_its_text_names_the_unit_of_each_decision_once_and_cuts_no_title(region):
    unit, title = UnitFactory(parent=region), "Pelatihan menjahit " * 6
    AgreementFactory(
        office=unit, status="signed", title=title.strip(), ends_on=date(2026, 12, 1)
    )
    brief = brief_of(region)
    task = Task("", "", "PKS Uji", unit.name, "Putuskan", None, "", False, "")
    brief.decisions = [task] * 3

    told = text_of(brief)

    assert told.count(f"Putuskan: PKS Uji ({unit.name})") == 1
    assert (title.strip() in told, "…" in told) == (True, False)


def test_its_text_goes_to_whom_the_head_chooses(sign_in, region):
    client = sign_in(person(Role.REGIONAL_HEAD, region))
    url = reverse("reports:brief_pass_on", args=[region.pk])

    page = client.post(url, {"month": "2026-10", "way": "whatsapp"}, follow=True)
    [month] = RegionMonth.objects.all()
    opened = client.get(
        reverse(
            "notices:open_whatsapp", args=["agreements.regionmonth", month.pk, "brief"]
        )
    )

    told = text_of(brief_of(region, Month(2026, 10)))
    assert month.month == date(2026, 10, 1)
    assert "*Ringkasan wilayah, Oktober 2026*" in told
    assert f"/reports/brief/{region.pk}/?month=2026-10" in told
    assert "Belum pernah berkegiatan (28)" in told
    assert "dan 25 lagi" in told
    assert unquote(opened["Location"]) == f"https://wa.me/?text={told}"
    assert "Ringkasan wilayah, Oktober 2026" in page.content.decode()
