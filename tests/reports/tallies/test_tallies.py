"""Sums by month say what the records say, whatever is changed by whomever."""

import random
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError, transaction
from django.urls import reverse

from outreach.models import Activity, BeneficiaryCount
from pokmas.accounts.roles import Role
from pokmas.health import inside
from pokmas.health.watched import State
from pokmas.notices.models import Notice
from pokmas.offices.models import Office
from reports.figures.figures import (
    Scope,
    activities_by_type,
    served_by_category,
    trend,
    values,
)
from reports.figures.periods import Month
from reports.tallies import services
from reports.tallies.models import TALLIES, ActivityTally, ServedTally
from tests.factories import (
    ActivityFactory,
    ActivityTypeFactory,
    PostFactory,
    UnitFactory,
    person,
)
from tests.racing import in_threads

MONTHS = [Month(2026, number) for number in (8, 9, 10)]
STATUSES = ["planned", "reported", "returned", "verified", "locked", "cancelled"]
FIRST = datetime(2026, 8, 1, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


class History:
    """Anything that may happen to activities, by a row or by many, in any order."""

    def __init__(self, seed, units):
        self.dice, self.units = random.Random(seed), units
        codes = ("legal_counselling", "work_training", "sport")
        self.types = [ActivityTypeFactory(code=code, name=code) for code in codes]

    def anything(self):
        self.dice.choice(
            [
                *[self.hold] * 3,
                *[self.move_status] * 4,
                *[self.count] * 4,
                *[self.recount, self.forget_counts, self.supersede],
                *[self.postpone, self.change_type, self.hand_over, self.delete],
            ]
        )()

    def some(self):
        rows = Activity.objects.exclude(status="locked").order_by("pk")
        keys = list(rows.values_list("pk", flat=True))
        keys = self.dice.sample(keys, min(len(keys), self.dice.choice([1, 1, 3])))
        return Activity.objects.filter(pk__in=keys).exclude(status="locked")

    def counts(self):
        return BeneficiaryCount.objects.filter(activity__in=self.some())

    def hold(self):
        counts = self.dice.sample(self.kinds(), 2)
        ActivityFactory(
            office=self.dice.choice(self.units),
            type=self.dice.choice(self.types),
            status=self.dice.choice(STATUSES),
            starts_at=FIRST + timedelta(days=self.dice.randrange(90)),
            counts={kind: self.dice.randrange(40) for kind in counts},
        )

    def kinds(self):
        return [
            (category, sex)
            for category in ("adult_client", "convict", "public")
            for sex in ("male", "female")
        ]

    def move_status(self):
        self.some().update(
            status=self.dice.choice(STATUSES),
            output="Selesai",
            is_declared=True,
            reason="Uji",
        )

    def count(self):
        category, sex = self.dice.choice(self.kinds())
        rows = [
            BeneficiaryCount(
                activity=each,
                category=category,
                sex=sex,
                number=self.dice.randrange(60),
            )
            for each in self.some()
        ]
        BeneficiaryCount.objects.bulk_create(rows, ignore_conflicts=True)

    def recount(self):
        self.counts().update(number=self.dice.randrange(60))

    def forget_counts(self):
        self.counts().delete()

    def supersede(self):
        self.some().update(superseded_on=self.dice.choice([None, "2026-11-01"]))

    def postpone(self):
        self.some().update(held_on=FIRST + timedelta(days=self.dice.randrange(90)))

    def change_type(self):
        self.some().update(type=self.dice.choice(self.types))

    def hand_over(self):
        self.some().update(office=self.dice.choice(self.units))

    def delete(self):
        for each in self.some():
            each.delete()


def of_rows(scope):
    """The same figures from the records alone."""
    served = BeneficiaryCount.objects.filter(activity__in=scope.counted)
    return {
        "activities": scope.counted.count(),
        "served": sum(served.values_list("number", flat=True)),
        "waiting": scope.waiting.count(),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_a_random_history_gives_the_figures_of_its_rows_at_every_level(seed):
    near, far = UnitFactory(), UnitFactory()
    units = [near, far, PostFactory(parent=near)]
    history = History(seed, units)
    for turn in range(120):
        history.anything()
        if turn % 40 == 20:
            services.fold()
    Office.objects.filter(pk=far.pk).update(parent=near.region)

    assert services.recount() == []
    top = Office.objects.headquarters()
    for office in (*units, near.region, far.region, top):
        office = Office.objects.get(pk=office.pk)
        for month in MONTHS:
            scope = Scope(office, month)
            rows = of_rows(scope)
            assert values(scope, rows) == rows
            assert trend(scope, 3)[-1]["served"] == rows["served"]
            assert (
                sum(row["sum"] for row in served_by_category(scope)) == (rows["served"])
            )
            by_type = activities_by_type(scope)
            assert sum(row["activities"] for row in by_type) == rows["activities"]
            assert sum(row["served"] for row in by_type) == rows["served"]


@pytest.mark.django_db(transaction=True)
def test_several_who_change_at_once_leave_no_difference():
    unit = UnitFactory()
    history = History(0, [unit, UnitFactory(parent=unit.region)])
    for _turn in range(12):
        history.hold()

    def change(number):
        mine = History.__new__(History)
        mine.dice, mine.units, mine.types = (
            random.Random(number),
            history.units,
            history.types,
        )
        acts = [mine.move_status, mine.count, mine.recount, mine.supersede]
        acts += [mine.postpone, mine.forget_counts, mine.hand_over]
        done = 0
        for _turn in range(40):
            try:
                with transaction.atomic():
                    mine.dice.choice(acts)()
                    mine.dice.choice(acts)()
                done += 1
            except (OperationalError, ProgrammingError) as refused:
                # Taken back as a whole: a deadlock, or a count of what was just locked.
                if not any(why in str(refused) for why in ("deadlock", "are final")):
                    raise
            if number == 0:
                services.fold()
        return done

    assert all(in_threads(change, 4))
    assert services.recount() == []
    services.fold()
    assert services.recount() == []
    assert not ActivityTally.objects.filter(is_new=True).exists()


@pytest.mark.django_db
def test_folding_keeps_one_row_of_a_kind_and_none_of_nothing():
    unit = UnitFactory()
    counts = {("adult_client", "male"): 12}
    ActivityFactory.create_batch(3, office=unit, status="verified", counts=counts)
    for each in ActivityFactory.create_batch(2, office=unit, status="reported"):
        each.delete()

    services.fold()

    rows = ActivityTally.objects.values_list("stand", "activities", "served", "is_new")
    assert list(rows) == [("counted", 3, 36, False)]
    assert list(ServedTally.objects.values_list("number", "is_new")) == [(36, False)]


@pytest.mark.django_db
def test_a_recount_names_what_differs_and_mends_it_when_asked(capsys):
    unit = UnitFactory()
    ActivityFactory(
        office=unit, status="verified", counts={("adult_client", "male"): 12}
    )
    call_command("recount")
    ServedTally.objects.update(number=5)

    with pytest.raises(CommandError, match="1 selisih"):
        call_command("recount")
    assert f"reports_servedtally {unit.pk} 2026-09 adult_client male: +7" in (
        capsys.readouterr().out
    )
    call_command("recount", "--mend")

    assert services.recount() == []


@pytest.mark.django_db
def test_tallies_that_were_lost_are_counted_anew():
    for status in STATUSES:
        ActivityFactory(status=status, counts={("adult_client", "male"): 12})
    for model in TALLIES:
        model.objects.all().delete()

    services.recount(mend=True)

    assert values(Scope(Office.objects.headquarters(), MONTHS[1]), ["served"]) == {
        "served": 24
    }


@pytest.mark.django_db
def test_a_difference_found_at_night_is_mended_logged_and_told(caplog):
    pusat = person(Role.HEADQUARTERS)
    ActivityFactory(status="verified")
    services.check()
    assert state() == State.OK
    ActivityTally.objects.update(activities=2)

    services.check()

    assert "A tally was wrong" in caplog.text
    assert state() == State.WARN
    told = Notice.objects.get(user=pusat, kind="tallies.mended")
    assert told.url == reverse("health:status")
    assert services.recount() == []


def state():
    return {each.name: each.state for each in inside.heartbeats()}["tallies"]


@pytest.mark.django_db
def test_the_figures_of_the_home_read_no_activity(django_assert_num_queries):
    scope = Scope(UnitFactory().region, MONTHS[1])

    with django_assert_num_queries(2) as found:
        values(scope, ["activities", "served", "waiting"])
        trend(scope)

    assert "outreach_" not in "".join(query["sql"] for query in found)
