from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from outreach.models import Activity, ClosedMonth, PlannedActivity, Series
from outreach.plans import services as plans
from outreach.series import services
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.notices.models import Notice
from pokmas.records.guarded import StaleRecord
from tests.factories import (
    ActivityFactory,
    ActivityTypeFactory,
    AgreementFactory,
    PartnerFactory,
    PlanItemFactory,
    RegencyFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
    series_of,
)

pytestmark = pytest.mark.django_db
Status = Activity.Status
TIMES = {"starts_at", "ends_at"}


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR)


@pytest.fixture
def partner(operator):
    return PartnerFactory(office=operator.acting.office, status="active")


def draft(office, **fields):
    # By day in each zone: an hour later is the same day, whenever this runs.
    by_day = timezone.now().replace(hour=3, minute=0) + timedelta(days=7)
    starts_at = fields.pop("starts_at", by_day)
    return Activity(
        office=office,
        type=ActivityTypeFactory(),
        title="Bimbingan mingguan",
        starts_at=starts_at,
        ends_at=fields.pop("ends_at", starts_at + timedelta(hours=2)),
        place="Aula Bapas",
        regency=RegencyFactory(),
        **fields,
    )


def weeks(activity, number):
    first = timezone.localdate(activity.starts_at, activity.zone)
    return [first + timedelta(weeks=step) for step in range(number)]


def planned(operator, partner, number=4, **more):
    activity = draft(operator.acting.office)
    series = services.plan(
        activity,
        rhythm="weekly",
        days=weeks(activity, number),
        partners=[partner],
        by=operator,
        **more,
    )
    return series, list(
        Activity.objects.filter(session__series=series).order_by("session__number")
    )


