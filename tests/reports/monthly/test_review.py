"""What the Kanwil sees beside its verdict on a report."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from outreach.models import Activity
from pokmas.accounts.roles import Role
from pokmas.jobs import services as jobs
from reports.models import Report
from reports.monthly import services
from reports.monthly.given import given, hints
from tests.factories import ActivityFactory, UnitFactory, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

MONTH = date(2026, 10, 1)
OCTOBER = datetime(2026, 10, 14, 2, tzinfo=UTC)


@pytest.fixture
def november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


def held(office, number, **fields):
    return ActivityFactory(
        office=office,
        starts_at=OCTOBER,
        counts={("adult_client", "male"): number},
        **{"status": Activity.Status.VERIFIED} | fields,
    )


def submitted(office, **words):
    report = services.request(
        office, MONTH, by=person(Role.UNIT_OPERATOR, office), **words
    )
    jobs.run(report.job_id)
    report.refresh_from_db()
    services.submit(report, by=person(Role.UNIT_HEAD, office))
    return read(report)


def read(report):
    return Report.objects.for_page().get(pk=report.pk)


def url(report):
    return reverse("reports:accept", args=[report.pk])


def marked(row):
    """The words that were taken out and put in."""
    return [
        ("-" if piece.is_old else "+") + piece.text
        for piece in row.pieces
        if piece.is_old or piece.is_new
    ]


@pytest.fixture
def mended():
    """A report that was sent back and submitted again, with other figures."""
    office = UnitFactory()
    held(office, 5, title="Tetap")
    dropped = held(office, 12, title="Keluar")
    report = submitted(office, obstacles="Jarak jauh")
    admin = person(Role.REGIONAL_ADMIN, office.region)
    services.send_back(report, by=admin, reason="Periksa angka.")
    Activity.objects.filter(pk=dropped.pk).update(superseded_on=date(2026, 11, 2))
    held(office, 20, title="Masuk")
    operator = person(Role.UNIT_OPERATOR, office)
    report.obstacles = "Jarak dekat"
    services.change(report, by=operator, revision=report.revision, fields=["obstacles"])
    jobs.run(report.job_id)
    report.refresh_from_db()
    services.submit(report, by=person(Role.UNIT_HEAD, office))
    return read(report)


@pytest.mark.printing
def test_figures_that_changed_stand_beside_what_they_were(mended):
    shown = given(mended)

    changed = {
        str(each.row.label): marked(each.row)
        for each in shown["figures"]
        if each.row.is_changed
    }
    assert changed == {"Penerima manfaat": ["-17", "+25"]}
    [(_label, figures)] = shown["counts"].rows
    assert [marked(each) for each in figures if each.is_changed] == [["-17", "+25"]] * 2


@pytest.mark.printing
def test_activities_that_came_and_went_and_words_that_changed_are_told(mended):
    shown = given(mended)

    assert [row["title"] for row in shown["came"]] == ["Masuk"]
    assert [row["title"] for row in shown["went"]] == ["Keluar"]
    assert [marked(row) for row in shown["words"] if row.is_changed] == [
        ["-jauh", "+dekat"]
    ]


@pytest.mark.printing
def test_a_first_report_has_nothing_to_compare_with():
    office = UnitFactory()
    held(office, 5)

    shown = given(submitted(office))

    assert not any(each.row.is_changed for each in shown["figures"])
    assert (shown["returned_at"], shown["came"], shown["went"]) == (None, [], [])


@pytest.mark.printing
def test_the_pdf_is_read_page_by_page_beside_the_verdict(sign_in):
    report = submitted(UnitFactory())
    client = sign_in(person(Role.REGIONAL_ADMIN, report.office.region))

    page = client.get(url(report)).content.decode()
    frame = client.get(report.issued.get_view_url())
    picture = client.get(frame.context["picture"])

    assert f'src="{report.issued.get_view_url()}"' in page
    assert f"Halaman 1 dari {report.issued.pages}" in frame.content.decode()
    assert picture["Content-Type"] == "image/jpeg"


@pytest.mark.printing
def test_each_figure_leads_to_the_list_behind_it(sign_in):
    office = UnitFactory()
    held(office, 5)
    report = submitted(office)
    client = sign_in(person(Role.REGIONAL_ADMIN, office.region))

    shown = client.get(url(report)).context["figures"]

    activities = client.get(shown[0].url)
    assert shown[0].row.value == "1"
    assert activities.context["page"].count == 1


def test_a_verdict_is_given_and_what_it_lacks_is_said(sign_in):
    report = submitted(UnitFactory())
    client = sign_in(person(Role.REGIONAL_ADMIN, report.office.region))

    empty = client.post(url(report), {"verdict": "returned", "reason": " "})
    client.post(url(report), {"verdict": "returned", "reason": "Isi kendala."})

    report.refresh_from_db()
    assert empty.context["form"].errors == {"reason": ["Tulis alasannya."]}
    assert (report.status, report.reason) == ("returned", "Isi kendala.")


@pytest.mark.printing
def test_a_complete_report_gives_no_hint():
    office = UnitFactory()
    held(office, 5)

    assert list(hints(submitted(office, obstacles="Tidak ada"))) == []


@pytest.mark.printing
def test_what_is_odd_about_a_report_is_asked():
    office = UnitFactory()
    held(office, 3, status="reported")
    report = submitted(office)
    held(office, 4, status="reported")

    assert list(hints(report)) == [
        "Angka berubah sejak laporan diajukan. Kembalikan untuk disusun ulang.",
        "2 kegiatan periode ini belum diverifikasi; sesudah laporan bulanan diterima "
        "hanya dapat dihitung sebagai koreksi.",
        "Tidak ada kegiatan terverifikasi pada periode ini.",
        "Kendala dan tindak lanjut tidak diisi.",
    ]
