"""The table of statuses, on a real record of the house: a partner."""

import threading
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connections, transaction
from django.utils import timezone

from partners.models import Partnership
from pokmas.accounts.models import RoleOverride
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.offices.models import Zone
from tests.factories import PartnershipFactory, UnitFactory, person

pytestmark = pytest.mark.django_db

Status = Partnership.Status
MOVES = {
    (now, then) for now, targets in Partnership.TRANSITIONS.items() for then in targets
}


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def head(unit):
    return person(Role.UNIT_HEAD, unit)


# Moving


@pytest.mark.parametrize(("now", "then"), sorted(MOVES))
def test_a_move_of_the_table_is_made_and_leaves_an_entry(head, now, then):
    partner = PartnershipFactory(office=head.acting.office, status=now)

    partner.move_to(then, by=head, reason="Alasan uji")

    partner.refresh_from_db()
    entry = Entry.objects.about(partner).get()
    assert (partner.status, partner.reason) == (then, "Alasan uji")
    assert (entry.actor, entry.action, entry.details) == (
        head,
        f"partnership.{then}",
        {"was": now, "reason": "Alasan uji"},
    )


@pytest.mark.parametrize(
    ("now", "then"),
    sorted({(now, then) for now in Status for then in Status} - MOVES),
)
def test_every_other_move_is_refused_in_words_and_leaves_nothing(head, now, then):
    partner = PartnershipFactory(office=head.acting.office, status=now)

    with pytest.raises(ValidationError) as refusal:
        partner.move_to(then, by=head)

    partner.refresh_from_db()
    assert refusal.value.messages == [
        f"Status “{now.label}” tidak dapat diubah menjadi “{then.label}”."
    ]
    assert (partner.status, Entry.objects.count()) == (now, 0)


def test_a_move_sets_what_belongs_to_it_and_counts_the_revision(head):
    partner = PartnershipFactory(office=head.acting.office, status="draft", revision=4)

    partner.move_to(Status.SUBMITTED, by=head, submitted_by=head)

    partner.refresh_from_db()
    assert (partner.submitted_by, partner.revision) == (head, 5)


def test_a_move_saves_nothing_else(head):
    partner = PartnershipFactory(
        office=head.acting.office, status="draft", services="Lama"
    )
    partner.services = "Baru"

    partner.move_to(Status.SUBMITTED, by=head)

    partner.refresh_from_db()
    assert partner.services == "Lama"


def test_moving_on_without_a_reason_clears_the_old_one(head):
    partner = PartnershipFactory(
        office=head.acting.office, status="returned", reason="Dulu"
    )

    partner.move_to(Status.SUBMITTED, by=head)

    partner.refresh_from_db()
    assert partner.reason == ""


def test_a_move_that_breaks_a_rule_of_the_table_is_refused(head):
    """A decision against an applicant needs a reason; the database says so."""
    partner = PartnershipFactory(office=head.acting.office, status="verifying")

    with pytest.raises(ValidationError):
        partner.move_to(Status.DECLINED, by=head)

    partner.refresh_from_db()
    assert (partner.status, Entry.objects.count()) == ("verifying", 0)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_only_one_is_heard(head):
    partner = PartnershipFactory(office=head.acting.office, status="verifying")

    def decide():
        with transaction.atomic():
            mine = Partnership.objects.get(pk=partner.pk)
            mine.lock()
            mine.move_to(Status.APPROVED, by=head)

    outcomes = []

    def attempt():
        try:
            decide()
            outcomes.append("done")
        except ValidationError:
            outcomes.append("refused")
        connections.close_all()

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["done"] + ["refused"] * 7
    assert Entry.objects.count() == 1


def test_a_step_that_begins_elsewhere_is_refused_in_words(head):
    partner = PartnershipFactory(status="active")

    with pytest.raises(ValidationError, match="pada status “Aktif”"):
        partner.begin("decide", by=head)


# Two persons


@pytest.mark.parametrize("role_of_him", ["submitted_by", "verified_by"])
def test_who_took_an_earlier_step_does_not_decide(head, role_of_him):
    partner = PartnershipFactory(
        office=head.acting.office, status="verifying", **{role_of_him: head}
    )

    with pytest.raises(ValidationError, match="harus dilakukan orang lain"):
        partner.begin("decide", by=head)


def test_somebody_else_decides(head, unit):
    partner = PartnershipFactory(
        office=unit, status="verifying", submitted_by=person(Role.UNIT_OPERATOR, unit)
    )

    assert partner.begin("decide", by=head) is Partnership.STEPS["decide"]


# Whose turn


def test_the_turn_says_who_must_act_and_by_when():
    with time_machine.travel("2026-11-20 18:00Z"):  # the 21st in Jakarta
        partner = PartnershipFactory(status="submitted")

    assert partner.STEPS.awaited_at(partner.status) is Partnership.STEPS["verify"]
    assert partner.due_on == date(2026, 11, 24)


def test_a_term_is_counted_in_days_of_the_office_whoever_reads_it():
    with time_machine.travel("2026-11-20 15:30Z"):  # the 21st in Jayapura alone
        partner = PartnershipFactory(office__zone=Zone.WIT, status="submitted")
        with timezone.override(Zone.WIB):
            due_on = partner.due_on

    assert due_on == date(2026, 11, 24)


def test_where_nobody_must_act_there_is_no_day():
    partner = PartnershipFactory(status="ended")

    assert (partner.turn, partner.due_on) == (None, None)


def test_a_new_status_starts_a_new_term(head):
    partner = PartnershipFactory(
        office=head.acting.office,
        status="submitted",
        status_since=timezone.now() - timedelta(days=30),
    )

    partner.move_to(Status.VERIFYING, by=head)

    assert partner.due_on == timezone.localdate() + timedelta(days=3)


# What waits for me


def waiting_for(user):
    return set(Partnership.objects.awaiting(user))


def test_what_waits_is_what_my_role_may_take_further(unit, head):
    draft, submitted, verifying, _ended = (
        PartnershipFactory(office=unit, status=status)
        for status in ("draft", "submitted", "verifying", "ended")
    )
    operator = person(Role.UNIT_OPERATOR, unit)

    assert waiting_for(head) == {verifying}
    assert waiting_for(operator) == {draft, submitted}


def test_what_i_submitted_does_not_wait_for_me(unit, head):
    PartnershipFactory(office=unit, status="verifying", submitted_by=head)
    others = PartnershipFactory(office=unit, status="verifying")

    assert waiting_for(head) == {others}


def test_what_lies_in_another_office_does_not_wait_for_me(head):
    PartnershipFactory(status="verifying")

    assert waiting_for(head) == set()


def test_what_headquarters_gave_to_a_role_waits_for_it(unit):
    verifying = PartnershipFactory(office=unit, status="verifying")
    RoleOverride.objects.create(
        role=Role.UNIT_OPERATOR, permission="partners.approve_partner", granted=True
    )

    assert waiting_for(person(Role.UNIT_OPERATOR, unit)) == {verifying}


def test_nothing_waits_for_somebody_without_a_task(unit):
    PartnershipFactory(office=unit, status="submitted")

    assert waiting_for(person(Role.REGIONAL_REVIEWER, unit.region)) == set()
