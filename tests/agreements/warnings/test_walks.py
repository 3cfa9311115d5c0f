"""Years of an agreement's life, drawn: whatever befalls it, and whenever the nightly
run fails, no status is illegal, no warning is lost or doubled, and what is in force on
a day is what the dates say.

POKMAS_WALKS=500 draws as many, the first with the seed POKMAS_SEED.
"""

import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.models import Agreement, EndWarning, WarningLadder
from agreements.warnings import services
from pokmas.notices.models import Notice
from pokmas.offices.models import Zone
from tests.factories import (
    AgreementFactory,
    DocumentFactory,
    RepresentativeFactory,
    UnitFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]
WALKS = int(os.environ.get("POKMAS_WALKS", "1"))
SEED = int(os.environ.get("POKMAS_SEED", "1"))
BEGINNING, YEARS = date(2026, 1, 5), 6
LADDER = [7, 30, 60, 90]
Status = Agreement.Status


@dataclass
class Life:
    """One agreement, and beside it what should be true of it by the dates alone."""

    row: Agreement
    zone: ZoneInfo
    # The days on which it moved, and to which status.
    statuses: list = field(default_factory=list)
    warned: set = field(default_factory=set)
    passed: set = field(default_factory=set)

    @property
    def status(self):
        return self.statuses[-1][1]

    def was_in_force(self, day):
        """By its status when the day ended, and by its dates."""
        status = [status for since, status in self.statuses if since <= day][-1]
        is_within = self.row.starts_on <= day <= self.row.ends_on
        return status == Status.SIGNED and is_within

    def should_warn(self, today):
        """The rung that a run on this day must tell of, if any."""
        row = self.row
        day, status = self.statuses[-1]
        late = today - row.ends_on > timedelta(services.LATE_DAYS)
        if status != Status.SIGNED or late or day > row.ends_on:
            return
        reached = [
            days
            for days in LADDER
            if row.starts_on <= row.ends_on - timedelta(days) <= today
        ]
        known = self.warned | self.passed
        if reached and (row.ends_on, reached[0]) not in known:
            self.warned.add((row.ends_on, reached[0]))
            self.passed |= {
                (row.ends_on, days)
                for days in reached[1:]
                if (row.ends_on, days) not in known
            }


def at(day, zone, hour=0, minute=1):
    return datetime.combine(day, time(hour, minute), zone).astimezone(UTC)


def new(draw, office):
    starts_on = BEGINNING + timedelta(draw.randrange(20, 200))
    length = draw.choice([20, 45, 100, 365, 730, 1095])
    row = AgreementFactory(
        office=office,
        status=Status.DRAFT,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(length),
    )
    RepresentativeFactory(partner=row.partner)
    return Life(row, ZoneInfo(office.zone), [(BEGINNING, Status.DRAFT)])


def move(draw, life, day):
    """Something happens to it at noon: a legal move, an illegal try, or another end."""
    with time_machine.travel(at(day, life.zone, 12), tick=False):
        row = life.row
        row.refresh_from_db()
        if row.status == Status.SIGNED and draw.random() < 0.3:
            row.ends_on = max(day, row.ends_on) + timedelta(draw.randrange(5, 500))
            row.save_edit(row.revision, ["ends_on"])
            return
        status = draw.choice(list(Status))
        is_late = status == Status.SIGNED and day > row.starts_on
        is_legal = status in Agreement.TRANSITIONS.get(row.status, ()) and not (
            is_late and row.signed_on is None
        )
        try:
            with transaction.atomic():
                row.move_to(status, by=None, **papers_for(row, status, day))
        except ValidationError:
            assert not is_legal
        else:
            assert is_legal
            life.statuses.append((day, status))


def papers_for(row, status, day):
    if status == Status.SIGNED and row.signed_on is None:
        return {
            "our_number": f"W.{row.pk}",
            "number_year": day.year,
            "signed_on": day,
            "scan": DocumentFactory(),
        }
    if status == Status.TERMINATED:
        return {"reason": "Uji", "termination_paper": DocumentFactory()}
    if status == Status.DROPPED:
        return {"reason": "Uji"}
    return {}


def likely(draw, life, day):
    """Most walks get as far as the signature; there the years pass."""
    way = Agreement.WAY
    if life.status in way[:-1] and draw.random() < 0.9 and day < life.row.starts_on:
        with time_machine.travel(at(day, life.zone, 12), tick=False):
            life.row.refresh_from_db()
            status = way[way.index(life.status) + 1]
            life.row.move_to(status, by=None, **papers_for(life.row, status, day))
            life.statuses.append((day, status))
    elif draw.random() < 0.15:
        move(draw, life, day)


def night(lives, moment):
    """A run, and what it should have told by the day of each office."""
    with time_machine.travel(moment, tick=False):
        services.warn_of_ends()
        rows = Agreement.objects.filter(pk__in=[life.row.pk for life in lives])
        read = {row.pk: row for row in rows.with_validity().select_related("office")}
        in_force = set(rows.in_force())
        for life in lives:
            life.row = read[life.row.pk]
            today = moment.astimezone(life.zone).date()
            life.should_warn(today)
            expected = life.status == Status.SIGNED and (
                life.row.starts_on <= today <= life.row.ends_on
            )
            assert life.row.status == life.status
            assert life.row.is_in_force == expected
            assert (life.row in in_force) == expected


def walk(seed):
    draw = Random(seed)
    lives = [new(draw, UnitFactory(zone=zone)) for zone in Zone]
    day = BEGINNING
    end = BEGINNING + timedelta(365 * YEARS)
    while day < end:
        missed = draw.choice([1, 1, 1, 2, 5, 14, 30, 45])
        for life in lives:
            likely(draw, life, day)
        day += timedelta(missed)
        # Midnight comes first in the east; a run follows in each zone, or in one.
        zones = sorted({life.zone for life in lives}, key=str)
        for zone in zones if draw.random() < 0.5 else [draw.choice(zones)]:
            night(lives, at(day, zone))
    return lives


@pytest.mark.parametrize("seed", range(SEED, SEED + WALKS))
def test_years_of_moves_and_missed_nights_keep_every_promise(seed):
    with time_machine.travel(at(BEGINNING, UTC), tick=False):
        assert WarningLadder.objects.holding(BEGINNING) == LADDER
        lives = walk(seed)

    for life in lives:
        rows = EndWarning.objects.filter(agreement=life.row)
        told = rows.filter(is_sent=True).values_list("ends_on", "days")
        passed = rows.filter(is_sent=False).values_list("ends_on", "days")
        assert (set(told), set(passed)) == (life.warned, life.passed)
        notices = Notice.objects.filter(kind=services.KIND, about_id=life.row.pk)
        # One representative hears of each, once.
        assert notices.count() == len(life.warned)

    for days in range(0, 365 * YEARS, 13):
        day = BEGINNING + timedelta(days)
        rows = Agreement.objects.in_force(day)
        in_force = set(rows.filter(pk__in=[life.row.pk for life in lives]))
        assert in_force == {life.row for life in lives if life.was_in_force(day)}
