"""After a month's report was accepted: what comes later is a correction, and shown."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from outreach.closing.models import ClosedMonth
from outreach.corrections import services as corrections
from outreach.models import Activity
from outreach.results import services as results
from pokmas.accounts.roles import Role
from pokmas.jobs import services as jobs
from reports.figures import figures
from reports.figures.periods import Month
from reports.monthly import services
from tests.factories import (
    ActivityFactory,
    ActivityTypeFactory,
    CommunityGroupFactory,
    PostFactory,
    RegencyFactory,
    person,
)
from tests.pokmas.papers.reading import squeezed, text_of_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]

MONTH = date(2026, 10, 1)
OCTOBER = datetime(2026, 10, 14, 2, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 3, 2, tzinfo=UTC)


@pytest.fixture
def november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


@pytest.fixture
def head():
    return person(Role.UNIT_HEAD)


@pytest.fixture
def report(head):
    """An accepted report of October: one activity of 12, one not verified in time."""
    unit = head.acting.office
    for status, number in (("verified", 12), ("reported", 15)):
        ActivityFactory(
            office=unit,
            status=status,
            starts_at=OCTOBER,
            title=f"Penyuluhan {number}",
            counts={("adult_client", "male"): number},
        )
    report = services.request(unit, MONTH, by=person(Role.UNIT_OPERATOR, unit))
    jobs.run(report.job_id)
    services.submit(report, by=head)
    services.accept(report, by=person(Role.REGIONAL_ADMIN, unit.region))
    report.refresh_from_db()
    return report


def verify_late(head):
    """What was left of October, as a correction."""
    activity = Activity.objects.get(status="reported")
    corrections.correct(activity, reason="Bukti menyusul", by=head)
    results.verify(activity, by=head)
    return activity


@pytest.mark.printing
def test_accept_closes_the_month_at_the_unit_and_its_posts(head):
    unit = head.acting.office
    post = PostFactory(parent=unit)
    report = services.request(unit, MONTH, by=person(Role.UNIT_OPERATOR, unit))
    jobs.run(report.job_id)
    services.submit(report, by=head)

    services.accept(report, by=person(Role.REGIONAL_ADMIN, unit.region))

    closed = ClosedMonth.objects.values_list("office", "month")
    assert set(closed) == {(unit.pk, MONTH), (post.pk, MONTH)}


def test_a_correction_is_shown_with_the_report_whose_figures_stay(
    sign_in, head, report
):
    activity = verify_late(head)

    page = sign_in(head).get(report.get_absolute_url())

    assert [row.pk for row in page.context["corrections"]] == [activity.pk]
    changes = {str(label): (was, now) for label, was, now in page.context["changes"]}
    assert changes == {
        "Kegiatan terverifikasi": (1, 2),
        "Penerima manfaat": (12, 27),
        "Kegiatan belum diverifikasi": (1, 0),
    }
    assert report.figures["figures"]["served"] == 12
    assert "Bukti menyusul" in page.content.decode()


@pytest.mark.printing
def test_the_figures_of_an_accepted_report_lead_to_what_it_counted(
    sign_in, head, report
):
    verify_late(head)
    client = sign_in(head)

    cards = client.get(report.get_absolute_url()).context["figures"]

    counted = client.get(cards[0].url).context["page"].count
    assert (cards[0].value, counted) == (1, 1)


@pytest.mark.printing
def test_the_next_report_states_the_corrections_of_its_month(head, report):
    activity = verify_late(head)

    november = figures.reported(figures.Scope(report.office, Month(2026, 11)))

    assert november["figures"]["served"] == 0
    assert [
        (row["id"], row["served_before"], row["served"])
        for row in november["corrections"]
    ] == [(activity.pk, None, 15)]


@pytest.fixture
def moved(head, report):
    """What October counted was held in November, as a correction says."""
    locked = Activity.objects.get(status="locked")
    corrections.replace(locked, reason="Salah tanggal", by=head)
    made = locked.replacements.get()
    Activity.objects.filter(pk=made.pk).update(
        starts_at=NOVEMBER,
        ends_at=NOVEMBER,
        held_on=NOVEMBER.date(),
        status="reported",
        output="Selesai",
        is_declared=True,
    )
    results.verify(made, by=head)
    made.refresh_from_db()
    return made


@pytest.mark.printing
def test_a_correction_that_moves_an_activity_into_the_month_is_stated_there(
    moved, report
):
    november = figures.reported(figures.Scope(report.office, Month(2026, 11)))

    assert november["figures"]["served"] == 12
    assert [
        (row["id"], row["held_before"], row["held_on"])
        for row in november["corrections"]
    ] == [(moved.pk, "2026-10-14", "2026-11-03")]


@pytest.mark.printing
def test_what_was_moved_into_a_month_is_in_the_list_of_its_accepted_report(
    sign_in, head, moved, report
):
    unit = report.office
    with time_machine.travel("2026-12-03 04:00Z"):
        again = services.request(
            unit, date(2026, 11, 1), by=person(Role.UNIT_OPERATOR, unit)
        )
        jobs.run(again.job_id)
        again.refresh_from_db()
        services.submit(again, by=person(Role.UNIT_HEAD, unit))
        services.accept(again, by=person(Role.REGIONAL_ADMIN, unit.region))

        client = sign_in(person(Role.UNIT_HEAD, unit))
        cards = client.get(again.get_absolute_url()).context["figures"]
        counted = client.get(cards[0].url).context["page"].count
    with again.issued.file.open() as file:
        text = text_of_pdf(file.read(), again.issued)

    assert (cards[0].value, counted) == (1, 1)
    assert squeezed("dipindah dari 14-10-2026") in text


@pytest.mark.printing
def test_a_pdf_without_a_correction_of_its_month_is_out_of_date(head, report):
    unit = report.office
    again = services.request(
        unit, date(2026, 11, 1), by=person(Role.UNIT_OPERATOR, unit)
    )
    jobs.run(again.job_id)
    again.refresh_from_db()

    before = services.is_current(again)
    verify_late(head)

    assert (before, services.is_current(again)) == (True, False)


@pytest.mark.printing
def test_a_group_put_on_record_late_is_shown_too(sign_in, head, report):
    CommunityGroupFactory(
        office=report.office, status="active", inaugurated_on=date(2026, 10, 20)
    )

    page = sign_in(head).get(report.get_absolute_url())

    assert [(str(label), was, now) for label, was, now in page.context["changes"]] == [
        ("Pokmas Lipas aktif", 0, 1)
    ]


@pytest.mark.printing
def test_a_report_without_corrections_says_nothing_of_them(sign_in, head, report):
    page = sign_in(head).get(report.get_absolute_url())

    assert "Koreksi setelah diterima" not in page.content.decode()


@pytest.mark.printing
def test_the_form_of_a_plan_asks_for_the_reason_of_a_correction(sign_in, head, report):
    operator = person(Role.UNIT_OPERATOR, report.office)
    kind = ActivityTypeFactory(code="meeting", name="Rapat", is_internal=True)
    client, url = sign_in(operator), reverse("outreach:create")
    answers = {
        "type": kind.pk,
        "title": "Rapat",
        "starts_at_0": "14-10-2026",
        "starts_at_1": "09.00",
        "ends_at_0": "14-10-2026",
        "ends_at_1": "11.00",
        "mode": "on_site",
        "place": "Aula",
        "regency": RegencyFactory().pk,
        "funding": "none",
    }

    asked = client.post(url, answers)
    done = client.post(url, {**answers, "correction": "Terlewat"})

    assert set(asked.context["form"].errors) == {"correction"}
    made = Activity.objects.get(title="Rapat")
    assert (done["Location"], made.correction) == (
        reverse("outreach:report", args=[made.pk]),
        "Terlewat",
    )
