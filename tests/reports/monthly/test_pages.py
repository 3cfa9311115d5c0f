from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.documents.models import IssuedDocument
from pokmas.jobs import services as jobs
from reports.home import page as home
from reports.models import Report
from reports.monthly import services
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    PartnerFactory,
    ReportFactory,
    RepresentativeFactory,
    UserFactory,
    person,
    volunteer_of,
)
from tests.racing import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


@pytest.mark.parametrize("rows", [1, 3])
def test_index_costs_the_same_for_any_number_of_rows(
    sign_in, django_assert_num_queries, rows
):
    head = person(Role.REGIONAL_HEAD)
    for place in range(rows):
        ReportFactory(office__parent=head.acting.office, month=date(2026, place + 1, 1))
    client = sign_in(head)
    client.get(reverse("reports:index"))

    with django_assert_num_queries(5):
        response = client.get(reverse("reports:index"))

    assert len(response.context["page"].rows) == rows


def test_an_operator_asks_for_last_month_and_is_led_to_the_report(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    client = sign_in(operator)
    form = client.get(reverse("reports:create")).context["form"]
    assert form["period"].value() == "monthly:2026-10-01"

    response = client.post(
        reverse("reports:create"),
        {"office": operator.acting.office.pk, "period": "monthly:2026-10-01"},
    )

    report = Report.objects.get()
    assert response["Location"] == report.get_absolute_url()
    page = client.get(report.get_absolute_url()).content.decode()
    assert f"/jobs/{report.job.pk}/progress/" in page


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_ask_at_once_all_are_led_to_the_one_report(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    cookies = sign_in(operator).cookies
    asked = {"office": operator.acting.office.pk, "period": "monthly:2026-10-01"}

    def ask():
        client = Client()
        client.cookies = cookies
        answer = client.post(reverse("reports:create"), asked)
        return answer.status_code, answer["Location"]

    answers = at_once("reports_report", *[ask] * 20)

    report = Report.objects.get()
    assert set(answers) == {(302, report.get_absolute_url())}
    assert IssuedDocument.objects.count() == 1


def test_the_newest_month_without_a_report_is_proposed(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    ReportFactory(office=operator.acting.office, month=date(2026, 10, 1))

    form = sign_in(operator).get(reverse("reports:create")).context["form"]

    assert form["period"].value() == "monthly:2026-09-01"
    labels = [label for _code, label in form.fields["period"].choices[0][1]]
    assert labels[:3] == [
        "November 2026",
        "Oktober 2026 (laporannya sudah ada)",
        "September 2026",
    ]


def test_who_asks_again_keeps_what_he_wrote_or_is_led_to_the_report(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    unit = operator.acting.office
    report = ReportFactory(office=unit, month=date(2026, 10, 1), obstacles="Hujan")
    client = sign_in(operator)

    def ask(**words):
        asked = {"office": unit.pk, "period": "monthly:2026-10-01", **words}
        return client.post(reverse("reports:create"), asked)

    wrote = ask(obstacles="Banjir")
    assert wrote.status_code == 200
    page = wrote.content.decode()
    assert (report.get_absolute_url() in page, "Banjir" in page) == (True, True)
    for words in ({}, {"obstacles": "Hujan"}):
        assert ask(**words)["Location"] == report.get_absolute_url()


@pytest.mark.parametrize("status", ["drafting", "submitted", "accepted"])
def test_the_page_of_a_report_reckons_nothing_anew(sign_in, status):
    operator = person(Role.UNIT_OPERATOR)
    unit = operator.acting.office
    report = services.request(unit, date(2026, 10, 1), by=operator)
    jobs.run(report.job_id)
    Report.objects.filter(pk=report.pk).update(status=status)
    client = sign_in(operator)
    client.get(report.get_absolute_url())

    with CaptureQueriesContext(connection) as queries:
        response = client.get(report.get_absolute_url())

    sums = [
        query["sql"]
        for query in queries
        # The few that came after it are listed with their number.
        if "SUM(" in query["sql"] and '"correction" = ' not in query["sql"]
    ]
    assert (response.status_code, sums) == (200, [])
    assert len(queries) <= 12


def test_the_page_says_that_a_late_report_changed_the_figures(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    unit = operator.acting.office
    report = services.request(unit, date(2026, 10, 1), by=operator)
    jobs.run(report.job_id)
    client = sign_in(operator)
    before = client.get(report.get_absolute_url()).context["problems"]

    ActivityFactory(
        office=unit, status="reported", starts_at=datetime(2026, 10, 14, 2, tzinfo=UTC)
    )

    after = client.get(report.get_absolute_url()).context["problems"]
    assert (before, len(after)) == ([], 1)


def test_an_operator_cannot_ask_for_another_unit(sign_in):
    other = person(Role.UNIT_OPERATOR).acting.office

    response = sign_in(person(Role.UNIT_OPERATOR)).post(
        reverse("reports:create"), {"office": other.pk, "period": "monthly:2026-10-01"}
    )

    assert set(response.context["form"].errors) == {"office"}
    assert Report.objects.count() == 0


def test_the_way_from_request_to_accepted_through_the_pages(sign_in):
    head = person(Role.UNIT_HEAD)
    unit = head.acting.office
    operator = person(Role.UNIT_OPERATOR, unit)
    admin = person(Role.REGIONAL_ADMIN, unit.region)
    report = services.request(unit, date(2026, 10, 1), by=operator)
    jobs.run(report.job_id)

    sign_in(head).post(reverse("reports:submit", args=[report.pk]))
    sign_in(admin).post(
        reverse("reports:accept", args=[report.pk]), {"verdict": "accepted"}
    )

    report.refresh_from_db()
    assert report.status == "accepted"
    pdf = sign_in(admin).get(report.issued.get_absolute_url())
    assert b"".join(pdf.streaming_content)[:5] == b"%PDF-"
    check = sign_in(admin).get(report.issued.get_check_url())
    assert "Sah" in check.content.decode()


def test_what_waits_is_shown_with_the_most_urgent_first():
    head = person(Role.UNIT_HEAD)
    unit = head.acting.office
    PartnerFactory(office=unit, status="verifying", name="Yayasan Baru")
    with time_machine.travel("2026-10-01"):
        AgreementFactory(office=unit, status="ready_to_sign", title="PKS Lama")
    PartnerFactory(office=unit, status="draft")
    PartnerFactory(status="verifying")

    found = home.tasks(head)

    assert [(task.title, task.is_late) for task in found] == [
        ("PKS Lama", True),
        ("Yayasan Baru", False),
    ]


def test_home_counts_the_approved_partners_that_take_part_in_nothing(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    PartnerFactory(office=operator.acting.office, status="approved")
    PartnerFactory(office=operator.acting.office, status="active")
    client = sign_in(operator)

    figures = client.get(reverse("reports:home")).context["figures"]

    [figure] = [each for each in figures if each.label == "Mitra belum terlibat"]
    assert figure.value == client.get(figure.url).context["page"].count == 1


def test_who_submitted_is_not_asked_to_decide():
    head = person(Role.UNIT_HEAD)
    PartnerFactory(office=head.acting.office, status="verifying", submitted_by=head)

    assert home.tasks(head) == []


def test_home_of_a_representative_shows_his_partner(sign_in):
    representative = RepresentativeFactory(partner__name="Yayasan Sendiri")

    page = sign_in(representative.user).get(reverse("reports:home"))

    assert "Yayasan Sendiri" in page.content.decode()


def test_home_of_a_volunteer_shows_what_his_unit_plans(sign_in):
    volunteer = volunteer_of()
    ActivityFactory(
        office=volunteer.acting.office,
        title="Bakti di Tarus",
        starts_at="2026-12-01T02:00Z",
        ends_at="2026-12-01T04:00Z",
        held_on=date(2026, 12, 1),
    )

    page = sign_in(volunteer).get(reverse("reports:home"))

    assert "Bakti di Tarus" in page.content.decode()


def test_home_of_a_person_without_assignment_says_what_to_do(client):
    client.force_login(UserFactory())

    page = client.get(reverse("reports:home"))

    assert reverse("partners:start") in page.content.decode()


@pytest.mark.parametrize("role", Role)
def test_home_costs_at_most_twelve_queries(
    sign_in, django_assert_max_num_queries, role
):
    client = sign_in(person(role))
    client.get(reverse("reports:home"))

    with django_assert_max_num_queries(12):
        response = client.get(reverse("reports:home"))

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("oktober", [10]),
        ("October 2026", [10]),
        ("2025", []),
        ("2026", [10, 9]),
        ("september melati", [9]),
        ("laporan september", [9]),
        ("september mawar", []),
        ("melati", [10, 9]),
    ],
)
def test_reports_are_found_by_month_and_year(sign_in, text, months):
    head = person(Role.UNIT_HEAD)
    unit = head.acting.office
    type(unit).objects.filter(pk=unit.pk).update(name="Bapas Melati")
    for month in (9, 10):
        ReportFactory(office=unit, month=date(2026, month, 1))

    response = sign_in(head).get(reverse("reports:index"), {"q": text})

    found = Report.objects.visible_to(head).search(text).order_by("-month")
    assert [row.month.month for row in found] == months
    assert len(response.context["page"].rows) == len(months)


@pytest.mark.parametrize("page", ["reports:index", "reports:value_index"])
def test_a_year_that_no_calendar_has_is_refused_in_words(sign_in, page):
    client = sign_in(person(Role.UNIT_OPERATOR))

    answer = client.get(reverse(page), {"year": "10000"})

    assert "2.999" in answer.text or "2999" in answer.text


def test_the_text_of_the_report_before_is_at_hand_in_every_chapter(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    unit = operator.acting.office
    said = {"on_served": "Lebih banyak klien.", "closing": "Terima kasih."}
    ReportFactory(office=unit, month=date(2026, 8, 1), **said)
    report = ReportFactory(office=unit, month=date(2026, 9, 1), status="drafting")
    url = reverse("reports:change", args=[report.pk])
    client = sign_in(operator)
    sent = {"closing": "Sekian.", "on_activities": "x" * 4001, "revision": "0"}

    form = client.post(url, {**sent, "look": "before.closing"}).context["form"]

    offered = {each.text for _field, offers in form.offering for each in offers}
    assert offered == set(said.values())
    assert form["closing"].value() == "Sekian.\n\nTerima kasih."
    assert (form["on_activities"].value(), form.errors) == ("x" * 4001, {})
    report.refresh_from_db()
    assert report.closing == ""
