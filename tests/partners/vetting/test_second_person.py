"""Nobody decides on what he submitted or examined himself, by no route."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from partners.models import Partnership, Representative
from partners.registration import services as registration
from partners.vetting import services as vetting
from pokmas.accounts.middleware import IN_USE
from pokmas.accounts.models import User
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.notices.models import Notice
from tests.factories import (
    AssignmentFactory,
    PartnershipFactory,
    RepresentativeFactory,
    declared_today,
    person,
)
from tests.partners.vetting.test_services import answers

pytestmark = pytest.mark.django_db
Status = Partnership.Status
TIMES = 20


def stand_in(user, office):
    """The same person, now standing in for the head."""
    AssignmentFactory(
        user=user,
        role=Role.UNIT_HEAD,
        office=office,
        capacity="daily_acting",
        ends_on=office.today,
    )
    user = User.objects.get(pk=user.pk)
    user.acting = user.assignments.get(role=Role.UNIT_HEAD)
    return user


def url(partnership):
    return reverse("partners:decide", args=[partnership.pk])


@pytest.fixture
def examined():
    """Examined once, sent back to the applicant, examined again by somebody else."""
    partnership = PartnershipFactory(status=Status.SUBMITTED)
    office = partnership.office
    first, second = (person(Role.UNIT_OPERATOR, office) for _each in range(2))
    vetting.return_for_repair(partnership, reason="Alamat?", by=first)
    registration.submit(partnership, declared=declared_today(), by=second)
    vetting.verify(partnership, answers(), by=second)
    return partnership, first


def test_a_substitute_who_examined_an_earlier_round_does_not_decide(examined):
    partnership, first = examined
    substitute = stand_in(first, partnership.office)

    with pytest.raises(ValidationError, match="pernah mengajukan, memeriksa"):
        vetting.approve(partnership, by=substitute)

    assert not Partnership.objects.awaiting(substitute).exists()


def test_a_substitute_who_took_no_part_decides_and_is_marked_so(sign_in, examined):
    partnership, _first = examined
    colleague = person(Role.UNIT_OPERATOR, partnership.office)
    substitute = stand_in(colleague, partnership.office)
    client = sign_in(substitute)
    session = client.session
    session[IN_USE] = substitute.acting.pk
    session.save()

    client.post(url(partnership), {"verdict": "approved"})

    partnership.refresh_from_db()
    decided = Entry.objects.about(partnership).get(action="partnership.approved")
    assert (partnership.decided_by, decided.capacity) == (
        substitute,
        f"Plh. Kepala UPT · {partnership.office}",
    )


@pytest.mark.parametrize("is_over", [False, True])
def test_a_representative_who_became_head_does_not_decide(is_over):
    row = RepresentativeFactory(partner__status=Status.VERIFYING)
    partnership = row.partnership
    head = stand_in(row.user, partnership.office)
    if is_over:
        yesterday = timezone.localdate() - timedelta(days=1)
        Representative.objects.update(ended_on=yesterday)

    with pytest.raises(ValidationError, match="mewakili"):
        vetting.approve(partnership, by=head)


def test_who_entered_a_partner_does_not_decide_though_another_submitted_it():
    partnership = PartnershipFactory(status=Status.VERIFYING)
    head = person(Role.UNIT_HEAD, partnership.office)
    Partnership.objects.filter(pk=partnership.pk).update(created_by=head)

    with pytest.raises(ValidationError, match="orang lain"):
        vetting.approve(partnership, by=head)


def test_the_head_sends_it_back_to_who_examined_it(sign_in, examined):
    partnership, _first = examined
    examiner = partnership.verified_by
    client = sign_in(person(Role.UNIT_HEAD, partnership.office))

    client.post(
        url(partnership), {"verdict": "submitted", "reason": "Telepon pimpinannya"}
    )

    partnership.refresh_from_db()
    assert (partnership.status, partnership.handler) == (Status.SUBMITTED, examiner)
    assert partnership.reason == "Telepon pimpinannya"
    assert Entry.objects.about(partnership).first().action == "partnership.sent_back"
    told = Notice.objects.filter(kind="partnership.sent_back").values_list(
        "user", flat=True
    )
    assert examiner.pk in told


def test_without_a_reason_nothing_goes_back_to_the_examiner(examined):
    partnership, _first = examined

    with pytest.raises(ValidationError, match="Alasan wajib"):
        vetting.send_back(
            partnership, reason=" ", by=person(Role.UNIT_HEAD, partnership.office)
        )


def test_what_came_back_is_examined_and_decided_again(examined):
    partnership, _first = examined
    head = person(Role.UNIT_HEAD, partnership.office)
    vetting.send_back(partnership, reason="Periksa lagi", by=head)

    vetting.verify(partnership, answers(), by=partnership.handler)
    vetting.approve(partnership, by=head)

    partnership.refresh_from_db()
    assert (partnership.status, partnership.reason) == (Status.APPROVED, "")


def test_what_came_back_to_the_examiner_is_closed_to_the_applicant(examined):
    partnership, _first = examined
    vetting.send_back(
        partnership,
        reason="Periksa lagi",
        by=person(Role.UNIT_HEAD, partnership.office),
    )

    assert not partnership.is_being_registered


def test_a_decision_from_a_stale_tab_says_what_happened_since(sign_in, examined):
    partnership, _first = examined
    client = sign_in(person(Role.UNIT_HEAD, partnership.office))
    seen = partnership.revision
    other = person(Role.UNIT_HEAD, partnership.office)
    vetting.send_back(partnership, reason="Periksa lagi", by=other)
    vetting.verify(partnership, answers(), by=partnership.handler)

    response = client.post(url(partnership), {"verdict": "approved", "revision": seen})

    partnership.refresh_from_db()
    assert partnership.status == Status.VERIFYING
    assert response.context["form"].is_stale


@pytest.mark.django_db(transaction=True)
def test_of_twenty_decisions_at_once_one_wins_and_the_others_are_told():
    partnership = PartnershipFactory(status=Status.VERIFYING)
    heads = [person(Role.UNIT_HEAD, partnership.office).pk for _each in range(TIMES)]
    services = [
        vetting.approve,
        lambda row, by: vetting.decline(row, reason="Di luar wilayah", by=by),
        lambda row, by: vetting.return_for_repair(row, reason="Alamat?", by=by),
    ]

    def decide(number):
        try:
            services[number % len(services)](
                Partnership.objects.get(pk=partnership.pk),
                by=User.objects.get(pk=heads[number]),
            )
        except ValidationError as refusal:
            return refusal.messages[0]
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(TIMES) as pool:
        said = list(pool.map(decide, range(TIMES)))

    partnership.refresh_from_db()
    moves = Entry.objects.about(partnership).values_list("action", flat=True)
    assert list(moves) == [f"partnership.{partnership.status}"]
    assert said.count(None) == 1
    assert all("tidak dapat dilakukan" in words for words in said if words)
