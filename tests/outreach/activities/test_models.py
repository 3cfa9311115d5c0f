from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import connection

from outreach.models import Activity, ActivityType, Evidence, Participation
from outreach.restorative import first as restorative
from outreach.types import first
from partners.models import Volunteer
from pokmas.accounts.roles import Role
from tests.factories import (
    ActivityFactory,
    CommunityGroupFactory,
    EvidenceFactory,
    ParticipantFactory,
    PartnerFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
    volunteer_of,
)

pytestmark = pytest.mark.django_db
Status = Activity.Status


def test_the_seventeen_types_come_with_the_portal():
    """Loaded once more: an earlier run with real transactions may have emptied it."""
    first.fill(apps)
    restorative.fill(apps)
    internal = ActivityType.objects.filter(is_internal=True)

    assert ActivityType.objects.count() == 17
    assert set(internal.values_list("code", flat=True)) == {
        "fgd_coordination",
        "agreement_signing",
    }


def test_officers_see_their_branch():
    unit = UnitFactory()
    mine = ActivityFactory(office=unit)
    ActivityFactory()

    for role, office in (
        (Role.UNIT_OPERATOR, unit),
        (Role.UNIT_HEAD, unit),
        (Role.REGIONAL_ADMIN, unit.region),
    ):
        assert list(Activity.objects.visible_to(person(role, office))) == [mine]
    assert Activity.objects.visible_to(person(Role.HEADQUARTERS)).count() == 2


def test_a_partner_sees_what_he_takes_part_in():
    unit = UnitFactory()
    user = person(Role.PARTNER, unit)
    own = RepresentativeFactory(
        partner=PartnerFactory(office=unit, status="active"), user=user
    ).partner
    mine = ActivityFactory(office=unit, partners=[own])
    ActivityFactory(office=unit)

    assert list(Activity.objects.visible_to(user)) == [mine]


def test_a_volunteer_sees_what_his_unit_announced_and_verified():
    unit = UnitFactory()
    for status in Status:
        ActivityFactory(office=unit, status=status)
    ActivityFactory()

    seen = Activity.objects.visible_to(volunteer_of(unit))

    assert {row.status for row in seen} == {
        Status.PLANNED,
        Status.VERIFIED,
        Status.LOCKED,
    }


def test_nobody_sees_nothing():
    user = person(Role.UNIT_OPERATOR)
    user.acting = None
    EvidenceFactory()

    assert Activity.objects.visible_to(user).count() == 0
    assert Evidence.objects.visible_to(user).count() == 0


def test_a_volunteer_goes_on_seeing_where_he_is_on_the_list():
    user = volunteer_of(UnitFactory())
    volunteer = Volunteer.objects.get(user=user)
    reported, another = [
        ActivityFactory(office=volunteer.office, status="reported") for _place in "ab"
    ]
    ParticipantFactory(activity=reported, volunteer=volunteer)

    seen = Activity.objects.visible_to(user)

    assert reported in seen
    assert another not in seen


def test_a_volunteer_sees_public_photos_only():
    unit = UnitFactory()
    activity = ActivityFactory(office=unit, status=Status.VERIFIED)
    EvidenceFactory(activity=activity)
    public = EvidenceFactory(
        activity=activity, visibility="public", reviewed_by=person(Role.UNIT_HEAD, unit)
    )

    seen = Evidence.objects.visible_to(volunteer_of(unit))

    assert list(seen) == [public]


def test_served_is_the_sum_of_the_rows():
    held = {"status": Activity.Status.REPORTED}
    ActivityFactory(**held, counts={("child", "male"): 3, ("child", "female"): 4})
    ActivityFactory(**held, counts={("public", "male"): 5})
    ActivityFactory(**held)

    rows = Activity.objects.for_list()

    assert sorted(row.served for row in rows) == [0, 5, 7]
    assert rows.served() == 12


def test_in_month_takes_the_first_and_the_last_day():
    days = [(8, 31), (9, 1), (9, 30), (10, 1)]
    for month, day in days:
        ActivityFactory(starts_at=datetime(2026, month, day, 3, tzinfo=UTC))

    found = Activity.objects.in_month(date(2026, 9, 17)).values_list("held_on")

    assert {held_on.day for (held_on,) in found} == {1, 30}


def test_in_month_knows_december():
    ActivityFactory(starts_at=datetime(2026, 12, 31, 3, tzinfo=UTC))

    assert Activity.objects.in_month(date(2026, 12, 1)).count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "pelatihan barista",
        "BARISTA",
        "barista pelatihan",
        "pelatihan barsita",
        "tarus",
        "pe",
        " Pelatihan\0 ",
    ],
)
def test_search_finds_by_words_place_prefix_and_with_typing_errors(text):
    wanted = ActivityFactory(title="Pelatihan barista", place="Balai Desa Tarus")
    ActivityFactory(title="Senam pagi", place="Lapangan Oebobo")

    assert list(Activity.objects.search(text)) == [wanted]


def test_the_search_uses_its_index():
    rows = Activity.objects.matching([["BARISTA"]])

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = rows.order_by().explain()

    assert "activity_words" in plan


def test_when_names_day_hours_and_zone():
    activity = ActivityFactory(
        office=UnitFactory(zone="Asia/Makassar"),
        starts_at=datetime(2026, 9, 14, 1, 30, tzinfo=UTC),
        ends_at=datetime(2026, 9, 14, 4, tzinfo=UTC),
    )

    assert activity.when == "Senin, 14 September 2026, 09.30–12.00 WITA"


def test_when_names_both_days():
    activity = ActivityFactory(
        starts_at=datetime(2026, 9, 14, 1, tzinfo=UTC),
        ends_at=datetime(2026, 9, 16, 9, tzinfo=UTC),
    )

    assert (
        activity.when == "14 September 2026, 08.00 WIB – 16 September 2026, 16.00 WIB"
    )


def test_company_names_two_and_counts_the_rest():
    unit = UnitFactory()
    partners = [PartnerFactory(office=unit, name=f"Mitra {letter}") for letter in "ABC"]
    group = CommunityGroupFactory(office=unit, name="Pokmas Tunas")

    activity = ActivityFactory(office=unit, group=group, partners=partners)

    assert activity.company == "Pokmas Tunas, Mitra A, dan 2 lainnya"


def test_the_history_keeps_who_took_part():
    partner = PartnerFactory()
    activity = ActivityFactory(partners=[partner])
    activity.partners.clear()

    events = Participation.pgh_event_models["insert"].objects.order_by("pgh_id")

    assert [event.pgh_label for event in events] == ["insert", "delete"]
