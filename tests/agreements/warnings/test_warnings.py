"""Before an agreement ends whom it concerns is told, once at each rung."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import EndWarning, WarningLadder
from agreements.warnings import services
from agreements.warnings.forms import WarningLadderForm
from pokmas.accounts.roles import Role
from pokmas.notices.models import Notice
from pokmas.offices.models import Zone
from tests.factories import (
    AgreementFactory,
    DocumentFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db
END = date(2026, 12, 31)


def signed(**more):
    since = {"status_since": datetime.fromisoformat("2026-01-10T03:00Z")}
    return AgreementFactory(**{"status": "signed", "ends_on": END} | since | more)


def run(days_before, hour=3, end=END):
    day = end - timedelta(days_before)
    with time_machine.travel(f"{day}T{hour:02d}:00Z", tick=False):
        return services.warn_of_ends()


def noted(agreement):
    rows = agreement.end_warnings.filter(ends_on=agreement.ends_on)
    return {row.days: row.is_sent for row in rows}


def test_unit_kanwil_and_partner_are_told_once_at_each_rung():
    agreement = signed(title="PKS menjahit")
    with time_machine.travel("2026-01-10T03:00Z"):
        people = {
            person(Role.UNIT_OPERATOR, agreement.office),
            person(Role.UNIT_HEAD, agreement.office),
            person(Role.REGIONAL_REVIEWER, agreement.office.region),
            RepresentativeFactory(partner=agreement.partner).user,
        }
        person(Role.UNIT_OPERATOR)

    runs = [run(days) for days in (91, 90, 89, 60, 31, 30, 7, 6, 0)]

    told = Notice.objects.filter(kind=services.KIND)
    assert runs == [0, 1, 0, 1, 0, 1, 1, 0, 0]
    assert {notice.user for notice in told} == people
    assert told.count() == 4 * len(people)
    assert set(told.values_list("title", flat=True)) == {
        f"“PKS menjahit” berakhir {days} hari lagi, 31 Desember 2026"
        for days in (90, 60, 30, 7)
    }
    assert all(told.values_list("mail_wanted", flat=True))


@pytest.mark.parametrize(
    ("zone", "told"), [(Zone.WIB, 1), (Zone.WITA, 1), (Zone.WIT, 0)]
)
def test_a_paper_recorded_after_its_last_midnight_warns_of_nothing(zone, told):
    late = {"status_since": datetime.fromisoformat(f"{END}T15:30Z")}
    signed(office=UnitFactory(zone=zone), **late)

    assert run(-1) == told


def test_a_new_ladder_tells_nobody_again_of_what_is_farther_off():
    agreement = signed()
    run(30)
    WarningLadder.objects.create(
        days=[100, 45, 5], valid_from=END - timedelta(28), source="Uji"
    )

    assert [run(days) for days in (28, 10, 5)] == [0, 0, 1]
    told = agreement.end_warnings.filter(is_sent=True).values_list("days", flat=True)
    assert set(told) == {30, 5}


@pytest.mark.parametrize(
    ("days_before", "told", "passed"),
    [(50, 60, {90}), (20, 30, {90, 60}), (0, 7, {90, 60, 30}), (-40, 7, {90, 60, 30})],
)
def test_of_rungs_that_nobody_looked_at_only_the_nearest_is_told(
    days_before, told, passed
):
    agreement = signed()

    run(days_before)
    run(days_before)

    assert noted(agreement) == {told: True} | dict.fromkeys(passed, False)


def test_what_ended_long_ago_is_nobodys_news():
    signed()

    assert run(-services.LATE_DAYS - 1) == 0


def test_a_paper_put_on_record_after_its_end_warns_of_nothing():
    signed(status_since=datetime.fromisoformat("2027-01-05T03:00Z"))

    assert run(-6) == 0


def test_a_short_one_is_not_warned_of_before_it_begins():
    agreement = signed(starts_on=END - timedelta(40), signed_on=date(2026, 11, 1))

    assert [run(days) for days in (50, 35, 30)] == [0, 0, 1]
    assert noted(agreement) == {30: True}


@pytest.mark.parametrize("status", ["ready_to_sign", "suspended", "terminated"])
def test_only_a_signed_one_is_warned_of(status):
    signed(status=status, reason="Uji", termination_paper=DocumentFactory())

    assert run(30) == 0


def test_one_that_a_signed_one_renews_is_not_warned_of():
    agreement, open_one = signed(), signed()
    later = {"starts_on": END + timedelta(1), "ends_on": END + timedelta(365)}
    signed(renews=agreement, **later)
    AgreementFactory(status="discussion", renews=open_one, **later)

    assert run(30) == 1
    assert noted(agreement) == {}
    assert noted(open_one) == {30: True, 60: False, 90: False}


def test_an_end_that_is_moved_begins_a_new_ladder():
    agreement = signed()
    run(30)
    later = END + timedelta(365)
    agreement.ends_on = later
    agreement.save()

    assert [run(days, end=later) for days in (91, 90, 60)] == [0, 1, 1]
    assert noted(agreement) == {90: True, 60: True}
    assert EndWarning.objects.filter(agreement=agreement).count() == 5


@pytest.mark.parametrize(
    ("zone", "midnight"), [(Zone.WIB, 17), (Zone.WITA, 16), (Zone.WIT, 15)]
)
def test_a_day_begins_at_midnight_where_the_office_stands(zone, midnight):
    signed(office=UnitFactory(zone=zone))

    hours = [midnight - 1, midnight, midnight]

    assert [run(91, hour=hour) for hour in hours] == [0, 1, 0]


def test_headquarters_changes_the_ladder_from_a_day_on():
    form = WarningLadderForm(
        {"days": "14 dan 120, 45", "valid_from": "01-10-2026", "source": "SE 1/2026"}
    )
    assert form.is_valid(), form.errors
    form.save()
    agreement = signed()

    # 91 days ahead it is the first of October; what was passed by then is told at once.
    assert [run(days) for days in (92, 91, 90, 45, 30, 14)] == [0, 1, 0, 1, 0, 1]
    assert noted(agreement) == {120: True, 45: True, 14: True}
    assert WarningLadder.objects.holding(date(2026, 9, 30)) == [7, 30, 60, 90]
    assert WarningLadder.objects.holding(date(2026, 10, 1)) == [14, 45, 120]


@pytest.mark.parametrize("typed", ["", "tiga", "0", "400", "1,2,3,4,5,6,7,8,9", "-7"])
def test_a_ladder_is_a_few_numbers_of_days(typed):
    form = WarningLadderForm(
        {"days": typed, "valid_from": "01-10-2026", "source": "Uji"}
    )

    assert list(form.errors) == ["days"]


def test_the_page_says_which_warnings_were_sent(sign_in):
    agreement = signed()
    run(20)
    client = sign_in(person(Role.UNIT_HEAD, agreement.office))

    page = client.get(f"{agreement.get_absolute_url()}?tab=warnings").text
    history = client.get(f"{agreement.get_absolute_url()}?tab=history").text

    assert "terlewati; yang lebih dekat yang dikirim" in page
    assert "memberi tahu bahwa kerja sama mendekati akhirnya" in history.lower()


def test_the_list_of_ladders_shows_the_one_that_holds(sign_in):
    client = sign_in(person(Role.HEADQUARTERS))

    page = client.get(reverse("reference:index", args=["warning-ladder"])).text

    assert "90, 60, 30, 7" in page


def test_many_ends_ask_no_more_of_the_database_than_two():
    def queries(of):
        for _each in range(of):
            agreement = signed(title="PKS ramai")
            with time_machine.travel("2026-01-10T03:00Z"):
                person(Role.UNIT_HEAD, agreement.office)
                RepresentativeFactory(partner=agreement.partner)
        with CaptureQueriesContext(connection) as asked:
            assert run(30) == of
        return len(asked)

    run(30)
    few = queries(2)

    assert queries(9) == few
    assert Notice.objects.filter(kind=services.KIND).count() == 2 * 11
