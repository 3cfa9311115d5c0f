import pytest
from django.core.exceptions import ValidationError

from partners.models import Partnership
from partners.standing import services
from partners.standing import services as standing
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from tests.factories import (
    GroupMembershipFactory,
    PartnershipFactory,
    RepresentativeFactory,
    person,
)

pytestmark = pytest.mark.django_db
Status = Partnership.Status


def head_of(partner):
    return person(Role.UNIT_HEAD, partner.office)


def test_activate_makes_an_approved_partner_active():
    partner = PartnershipFactory(status=Status.APPROVED)
    by = head_of(partner)

    services.activate(partner, by=by)

    partner.refresh_from_db()
    assert partner.status == Status.ACTIVE
    entry = Entry.objects.about(partner).get()
    assert (entry.actor, entry.action) == (by, "partnership.active")


def test_activate_twice_is_harmless():
    partner = PartnershipFactory(status=Status.ACTIVE)

    services.activate(partner, by=head_of(partner))

    assert Entry.objects.about(partner).count() == 0


@pytest.mark.parametrize(
    "status", [s for s in Status if s not in {Status.APPROVED, Status.ACTIVE}]
)
def test_activate_refuses_every_other_status(status):
    partner = PartnershipFactory(status=status)

    with pytest.raises(ValidationError, match="tidak dapat diaktifkan"):
        services.activate(partner, by=head_of(partner))


def test_suspend_and_resume_leave_their_reason_in_the_history():
    partner = RepresentativeFactory(partner__status=Status.ACTIVE).partnership
    by = head_of(partner)

    standing.suspend(partner, reason="Izin habis", by=by)
    assert (partner.status, partner.reason) == (Status.SUSPENDED, "Izin habis")
    standing.resume(partner, by=by)

    partner.refresh_from_db()
    assert (partner.status, partner.reason) == (Status.ACTIVE, "")
    suspended = Entry.objects.about(partner).get(action="partnership.suspended")
    assert suspended.details["reason"] == "Izin habis"
    assert Entry.objects.about(partner).latest("pk").action == "partnership.resumed"


def test_suspend_without_a_reason_is_refused():
    partner = PartnershipFactory(status=Status.ACTIVE)

    with pytest.raises(ValidationError, match="Alasan wajib"):
        standing.suspend(partner, reason=" ", by=head_of(partner))


@pytest.mark.parametrize("status", [s for s in Status if s != Status.ACTIVE])
def test_suspend_refuses_every_other_status(status):
    partner = PartnershipFactory(status=status)

    with pytest.raises(ValidationError, match="tidak dapat"):
        standing.suspend(partner, reason="Alasan", by=head_of(partner))


@pytest.mark.parametrize("status", [s for s in Status if s != Status.SUSPENDED])
def test_resume_refuses_every_other_status(status):
    partner = PartnershipFactory(status=status)

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        standing.resume(partner, by=head_of(partner))


def test_end_ends_the_memberships_too():
    membership = GroupMembershipFactory()
    partner = membership.partnership

    standing.end(partner, reason="Lembaga bubar", by=head_of(partner))

    membership.refresh_from_db()
    partner.refresh_from_db()
    assert (partner.status, membership.ends_on) == (
        Status.ENDED,
        partner.office.today,
    )


@pytest.mark.parametrize(
    "status",
    [s for s in Status if s not in {Status.APPROVED, Status.ACTIVE, Status.SUSPENDED}],
)
def test_end_refuses_every_other_status(status):
    partner = PartnershipFactory(status=status)

    with pytest.raises(ValidationError, match="tidak dapat"):
        standing.end(partner, reason="Alasan", by=head_of(partner))