def edited(row, **fields):
    row = Activity.objects.get(pk=row.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def changed(row, reach, by, **more):
    """Change an edited session, as it was seen just now."""
    seen = row.session.series.revision
    return services.change(
        row, reach=reach, revision=row.revision, seen=seen, by=by, **more
    )


# Planning


def test_a_year_is_planned_at_once(operator, partner, django_assert_max_num_queries):
    user = RepresentativeFactory(partner=partner).user
    activity = draft(operator.acting.office)
    days = weeks(activity, 53)

    with django_assert_max_num_queries(40):
        series = services.plan(
            activity, rhythm="weekly", days=days, partners=[partner], by=operator
        )

    rows = Activity.objects.filter(session__series=series).order_by("held_on")
    assert [row.held_on for row in rows] == days
    assert {row.created_by for row in rows} == {operator}
    assert {row.status_since == row.ends_at for row in rows} == {True}
    assert Activity.objects.filter(partners=partner).count() == 53
    assert [*rows.values_list("session__number", flat=True)] == [*range(1, 54)]
    assert Entry.objects.about(series).get().details["sessions"] == 53
    assert Entry.objects.filter(action="activity.planned", actor=operator).count() == 53
    assert Notice.objects.get().user == user
    assert rows[0].events.count() == 1


def test_the_same_form_sent_twice_plans_one_series(operator, partner):
    first, second = (draft(operator.acting.office) for _ in range(2))
    second.submission_key = first.submission_key

    made = [
        services.plan(
            each,
            rhythm="weekly",
            days=weeks(each, 3),
            partners=[partner],
            by=operator,
        )
        for each in (first, second)
    ]

    assert made[0] == made[1]
    assert Activity.objects.count() == 3


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_sessions_keep_their_hours_in_the_zone_of_the_unit(zone):
    operator = person(Role.UNIT_OPERATOR, UnitFactory(zone=zone))
    partner = PartnerFactory(office=operator.acting.office, status="active")
    # Late in the evening there, so that the day differs from that in Greenwich.
    activity = draft(operator.acting.office)
    local = timezone.localtime(activity.starts_at, activity.zone)
    activity.starts_at = local.replace(hour=23, minute=30)
    activity.ends_at = activity.starts_at + timedelta(hours=1)

    series = services.plan(
        activity,
        rhythm="weekly",
        days=weeks(activity, 2),
        partners=[partner],
        by=operator,
    )

    rows = [session.activity for session in series.sessions.order_by("number")]
    for row, day in zip(rows, weeks(activity, 2), strict=True):
        start = timezone.localtime(row.starts_at, row.zone)
        assert (start.date(), start.hour, row.held_on) == (day, 23, day)
        assert row.ends_at - row.starts_at == timedelta(hours=1)


def refused(activity, days, partners, by, **more):
    with pytest.raises(ValidationError) as refusal:
        services.plan(
            activity, rhythm="weekly", days=days, partners=partners, by=by, **more
        )
    assert (Series.objects.count(), Activity.objects.count()) == (0, 0)
    return refusal.value


def test_closed_months_and_strangers_are_refused_in_words(operator, partner):
    office = operator.acting.office
    august = datetime(2026, 8, 25, 2, tzinfo=UTC)
    ClosedMonth.objects.create(office=office, month=date(2026, 8, 1))
    activity = draft(office, starts_at=august)
    resting = PartnerFactory(office=office, status="suspended")
    ahead = draft(office)

    closed = refused(activity, weeks(activity, 3), [partner], operator)
    strange = refused(ahead, weeks(ahead, 3), [resting], operator)
    single = refused(ahead, weeks(ahead, 1), [partner], operator)

    assert "25 Agustus 2026" in closed.message_dict["starts_at"][0]
    assert "Belum aktif" in strange.message_dict["partners"][0]
    assert "dua tanggal" in single.messages[0]


@pytest.fixture
def agreement(operator, partner):
    """In force for two weeks from now on."""
    today = timezone.localdate()
    return AgreementFactory(
        office=operator.acting.office,
        partner=partner,
        status="signed",
        signed_on=today - timedelta(days=9),
        starts_on=today - timedelta(days=9),
        ends_on=today + timedelta(days=15),
    )


def test_it_is_asked_what_becomes_of_sessions_after_the_agreement(
    operator, partner, agreement
):
    activity = draft(operator.acting.office, agreement=agreement)

    refusal = refused(activity, weeks(activity, 4), [partner], operator)

    assert "tidak berlaku" in refusal.message_dict["outside"][0]


@pytest.mark.parametrize(
    ("outside", "under"), [("without", [1, 1, 0, 0]), ("left", [1, 1])]
)
def test_they_stand_without_it_or_are_not_made(
    operator, partner, agreement, outside, under
):
    item = PlanItemFactory(agreement=agreement)
    activity = draft(operator.acting.office, agreement=agreement)

    services.plan(
        activity,
        rhythm="weekly",
        days=weeks(activity, 4),
        partners=[partner],
        outside=outside,
        item=item,
        by=operator,
    )

    rows = Activity.objects.order_by("held_on")
    assert [int(row.agreement_id is not None) for row in rows] == under
    assert PlannedActivity.objects.count() == 2


# Changing


def test_a_change_reaches_this_one_alone(operator, partner):
    _series, rows = planned(operator, partner)

    count = changed(
        edited(rows[1], place="Balai Desa"), "this", operator, changed={"place"}
    )

    places = Activity.objects.order_by("held_on").values_list("place", flat=True)
    assert count == 1
    assert [*places] == ["Aula Bapas", "Balai Desa", "Aula Bapas", "Aula Bapas"]


def test_a_change_reaches_what_follows_and_is_told_once(operator, partner):
    user = RepresentativeFactory(partner=partner).user
    series, rows = planned(operator, partner)
    Notice.objects.all().delete()

    count = changed(
        edited(rows[1], place="Balai Desa"), "following", operator, changed={"place"}
    )

    places = Activity.objects.order_by("held_on").values_list("place", flat=True)
    assert count == 3
    assert [*places] == ["Aula Bapas", *["Balai Desa"] * 3]
    notice = Notice.objects.get()
    assert (notice.user, notice.kind) == (user, "series.changed")
    assert notice.body.startswith("3 sesi mulai")
    assert notice.body.endswith("Yang berubah: tempat.")
    entry = Entry.objects.about(series).get(action="series.changed")
    assert (entry.actor, entry.details["sessions"]) == (operator, 3)
    rows[3].refresh_from_db()
    assert rows[3].revision == 1
    assert rows[3].events.count() == 2


def test_what_was_reported_or_called_off_never_changes(operator, partner):
    _series, rows = planned(operator, partner)
    Activity.objects.filter(pk=rows[2].pk).update(
        status=Status.REPORTED, output="Selesai", is_declared=True
    )
    plans.cancel(rows[3], reason="Libur", by=operator)

    count = changed(
        edited(rows[1], title="Bimbingan rohani"), "all", operator, changed={"title"}
    )

    titles = Activity.objects.order_by("held_on").values_list("title", flat=True)
    assert count == 2
    assert [*titles] == [*["Bimbingan rohani"] * 2, *["Bimbingan mingguan"] * 2]


@pytest.mark.parametrize("with_moved", [False, True])
def test_one_moved_by_hand_is_kept_unless_it_is_chosen(operator, partner, with_moved):
    _series, rows = planned(operator, partner)
    day, hour = timedelta(days=1), timedelta(hours=1)
    moved = rows[2].starts_at + 2 * day
    by_hand = edited(rows[2], starts_at=moved, ends_at=moved + hour)
    changed(by_hand, "this", operator, changed=TIMES)
    later = rows[1].starts_at + day + hour
    row = edited(rows[1], starts_at=later, ends_at=later + hour)

    changed(row, "following", operator, changed=TIMES, with_moved=with_moved)

    found = [*Activity.objects.order_by("session__number")]
    foreseen = [each.starts_at for each in rows]
    spans = [row.starts_at - was for row, was in zip(found, foreseen, strict=True)]
    third = day + hour if with_moved else 2 * day
    assert spans == [timedelta(0), day + hour, third, day + hour]
    assert found[3].ends_at - found[3].starts_at == hour
    assert found[3].held_on == weeks(rows[0], 4)[3] + day
    is_moved = [each.session.starts_at != each.starts_at for each in found]
    assert is_moved == [False, False, not with_moved, False]


def test_partners_change_with_it(operator, partner):
    other = PartnerFactory(office=operator.acting.office, status="active")
    _series, rows = planned(operator, partner)

    changed(edited(rows[2]), "all", operator, changed={"partners"}, partners=[other])

    assert Activity.objects.filter(partners=other).count() == 4
    assert Activity.objects.filter(partners=partner).count() == 0


def test_an_agreement_that_ends_meanwhile_is_asked_about(operator, partner, agreement):
    _series, rows = planned(operator, partner)
    row = edited(rows[0], agreement=agreement)

    with pytest.raises(ValidationError) as refusal:
        changed(row, "all", operator, changed={"agreement"})
    row = edited(rows[0], agreement=agreement)
    changed(row, "all", operator, changed={"agreement"}, outside="without")

    assert "outside" in refusal.value.message_dict
    under = Activity.objects.order_by("held_on").values_list("agreement", flat=True)
    assert [*under] == [agreement.pk, agreement.pk, None, None]


def test_of_two_officers_the_second_is_told(operator, partner):
    second = person(Role.UNIT_OPERATOR, operator.acting.office)
    _series, rows = planned(operator, partner)
    changed(edited(rows[2], place="Balai"), "following", operator, changed={"place"})
    row = edited(rows[0], place="Gedung")

    with pytest.raises(StaleRecord):
        services.change(
            row,
            reach="all",
            changed={"place"},
            revision=row.revision,
            seen=0,
            by=second,
        )

    assert not Activity.objects.filter(place="Gedung").exists()


# Calling off


def test_the_rest_is_called_off_for_one_reason(operator, partner):
    user = RepresentativeFactory(partner=partner).user
    _series, rows = planned(operator, partner)
    Notice.objects.all().delete()

    count = services.cancel(rows[1], reason="Puasa", reach="following", by=operator)

    statuses = Activity.objects.order_by("held_on").values_list("status", flat=True)
    assert count == 3
    assert [*statuses] == ["planned", *["cancelled"] * 3]
    rows[3].refresh_from_db()
    assert (rows[3].reason, rows[3].revision) == ("Puasa", 1)
    assert Entry.objects.moves(rows[3]).get().actor == operator
    assert Notice.objects.get().user == user
    plans.bring_back(rows[3], by=operator)
    assert rows[3].status == Status.PLANNED


def test_what_was_called_off_together_comes_back_together(operator, partner):
    user = RepresentativeFactory(partner=partner).user
    _series, rows = planned(operator, partner)
    services.cancel(rows[0], reason="Libur", reach="this", by=operator)
    services.cancel(rows[1], reason="Puasa", reach="following", by=operator)
    rows[2].refresh_from_db()
    Notice.objects.all().delete()

    said = services.bring_back(rows[2], reach="all", by=operator)

    assert said == "3 sesi kembali direncanakan."
    statuses = Activity.objects.order_by("held_on").values_list("status", flat=True)
    assert [*statuses] == ["cancelled", *["planned"] * 3]
    rows[3].refresh_from_db()
    assert (rows[3].reason, rows[3].status_since) == ("", rows[3].ends_at)
    assert Entry.objects.moves(rows[3]).last().action == "activity.brought_back"
    assert Notice.objects.get().user == user


def test_a_session_whose_agreement_is_not_in_force_stays_called_off(operator, partner):
    _series, rows = planned(operator, partner)
    draft_one = AgreementFactory(
        office=operator.acting.office, partner=partner, status="draft"
    )
    Activity.objects.filter(pk=rows[3].pk).update(agreement=draft_one)
    services.cancel(rows[0], reason="Puasa", reach="all", by=operator)
    rows[0].refresh_from_db()

    said = services.bring_back(rows[0], reach="all", by=operator)

    assert "3 sesi kembali direncanakan." in said
    assert "Kerja sama tidak berlaku" in said
    rows[3].refresh_from_db()
    assert rows[3].status == Status.CANCELLED


def test_a_merged_unit_hands_over_what_is_ahead(operator, partner):
    """The sessions move as any activity does; the series still knows them all."""
    office = operator.acting.office
    past = ActivityFactory(office=office, status="verified", partners=[partner])
    ahead = draft(office)
    following = [
        ActivityFactory(
            office=office,
            starts_at=ahead.starts_at + timedelta(weeks=step),
            partners=[partner],
        )
        for step in range(2)
    ]
    series_of([past, *following])
    successor = person(Role.UNIT_OPERATOR, UnitFactory(parent=office.parent))
    Activity.objects.filter(pk__in=[row.pk for row in following]).update(
        office=successor.acting.office
    )

    count = changed(
        edited(following[0], place="Gedung"), "all", successor, changed={"place"}
    )

    assert count == 2
    past.refresh_from_db()
    assert past.place != "Gedung"
