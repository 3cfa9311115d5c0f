"""What a merger does to the records of the apps above."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from agreements.models import Agreement
from outreach.models import Activity
from partners.models import CommunityGroup, Partnership
from pokmas.accounts.models import AssignmentRequest
from pokmas.accounts.roles import Role
from pokmas.offices import reorganisation
from pokmas.words import dates
from reports.models import Report
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    AssignmentFactory,
    CommunityGroupFactory,
    PartnershipFactory,
    ProvinceFactory,
    RegionFactory,
    ReportFactory,
    UnitFactory,
    UserFactory,
    VolunteerFactory,
    person,
)
from tests.pokmas.offices.changes import change_of, decide

pytestmark = pytest.mark.django_db

Status = AssignmentRequest.Status


def test_unfinished_records_go_to_the_successor_and_finished_ones_stay():
    office, successor = UnitFactory.create_batch(2)
    PartnershipFactory(office=office, status="active")
    ended = PartnershipFactory(office=office, status="ended")
    CommunityGroupFactory(office=office, status="active")
    AgreementFactory(office=office, status="discussion")
    planned = ActivityFactory(office=office, status="planned")
    verified = ActivityFactory(office=office, status="verified")
    report = ReportFactory(office=office, month=date(2026, 8, 1))

    change = decide(office, "merge", other=successor, on=office.today)

    assert "1 kegiatan yang belum selesai pindah." in change.effects
    here = {
        model: set(model.objects.filter(office=office))
        for model in (Partnership, CommunityGroup, Agreement, Activity, Report)
    }
    assert here == {
        Partnership: {ended},
        CommunityGroup: set(),
        Agreement: set(),
        Activity: {verified},
        Report: {report},
    }
    planned.refresh_from_db()
    assert (planned.office, planned.region_id) == (successor, successor.region_id)
    branch = Activity.objects.under(successor)
    assert set(branch) == {planned, verified}


def test_what_clashes_at_the_successor_is_named():
    office, successor = UnitFactory.create_batch(2)
    for each in (office, successor):
        CommunityGroupFactory(office=each, name="Pokmas Melati", status="active")

    with pytest.raises(ValidationError, match="nama atau nomor yang sama"):
        reorganisation.rehearse(change_of(office, "merge", other=successor))

    assert CommunityGroup.objects.filter(office=office).exists()


def test_an_application_goes_on_at_the_successor_whose_people_decide():
    office, successor = UnitFactory.create_batch(2)
    waiting = PartnershipFactory(office=office, status="submitted")
    volunteer = VolunteerFactory(office=office, status="submitted")
    operator = person(Role.UNIT_OPERATOR, successor)

    decide(office, "merge", other=successor, on=office.today)

    waiting.refresh_from_db()
    volunteer.refresh_from_db()
    assert (waiting.office, volunteer.office) == (successor, successor)
    assert waiting in Partnership.objects.awaiting(operator)
    assert volunteer in type(volunteer).objects.awaiting(operator)


def test_of_a_partner_that_both_units_have_they_decide_first():
    office, successor = UnitFactory(name="Bapas Lama"), UnitFactory(name="Bapas Baru")
    waiting = PartnershipFactory(
        office=office, status="submitted", name="Yayasan Sukma"
    )
    PartnershipFactory(office=successor, partner=waiting.partner, status="active")

    with pytest.raises(
        ValidationError,
        match="Yayasan Sukma berjalan di Bapas Lama dan di Bapas Baru",
    ):
        reorganisation.rehearse(change_of(office, "merge", other=successor))

    Partnership.objects.filter(pk=waiting.pk).update(status="declined", reason="Uji")
    assert reorganisation.rehearse(change_of(office, "merge", other=successor))


def test_a_merger_says_which_reports_the_successor_finishes():
    office, successor = UnitFactory.create_batch(2)
    ReportFactory(office=office, month=date(2026, 8, 1))

    effects = reorganisation.rehearse(change_of(office, "merge", other=successor))

    assert (
        f"1 laporan tetap atas nama {office} dan diselesaikan {successor}." in effects
    )


def test_an_office_where_something_lives_is_not_closed_but_merged():
    office = UnitFactory()
    AgreementFactory(office=office, status="discussion")
    AssignmentFactory.create_batch(2, office=office)

    with pytest.raises(ValidationError) as refusal:
        reorganisation.rehearse(change_of(office, "close", on=office.today))

    assert refusal.value.messages == [
        f"Yang belum selesai di {office}: 1 kemitraan, 1 kerja sama, 2 penugasan. "
        "Gabungkan kantor ini ke penerusnya agar semuanya berpindah, atau selesaikan "
        "dahulu."
    ]


def test_a_kanwil_with_provinces_is_not_closed():
    region = RegionFactory()
    ProvinceFactory(region=region)

    with pytest.raises(ValidationError, match="1 provinsi"):
        decide(region, "close", on=region.today)


def test_an_office_whose_months_no_report_has_locked_is_not_closed():
    office = UnitFactory()
    ActivityFactory(office=office, status="verified")
    ActivityFactory(office=office, status="locked")
    ReportFactory(office=office, month=date(2026, 8, 1))

    with pytest.raises(ValidationError, match="1 kegiatan, 1 laporan"):
        reorganisation.rehearse(change_of(office, "close", on=office.today))


def test_a_planned_closing_is_held_if_something_lives_there_on_its_day():
    office = UnitFactory()
    tomorrow = office.today + timedelta(days=1)
    change = decide(office, "close", on=tomorrow)
    PartnershipFactory(office=office, status="active")

    count = reorganisation.apply_due(timezone.now() + timedelta(days=2))

    change.refresh_from_db()
    assert (count, change.state) == (0, "blocked")
    assert "1 kemitraan" in change.refusal


def test_an_office_is_closed_where_all_is_finished_and_all_have_left():
    office = UnitFactory()
    office.working_area.add(office.regency)
    PartnershipFactory(office=office, status="ended")
    last_day = office.today
    AssignmentFactory(office=office, starts_on=last_day, ends_on=last_day)
    request_at(office, UserFactory())

    effects = reorganisation.rehearse(
        change_of(office, "close", on=last_day + timedelta(days=1))
    )

    assert effects == [
        f"{office} ditutup; hari terakhirnya {dates.date_long(last_day)}.",
        "1 permintaan penugasan di kantor ini ditolak.",
        "Tidak ada Bapas lain yang melayani: Kota Kupang.",
        f"Data yang sudah selesai tetap atas nama {office}.",
    ]


def request_at(office, user, role=Role.AMBASSADOR):
    return AssignmentRequest.objects.create(
        user=user, office=office, role=role, purpose="Perlu"
    )


def state_of(request):
    request.refresh_from_db()
    return request.office, request.status, request.reason


def test_who_waits_for_an_assignment_waits_at_the_successor():
    office, successor = UnitFactory.create_batch(2)
    request = request_at(office, UserFactory())

    change = decide(office, "merge", other=successor, on=office.today)

    assert state_of(request) == (successor, Status.REQUESTED, "")
    assert f"1 permintaan penugasan pindah ke {successor}." in change.effects


def test_who_waits_at_both_offices_waits_once():
    office, successor = UnitFactory.create_batch(2)
    user = UserFactory()
    here, there = request_at(office, user), request_at(successor, user)

    decide(office, "merge", other=successor, on=office.today)

    words = f"{office} digabung ke {successor}."
    assert state_of(here) == (office, Status.DECLINED, words)
    assert state_of(there) == (successor, Status.REQUESTED, "")


def test_nobody_waits_to_become_head_of_an_office_that_is_gone():
    office, successor = UnitFactory.create_batch(2)
    request = request_at(office, UserFactory(), Role.UNIT_HEAD)

    decide(office, "merge", other=successor, on=office.today)

    assert state_of(request)[1] == Status.DECLINED


def test_a_decided_request_stays_with_the_office_it_was_made_for():
    office, successor = UnitFactory.create_batch(2)
    request = request_at(office, UserFactory())
    AssignmentRequest.objects.update(status=Status.WITHDRAWN)

    decide(office, "merge", other=successor, on=office.today)

    assert state_of(request) == (office, Status.WITHDRAWN, "")


def test_nobody_waits_for_an_assignment_at_a_closed_office():
    office = UnitFactory()
    request = request_at(office, UserFactory())

    decide(office, "close", on=office.today)

    assert state_of(request) == (office, Status.DECLINED, f"{office} ditutup.")
