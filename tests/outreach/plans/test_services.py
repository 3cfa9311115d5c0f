from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from outreach.models import Activity, ActivityType, ClosedMonth
from outreach.plans import services as plans
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.notices.models import Notice
from pokmas.offices.models import Office
from pokmas.records.guarded import StaleRecord
from tests.factories import (
    ActivityFactory,
    ActivityTypeFactory,
    AgreementFactory,
    CommunityGroupFactory,
    PartnerFactory,
    PostFactory,
    RegencyFactory,
    RegionFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db
Status = Activity.Status


def draft(office, **fields):
    starts_at = fields.pop("starts_at", timezone.now() + timedelta(days=7))
    return Activity(
        office=office,
        type=fields.pop("type", None) or ActivityTypeFactory(),
        title="Penyuluhan hukum",
        starts_at=starts_at,
        ends_at=fields.pop("ends_at", starts_at + timedelta(hours=2)),
        place="Balai Desa Tarus",
        regency=RegencyFactory(),
        **fields,
    )


def partner_of(office, **fields):
    return PartnerFactory(office=office, status="active", **fields)


def test_plan_puts_an_activity_on_record():
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    partner = partner_of(office)

    activity = plans.plan(draft(office), partners=[partner], by=operator)

    activity.refresh_from_db()
    assert activity.status == Status.PLANNED
    assert activity.created_by == operator
    assert activity.region_id == office.region_id
    assert list(activity.partners.all()) == [partner]
    entry = Entry.objects.about(activity).get()
    assert (entry.actor, entry.action) == (operator, "activity.planned")


def test_the_days_to_report_begin_when_it_is_over():
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    far = timezone.now() + timedelta(days=60)

    ahead = plans.plan(
        draft(office, starts_at=far), partners=[partner_of(office)], by=operator
    )
    over = plans.plan(
        draft(office, starts_at=timezone.now() - timedelta(days=60)),
        partners=[partner_of(office)],
        by=operator,
    )
    waiting = list(Activity.objects.awaiting(operator))

    assert ahead.due_on == timezone.localdate(ahead.ends_at + timedelta(days=7))
    assert over.due_on == timezone.localdate() + timedelta(days=7)
    assert waiting == [over]


def test_plan_tells_the_partner_and_not_the_planner():
    operator = person(Role.UNIT_OPERATOR)
    partner = partner_of(operator.acting.office)
    user = RepresentativeFactory(partner=partner).user

    plans.plan(draft(operator.acting.office), partners=[partner], by=operator)

    notice = Notice.objects.get()
    assert (notice.user, notice.kind) == (user, "activity.planned")
    assert notice.title == "Kegiatan direncanakan: Penyuluhan hukum"


def test_plan_tells_nobody_of_what_is_over():
    operator = person(Role.UNIT_OPERATOR)
    partner = RepresentativeFactory(partner=partner_of(operator.acting.office)).partner
    yesterday = timezone.now() - timedelta(days=1)

    plans.plan(
        draft(operator.acting.office, starts_at=yesterday),
        partners=[partner],
        by=operator,
    )

    assert Notice.objects.count() == 0


def test_the_same_form_sent_twice_plans_one_activity():
    operator = person(Role.UNIT_OPERATOR)
    partner = partner_of(operator.acting.office)
    first, second = draft(operator.acting.office), draft(operator.acting.office)
    second.submission_key = first.submission_key

    made = plans.plan(first, partners=[partner], by=operator)
    again = plans.plan(second, partners=[partner], by=operator)

    assert again == made
    assert Activity.objects.count() == 1
    assert Entry.objects.about(made).count() == 1


@pytest.mark.parametrize(
    ("zone", "utc_hour", "day"),
    [
        ("Asia/Jakarta", datetime(2026, 9, 30, 16, 59, tzinfo=UTC), 30),
        ("Asia/Jakarta", datetime(2026, 9, 30, 17, 0, tzinfo=UTC), 1),
        ("Asia/Makassar", datetime(2026, 9, 30, 15, 59, tzinfo=UTC), 30),
        ("Asia/Makassar", datetime(2026, 9, 30, 16, 0, tzinfo=UTC), 1),
        ("Asia/Jayapura", datetime(2026, 9, 30, 14, 59, tzinfo=UTC), 30),
        ("Asia/Jayapura", datetime(2026, 9, 30, 15, 0, tzinfo=UTC), 1),
    ],
)
def test_the_day_counts_in_the_zone_of_the_unit(zone, utc_hour, day):
    operator = person(Role.UNIT_OPERATOR, UnitFactory(zone=zone))
    office = operator.acting.office

    activity = plans.plan(
        draft(office, starts_at=utc_hour), partners=[partner_of(office)], by=operator
    )

    assert activity.held_on.day == day


def test_a_leap_day_is_a_day():
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    starts_at = datetime(2024, 2, 29, 3, tzinfo=UTC)

    activity = plans.plan(
        draft(office, starts_at=starts_at), partners=[partner_of(office)], by=operator
    )

    assert activity.held_on == date(2024, 2, 29)


def refused(activity, partners, by):
    with pytest.raises(ValidationError) as refusal:
        plans.plan(activity, partners=partners, by=by)
    assert Activity.objects.count() == 0
    return refusal.value.message_dict


def test_plan_refuses_an_activity_without_company():
    operator = person(Role.UNIT_OPERATOR)

    assert "partners" in refused(draft(operator.acting.office), [], operator)


def test_an_internal_meeting_needs_no_partner():
    operator = person(Role.UNIT_OPERATOR)
    meeting = ActivityTypeFactory(code="fgd_coordination", is_internal=True)

    activity = plans.plan(
        draft(operator.acting.office, type=meeting), partners=[], by=operator
    )

    assert activity.partners.count() == 0


def test_a_group_alone_is_company_enough():
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    group = CommunityGroupFactory(office=office, status="active")

    activity = plans.plan(draft(office, group=group), partners=[], by=operator)

    assert activity.group == group


@pytest.mark.parametrize("status", ["draft", "verifying", "suspended", "ended"])
def test_plan_refuses_a_partner_that_is_not_at_work(status):
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    partner = PartnerFactory(office=office, status=status)

    assert "partners" in refused(draft(office), [partner], operator)


def test_plan_refuses_a_partner_of_another_unit():
    operator = person(Role.UNIT_OPERATOR)
    stranger = partner_of(UnitFactory())

    assert "partners" in refused(draft(operator.acting.office), [stranger], operator)


def test_a_unit_plans_with_the_partner_of_its_post():
    operator = person(Role.UNIT_OPERATOR)
    post = PostFactory(parent=operator.acting.office)

    activity = plans.plan(
        draft(operator.acting.office), partners=[partner_of(post)], by=operator
    )

    assert activity.partners.count() == 1


@pytest.mark.parametrize("status", ["proposed", "assessed", "dormant"])
def test_plan_refuses_a_group_that_is_not_at_work(status):
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    group = CommunityGroupFactory(office=office, status=status)

    assert "group" in refused(draft(office, group=group), [], operator)


def test_plan_takes_an_agreement_in_force_that_day():
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    agreement = AgreementFactory(office=office, status="signed")
    starts_at = datetime(2026, 9, 14, 2, tzinfo=UTC)

    activity = plans.plan(
        draft(office, starts_at=starts_at, agreement=agreement),
        partners=[agreement.partner],
        by=operator,
    )

    assert activity.agreement == agreement


@pytest.mark.parametrize("day", [date(2026, 1, 9), date(2027, 1, 10)])
def test_plan_refuses_an_agreement_not_in_force_that_day(day):
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    agreement = AgreementFactory(office=office, status="signed")
    starts_at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    activity = draft(office, starts_at=starts_at, agreement=agreement)

    errors = refused(activity, [agreement.partner], operator)

    assert "tidak berlaku" in errors["agreement"][0]


def test_plan_refuses_an_agreement_with_somebody_else():
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    agreement = AgreementFactory(office=office, status="signed")
    starts_at = datetime(2026, 9, 14, 2, tzinfo=UTC)
    activity = draft(office, starts_at=starts_at, agreement=agreement)

    errors = refused(activity, [partner_of(office)], operator)

    assert "bukan dengan mitra" in errors["agreement"][0]


def test_plan_says_everything_that_is_wrong_at_once():
    operator = person(Role.UNIT_OPERATOR)
    starts_at = timezone.now() + timedelta(days=800)
    archived = ActivityType.objects.create(code="old", name="Lama", is_active=False)
    activity = draft(
        operator.acting.office,
        starts_at=starts_at,
        ends_at=starts_at - timedelta(hours=1),
        type=archived,
    )

    errors = refused(activity, [], operator)

    assert set(errors) == {"starts_at", "ends_at", "type", "partners"}


def test_plan_refuses_more_than_a_year():
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    starts_at = timezone.now()
    activity = draft(
        office, starts_at=starts_at, ends_at=starts_at + timedelta(days=367)
    )

    assert "ends_at" in refused(activity, [partner_of(office)], operator)


def test_plan_refuses_another_branch():
    operator = person(Role.UNIT_OPERATOR)
    elsewhere = UnitFactory()

    errors = refused(draft(elsewhere), [partner_of(elsewhere)], operator)

    assert "office" in errors


def test_plan_refuses_a_regional_office():
    ambassador = person(Role.AMBASSADOR, RegionFactory())

    errors = refused(draft(ambassador.acting.office), [], ambassador)

    assert "office" in errors


def test_an_ambassador_of_a_region_plans_for_a_unit():
    region = RegionFactory()
    ambassador = person(Role.AMBASSADOR, region)
    unit = UnitFactory(parent=region)

    activity = plans.plan(draft(unit), partners=[partner_of(unit)], by=ambassador)

    assert activity.office == unit


def test_a_partner_takes_part_in_what_he_plans():
    office = UnitFactory()
    user = person(Role.PARTNER, office)
    own = RepresentativeFactory(partner=partner_of(office), user=user).partner

    assert "partners" in refused(draft(office), [partner_of(office)], user)
    assert plans.plan(draft(office), partners=[own], by=user).created_by == user


# Changing


def test_change_saves_the_plan_and_the_day():
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    activity = ActivityFactory(office=office, partners=[partner_of(office)])
    activity.starts_at = datetime(2026, 9, 20, 3, tzinfo=UTC)
    activity.ends_at = activity.starts_at + timedelta(hours=1)
    other = partner_of(office)

    plans.change(activity, revision=0, partners=[other], by=operator)

    activity.refresh_from_db()
    assert (activity.held_on, activity.revision) == (date(2026, 9, 20), 1)
    assert list(activity.partners.all()) == [other]
    entry = Entry.objects.about(activity).get()
    assert (entry.actor, entry.action) == (operator, "activity.changed")


def test_change_refuses_a_stale_form():
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    activity = ActivityFactory(office=office, partners=[partner_of(office)])
    plans.change(activity, revision=0, by=operator)

    with pytest.raises(StaleRecord):
        plans.change(activity, revision=0, by=operator)


@pytest.mark.parametrize(
    "status", [s for s in Status if s not in Activity.STEPS["change"].at]
)
def test_change_refuses_what_was_handed_in(status):
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    activity = ActivityFactory(
        office=office, partners=[partner_of(office)], status=status
    )

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        plans.change(activity, revision=0, by=operator)


def test_change_keeps_a_partner_that_has_ended_since():
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    ended = PartnerFactory(office=office, status="ended")
    activity = ActivityFactory(office=office, partners=[ended])
    activity.place = "Aula Bapas"

    plans.change(activity, revision=0, partners=[ended], by=operator)

    activity.refresh_from_db()
    assert activity.place == "Aula Bapas"


def test_a_partner_changes_the_plan_but_not_who_takes_part():
    office = UnitFactory()
    user = person(Role.PARTNER, office)
    own = RepresentativeFactory(partner=partner_of(office), user=user).partner
    others = [own, partner_of(office)]
    activity = ActivityFactory(office=office, partners=others, created_by=user)
    activity.place = "Aula Bapas"

    plans.change(activity, revision=0, by=user)

    assert set(activity.partners.all()) == set(others)


# Cancelling


def test_cancel_keeps_the_reason_and_tells_the_partner():
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    partner = RepresentativeFactory(partner=partner_of(office)).partner
    activity = ActivityFactory(office=office, partners=[partner])

    plans.cancel(activity, reason=" Jalan putus ", by=operator)

    activity.refresh_from_db()
    assert (activity.status, activity.reason) == (Status.CANCELLED, "Jalan putus")
    assert Notice.objects.get().body == "Jalan putus"


def test_a_partner_changes_only_what_its_own_people_planned(sign_in):
    office = UnitFactory()
    partner = partner_of(office)
    representative, colleague = [
        RepresentativeFactory(partner=partner).user for _place in range(2)
    ]
    far = timezone.now() + timedelta(days=9)
    of_unit = ActivityFactory(office=office, partners=[partner], starts_at=far)
    own = ActivityFactory(
        office=office, partners=[partner], starts_at=far, created_by=colleague
    )

    for activity, is_theirs in ((of_unit, False), (own, True)):
        page = sign_in(representative).get(activity.get_absolute_url()).text
        assert (f"/activities/{activity.pk}/cancel/" in page) is is_theirs
        assert (f"/activities/{activity.pk}/change/" in page) is is_theirs
    with pytest.raises(ValidationError, match="dicatat unit atau mitra lain"):
        plans.cancel(of_unit, reason="Hujan", by=representative)
    plans.cancel(own, reason="Hujan", by=representative)


def test_cancel_refuses_without_a_reason():
    activity = ActivityFactory()

    with pytest.raises(ValidationError, match="Alasan wajib"):
        plans.cancel(activity, reason="  ", by=person(Role.UNIT_OPERATOR))


def test_what_was_reported_by_mistake_is_cancelled_once_it_was_sent_back():
    activity = ActivityFactory(status=Status.RETURNED)

    plans.cancel(
        activity,
        reason="Tidak pernah berlangsung",
        by=person(Role.UNIT_OPERATOR, activity.office),
    )

    activity.refresh_from_db()
    assert activity.status == Status.CANCELLED


@pytest.mark.parametrize(
    "status", [s for s in Status if s not in (Status.PLANNED, Status.RETURNED)]
)
def test_cancel_refuses_what_was_held(status):
    activity = ActivityFactory(status=status)

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        plans.cancel(activity, reason="Hujan", by=person(Role.UNIT_OPERATOR))


# Bringing back


def cancelled(office, **fields):
    fields.setdefault("partners", [partner_of(office)])
    return ActivityFactory(office=office, status=Status.CANCELLED, **fields)


def test_what_was_cancelled_is_planned_again_and_told():
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    partner = RepresentativeFactory(partner=partner_of(office)).partner
    far = timezone.now() + timedelta(days=30)
    activity = cancelled(office, starts_at=far, partners=[partner])

    said = plans.bring_back(activity, by=operator)

    activity.refresh_from_db()
    assert (activity.status, activity.reason) == (Status.PLANNED, "")
    assert activity.status_since == activity.ends_at
    assert said == "Kegiatan kembali direncanakan."
    entry = Entry.objects.about(activity).get()
    assert (entry.actor, entry.action) == (operator, "activity.brought_back")
    assert Notice.objects.get().kind == "activity.brought_back"


def test_what_comes_back_after_its_day_is_to_be_reported():
    operator = person(Role.UNIT_OPERATOR)
    yesterday = timezone.now() - timedelta(days=1)
    activity = cancelled(operator.acting.office, starts_at=yesterday)

    said = plans.bring_back(activity, by=operator)

    assert "Laporkan hasilnya" in said
    assert list(Activity.objects.awaiting(operator)) == [activity]


def not_brought_back(activity, by):
    with pytest.raises(ValidationError) as refusal:
        plans.bring_back(activity, by=by)
    activity.refresh_from_db()
    assert activity.status == Status.CANCELLED
    return " ".join(refusal.value.messages)


def test_a_closed_month_takes_nothing_back():
    operator = person(Role.UNIT_OPERATOR)
    activity = cancelled(operator.acting.office)
    ClosedMonth.objects.create(office=activity.office, month=date(2026, 9, 1))

    assert "sudah diterima" in not_brought_back(activity, operator)


def test_nothing_comes_back_with_a_partner_that_rests_or_at_a_closed_office():
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    resting = PartnerFactory(office=office, status="suspended")

    words = not_brought_back(cancelled(office, partners=[resting]), operator)

    assert "Belum aktif di unit ini" in words
    assert "Rencanakan kegiatan baru" in words
    activity = cancelled(office)
    Office.objects.filter(pk=office.pk).update(is_active=False)
    assert "tidak bekerja lagi" in not_brought_back(activity, operator)


def test_what_was_cancelled_keeps_no_office_from_closing():
    activity = cancelled(UnitFactory())
    ahead = ActivityFactory(office=activity.office)

    assert list(Activity.objects.unfinished()) == [ahead]
