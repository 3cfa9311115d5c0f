"""Years of an agreement's life, drawn: whatever befalls it, and whenever the nightly
run fails, no status is illegal, no warning is lost or doubled, and what is in force on
a day is what the dates say.

POKMAS_WALKS=500 draws the lives of as many, the first with the seed POKMAS_SEED. What
should be true is kept in `Life` by what befell it, and never read from the portal.
"""

import os
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.amendments import services as amendments
from agreements.models import Agreement, EndWarning, WarningLadder
from agreements.renewal import services as renewal
from agreements.signing import services as signing
from agreements.standing import services as standing
from agreements.warnings import services
from pokmas.accounts.models import User
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
from tests.pokmas.offices.changes import decide

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]
WALKS = int(os.environ.get("POKMAS_WALKS", "6"))
SEED = int(os.environ.get("POKMAS_SEED", "1"))
TOGETHER = 48
JAKARTA = ZoneInfo("Asia/Jakarta")
BEGINNING, YEARS, LATE_DAYS = date(2026, 1, 5), 6, 60
LADDERS = [[7, 30, 60, 90], [14, 45, 120], [5], [10, 30, 180], [60, 100]]
LEGAL = {
    "draft": {"discussion", "dropped"},
    "discussion": {"legal_review", "dropped"},
    "legal_review": {"discussion", "ready_to_sign", "dropped"},
    "ready_to_sign": {"signed", "discussion", "dropped"},
    "signed": {"suspended", "terminated"},
    "suspended": {"signed", "terminated"},
    "terminated": set(),
    "dropped": set(),
}
WAY = ["draft", "discussion", "legal_review", "ready_to_sign", "signed"]
OPEN, BINDING = WAY[:4], {"signed", "suspended"}


@dataclass(eq=False)
class Post:
    """An office, and who acts there."""

    office: object
    operator: User
    head: User

    @property
    def zone(self):
        return ZoneInfo(self.office.zone)


@dataclass(eq=False)
class Life:
    """One agreement, and beside it what should be true of it by what befell it."""

    row: Agreement
    post: Post
    reader: User
    starts_on: date
    ends_on: date
    # The days on which it moved, and to which status.
    statuses: list
    renews: "Life | None" = None
    renewal: "Life | None" = None
    warned: set = field(default_factory=set)
    passed: set = field(default_factory=set)

    @property
    def status(self):
        return self.statuses[-1][1]

    @property
    def was_signed(self):
        return any(status == "signed" for _day, status in self.statuses)

    @property
    def is_renewed(self):
        return self.renewal is not None and self.renewal.status == "signed"

    def overlaps(self, first, last):
        """What renews it, or is renewed by it, binds on one of these days."""
        others = [each for each in (self.renews, self.renewal) if each]
        return any(
            each.status in BINDING and each.starts_on <= last and first <= each.ends_on
            for each in others
        )

    def may_become(self, status, day):
        if status not in LEGAL[self.status]:
            return False
        is_first = status == "signed" and not self.was_signed
        late = is_first and day > self.starts_on
        return not late and not (
            status == "signed" and self.overlaps(self.starts_on, self.ends_on)
        )

    def was_in_force(self, day):
        """By its status when the day ended, and by its dates."""
        status = [status for since, status in self.statuses if since <= day][-1:]
        return status == ["signed"] and self.starts_on <= day <= self.ends_on

    def is_in_force(self, day):
        return self.status == "signed" and self.starts_on <= day <= self.ends_on

    def be_warned(self, day, ladder):
        """The rung that a run on this day must tell of, if any, and those it passes."""
        end, (since, status) = self.ends_on, self.statuses[-1]
        is_late = day - end > timedelta(LATE_DAYS)
        if status != "signed" or self.is_renewed or is_late or since > end:
            return
        reached = [
            days for days in ladder if self.starts_on <= end - timedelta(days) <= day
        ]
        known = {days for of, days in self.warned | self.passed if of == end}
        # Whoever was told of a nearer one learns nothing from one farther off.
        if reached and not any(days <= reached[0] for days in known):
            self.warned.add((end, reached[0]))
            self.passed |= {(end, days) for days in reached[1:] if days not in known}


