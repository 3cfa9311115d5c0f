from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from pokmas.accounts.models import AssignmentRequest
from pokmas.accounts.roles import Role
from pokmas.notices.models import Notice
from pokmas.notices.offices import tell_of_closed_requests, tell_of_office_changes
from pokmas.offices import reorganisation
from pokmas.offices.models import OfficeChange
from tests.factories import (
    PartnershipFactory,
    RegionFactory,
    RepresentativeFactory,
    UnitFactory,
    UserFactory,
    VolunteerFactory,
    person,
)
from tests.pokmas.offices.changes import decide

pytestmark = pytest.mark.django_db

LONG_AGO = date(2026, 1, 1)


def tomorrow(office):
    return office.today + timedelta(days=1)


def titles_of(user):
    return [notice.title for notice in user.notices.order_by("pk")]


def test_a_planned_merger_is_told_to_both_offices_and_their_kanwil_once():
    office, successor = UnitFactory(name="Bapas Lama"), UnitFactory()
    concerned = [
        person(Role.UNIT_HEAD, office),
        person(Role.UNIT_OPERATOR, successor),
        person(Role.REGIONAL_ADMIN, office.region),
        person(Role.REGIONAL_HEAD, successor.region),
    ]
    others = [person(Role.UNIT_HEAD, UnitFactory()), person(Role.PARTNER, office)]
    decide(office, "merge", other=successor, on=tomorrow(office))

    for _ in range(2):
        tell_of_office_changes()

    title = "Perubahan kantor direncanakan: Digabung ke kantor lain: Bapas Lama"
    assert [titles_of(user) for user in concerned] == [[title]] * 4
    assert [titles_of(user) for user in others] == [[], []]


def test_a_notice_says_from_which_day_and_by_which_decree():
    with time_machine.travel("2026-11-21 05:00Z"):
        office = UnitFactory(name="Bapas Lama")
        head = person(Role.UNIT_HEAD, office)
        decide(office, "rename", name="Bapas Baru", on=date(2027, 1, 4))

        tell_of_office_changes()

    notice = head.notices.get()
    assert notice.body == (
        "Bapas Lama → Bapas Baru\n"
        "Berlaku sejak 4 Januari 2027, menurut keputusan PAS-1/2026."
    )
    assert notice.url == office.get_absolute_url()


def test_a_merger_is_told_to_the_head_whose_office_is_gone():
    office, successor = UnitFactory(), UnitFactory()
    head = person(Role.UNIT_HEAD, office, starts_on=LONG_AGO)
    decide(office, "merge", other=successor, on=office.today)

    tell_of_office_changes()

    assert titles_of(head) == [
        f"Perubahan kantor berlaku: Digabung ke kantor lain: {office}"
    ]


def test_a_unit_that_moves_is_told_of_in_the_old_and_the_new_kanwil():
    office, region = UnitFactory(), RegionFactory()
    heads = [person(Role.REGIONAL_HEAD, each) for each in (office.region, region)]
    for head in heads:
        head.assignments.update(starts_on=LONG_AGO)
    decide(office, "move", other=region, on=office.today)

    tell_of_office_changes()

    assert [len(titles_of(head)) for head in heads] == [1, 1]


def test_a_held_change_is_told_with_the_reason_to_headquarters_too():
    office = UnitFactory(name="Bapas Lama")
    head, boss = person(Role.UNIT_HEAD, office), person(Role.HEADQUARTERS)
    change = decide(office, "rename", name="Bapas Baru", on=tomorrow(office))
    UnitFactory(name="Bapas Baru")
    reorganisation.apply_due(timezone.now() + timedelta(days=3))

    tell_of_office_changes()

    change.refresh_from_db()
    assert change.state == OfficeChange.State.BLOCKED
    told = Notice.objects.filter(kind="office.blocked")
    assert {notice.user for notice in told} == {head, boss}
    assert {notice.body for notice in told} == {
        "Sudah ada kantor dengan nama ini.\nPortal mencobanya lagi setiap jam."
    }


def test_a_change_held_for_another_reason_is_told_again():
    office = UnitFactory()
    head = person(Role.UNIT_HEAD, office)
    decide(office, "rename", name="Bapas Baru", on=tomorrow(office))
    for reason in ("Nama dipakai.", "Nama dipakai.", "Kantor ditutup."):
        OfficeChange.objects.update(refusal=reason)
        tell_of_office_changes()

    assert len(titles_of(head)) == 2


def test_a_cancelled_change_is_told():
    office = UnitFactory()
    head = person(Role.UNIT_HEAD, office)
    change = decide(office, "rename", name="Bapas Baru", on=tomorrow(office))
    reorganisation.cancel(change, by=None, reason="Keputusan dicabut.")

    tell_of_office_changes()

    assert titles_of(head) == [f"Perubahan kantor dibatalkan: {change}"]


def test_a_change_is_told_however_long_nobody_told_anything_and_once():
    with time_machine.travel("2026-11-10 02:00Z", tick=False) as clock:
        office = UnitFactory()
        head = person(Role.UNIT_HEAD, office, starts_on=LONG_AGO)
        change = decide(office, "rename", name="Bapas Baru", on=date(2026, 11, 10))
        clock.move_to("2026-11-21 02:00Z")

        for _ in range(2):
            tell_of_office_changes()

    assert titles_of(head) == [f"Perubahan kantor berlaku: {change}"]


def test_who_asked_for_an_assignment_at_a_closed_office_is_told_why():
    office, user = UnitFactory(name="Bapas Lama"), UserFactory()
    request = AssignmentRequest.objects.create(
        user=user, office=office, role=Role.AMBASSADOR, purpose="Perlu"
    )
    decide(office, "close", on=office.today)

    with time_machine.travel(timezone.now() + timedelta(days=12), tick=False):
        for _ in range(2):
            tell_of_closed_requests()

    notice = user.notices.get()
    assert (notice.body, notice.url) == (
        "Bapas Lama ditutup.",
        request.get_absolute_url(),
    )


def test_whose_application_goes_on_at_the_successor_hears_where_once():
    office, successor = UnitFactory(name="Bapas Lama"), UnitFactory(name="Bapas Baru")
    applicant, bystander = person(Role.PARTNER, office), person(Role.PARTNER, office)
    for name in ("Yayasan Satu", "Yayasan Dua"):
        waiting = PartnershipFactory(
            office=office, status="submitted", is_self_registered=True, name=name
        )
        RepresentativeFactory(partner=waiting, user=applicant)
    volunteer = VolunteerFactory(office=office, status="submitted", user=bystander)
    over = PartnershipFactory(office=office, status="declined", name="Yayasan Tiga")
    RepresentativeFactory(partner=over, user=applicant)
    decide(office, "merge", other=successor, on=office.today)

    for _ in range(2):
        tell_of_office_changes()

    notice = applicant.notices.get()
    assert notice.title == "Yang Anda ajukan kini diurus Bapas Baru"
    assert notice.body == (
        "Bapas Lama digabung ke Bapas Baru. Yang berlanjut di sana: Yayasan Dua, "
        "Yayasan Satu. Anda tidak perlu mengajukan lagi."
    )
    assert str(volunteer) in bystander.notices.get().body