class World:
    def __init__(self, seed, count):
        self.draw = Random(seed)
        self.ladders = {date(2020, 2, 10): LADDERS[0]}
        self.posts = [
            Post(
                office,
                person(Role.UNIT_OPERATOR, office),
                person(Role.UNIT_HEAD, office),
            )
            for office in (UnitFactory(zone=zone) for zone in Zone)
        ]
        self.lives = [self.new(self.posts[place % 3]) for place in range(count)]
        self.acts = [
            *(self.amend, self.amend, self.renew, self.renew, self.renew),
            *(self.suspend, self.resume, self.resume, self.terminate),
        ]
        # Half of the worlds see one of their offices merged with another.
        self.merger = BEGINNING + timedelta(self.draw.randrange(50, 365 * 2 * YEARS))

    def new(self, post):
        starts_on = BEGINNING + timedelta(self.draw.randrange(20, 200))
        length = self.draw.choice([20, 45, 100, 365, 730, 1095])
        dates = {"starts_on": starts_on, "ends_on": starts_on + timedelta(length)}
        row = AgreementFactory(office=post.office, is_overlap_kept=False, **dates)
        reader = RepresentativeFactory(partner=row.partner).user
        return Life(row, post, reader, **dates, statuses=[(BEGINNING, "draft")])

    def ladder(self, day):
        return self.ladders[max(since for since in self.ladders if since <= day)]

    # What befalls them

    def live(self, day):
        """Early, at noon or late, but on one day in the whole country."""
        hour = self.draw.choice([time(0, 30), time(12), time(21, 30)])
        with time_machine.travel(datetime.combine(day, hour, JAKARTA), tick=False):
            for life in list(self.lives):
                self.befall(life, day)
            if self.draw.random() < 0.02:
                self.change_ladder(day)
            if self.merger and self.merger <= day:
                self.merge()

    def befall(self, life, day):
        place = self.draw.random()
        if life.status in OPEN and place < 0.9 and day < life.starts_on:
            self.move(life, WAY[WAY.index(life.status) + 1], day)
        elif life.was_signed and place < 0.03:
            self.draw.choice(self.acts)(life, day)
        elif place > 0.985:
            # Legal or not.
            self.move(life, self.draw.choice(list(LEGAL)), day)

    def tried(self, is_legal, act, *args, **answers):
        """Whether it was done: just what is legal is."""
        refused = nullcontext() if is_legal else pytest.raises(ValidationError)
        with refused, transaction.atomic():
            act(*args, **answers)
        return is_legal

    def move(self, life, status, day):
        life.row.refresh_from_db()
        is_legal = life.may_become(status, day)
        papers = papers_for(life, status, day)
        if self.tried(is_legal, life.row.move_to, status, by=None, **papers):
            life.statuses.append((day, status))

    def amend(self, life, day):
        ends_on = max(day, life.ends_on + timedelta(self.draw.randrange(-90, 500)))
        is_legal = (
            life.status == "signed"
            and day <= life.ends_on
            and ends_on not in (life.ends_on, life.starts_on)
            and ends_on > life.starts_on
            and not life.overlaps(life.starts_on, ends_on)
        )
        if self.tried(is_legal, self._amend, life, ends_on, day):
            life.ends_on = ends_on

    def _amend(self, life, ends_on, day):
        amendment = amendments.proposed(Agreement.objects.get(pk=life.row.pk))
        amendment.ends_on = ends_on
        amendments.amend(amendment, by=life.post.operator)
        for status in WAY[1:4]:
            amendment.move_to(status, by=None)
        signing.sign(
            amendment,
            by=life.post.head,
            signed_on=day,
            signed_at_place="Uji",
            our_number=f"ADD-{amendment.pk}",
            scan=DocumentFactory(uploaded_by=life.post.head),
        )

    def renew(self, life, day):
        is_near = -365 <= (life.ends_on - day).days <= 180
        is_free = life.renewal is None or life.renewal.status == "dropped"
        is_legal = life.status == "signed" and is_near and is_free
        row = Agreement.objects.get(pk=life.row.pk)
        answers = {"by": life.post.operator, "reason": "Uji"}
        if self.tried(is_legal, renewal.renew, row, **answers):
            made = row.renewals.exclude(status="dropped").get()
            begin = max(life.ends_on + timedelta(1), day)
            assert made.starts_on == begin
            life.renewal = Life(
                made,
                life.post,
                life.reader,
                begin,
                made.ends_on,
                [(day, "draft")],
                life,
            )
            self.lives.append(life.renewal)

    def suspend(self, life, day):
        row = Agreement.objects.get(pk=life.row.pk)
        by = life.post.head
        if self.tried(
            life.status == "signed", standing.suspend, row, by=by, reason="Uji"
        ):
            life.statuses.append((day, "suspended"))

    def resume(self, life, day):
        row = Agreement.objects.get(pk=life.row.pk)
        if self.tried(
            life.status == "suspended", standing.resume, row, by=life.post.head
        ):
            life.statuses.append((day, "signed"))

    def terminate(self, life, day):
        """What would renew it is dropped with it."""
        row, head = Agreement.objects.get(pk=life.row.pk), life.post.head
        paper = DocumentFactory(uploaded_by=head)
        answers = {"by": head, "reason": "Uji", "paper": paper}
        if self.tried(life.status in BINDING, standing.terminate, row, **answers):
            life.statuses.append((day, "terminated"))
            if life.renewal and life.renewal.status in OPEN:
                life.renewal.statuses.append((day, "dropped"))

    def change_ladder(self, day):
        """Headquarters sets another one, or takes back what does not hold yet."""
        coming = [since for since in self.ladders if since > day]
        rungs = self.draw.choice(LADDERS)
        if coming and self.draw.random() < 0.5:
            WarningLadder.objects.filter(valid_from=coming[0]).delete()
            del self.ladders[coming[0]]
            return
        since = day + timedelta(self.draw.randrange(40))
        if since not in self.ladders:
            WarningLadder.objects.create(days=rungs, valid_from=since, source="Uji")
            self.ladders[since] = rungs

    def merge(self):
        gone, stays = self.draw.sample(self.posts, 2)
        decide(gone.office, "merge", other=stays.office, on=gone.office.today)
        for life in self.lives:
            if life.post is gone and life.status not in ("terminated", "dropped"):
                life.post = stays
        self.posts.remove(gone)
        self.merger = None

    # What must hold then

    def night(self, moment):
        """A run, and what it should have told by the day of each office."""
        with time_machine.travel(moment, tick=False):
            services.warn_of_ends()
            ladder = self.ladder(moment.astimezone(JAKARTA).date())
            read = Agreement.objects.with_validity().select_related("office").in_bulk()
            in_force = set(Agreement.objects.in_force().values_list("pk", flat=True))
            for life in self.lives:
                day = moment.astimezone(life.post.zone).date()
                life.be_warned(day, ladder)
                row = read[life.row.pk]
                assert (row.status, row.ends_on) == (life.status, life.ends_on)
                assert row.is_in_force == life.is_in_force(day)
                assert (row.pk in in_force) == life.is_in_force(day)
            # An amendment is none.
            assert in_force <= {life.row.pk for life in self.lives}


def papers_for(life, status, day):
    if status == "signed" and not life.was_signed:
        return {
            "our_number": f"W.{life.row.pk}",
            "number_year": day.year,
            "signed_on": day,
            "scan": DocumentFactory(),
        }
    if status == "terminated":
        return {"reason": "Uji", "termination_paper": DocumentFactory()}
    return {"reason": "Uji"} if status == "dropped" else {}


def walk(world):
    day, draw = BEGINNING, world.draw
    while day < BEGINNING + timedelta(365 * YEARS):
        world.live(day)
        day += timedelta(draw.choice([1, 1, 1, 2, 5, 14, 30, 45]))
        # Midnight comes first in the east; a run follows in each zone, or in one.
        zones = [ZoneInfo(zone) for zone in Zone]
        nights = sorted(datetime.combine(day, time(0, 1), zone) for zone in zones)
        for moment in nights if draw.random() < 0.5 else [draw.choice(nights)]:
            world.night(moment.astimezone(UTC))


COMPANIES = [
    (seed, min(TOGETHER, SEED + WALKS - seed))
    for seed in range(SEED, SEED + WALKS, TOGETHER)
]


@pytest.mark.parametrize(("seed", "count"), COMPANIES)
def test_years_of_moves_and_missed_nights_keep_every_promise(seed, count):
    with time_machine.travel(datetime(2026, 1, 5, tzinfo=UTC), tick=False):
        world = World(seed, count)
    walk(world)

    for life in world.lives:
        noted = life.row.end_warnings.order_by("noted_at", "-days")
        told = [(row.ends_on, row.days) for row in noted if row.is_sent]
        passed = {(row.ends_on, row.days) for row in noted if not row.is_sent}
        assert (set(told), passed) == (life.warned, life.passed)
        assert all(
            before[0] != after[0] or before[1] > after[1]
            for before, after in pairwise(told)
        )
        # Whoever acts for the partner hears of each, once.
        notices = Notice.objects.filter(kind=services.KIND, user=life.reader)
        assert notices.filter(about_id=life.row.pk).count() == len(told)
    assert not EndWarning.objects.filter(agreement__kind="addendum").exists()

    for days in range(0, 365 * YEARS, 13):
        day = BEGINNING + timedelta(days)
        in_force = set(Agreement.objects.in_force(day).values_list("pk", flat=True))
        assert in_force == {
            life.row.pk for life in world.lives if life.was_in_force(day)
        }
