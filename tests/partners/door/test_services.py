"""A code is printed, used once, and never gives more than its record."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from partners.door import services
from partners.models import Partnership, Representative, Slip
from pokmas.accounts.models import Assignment
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.notices.models import Notice
from tests.factories import (
    PartnershipFactory,
    RepresentativeFactory,
    UnitFactory,
    UserFactory,
    VolunteerFactory,
    person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def operator(unit):
    return person(Role.UNIT_OPERATOR, unit)


def owner_of(kind, unit, **answers):
    factory = PartnershipFactory if kind == "partner" else VolunteerFactory
    return factory(office=unit, **answers)


def leader():
    user = UserFactory()
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    return user


def code_of(owner, operator, seed="1"):
    return services.print_slip(owner, seed=seed, by=operator)[1]


def acts_for(user):
    """The partners and volunteers of this user, and his roles."""
    return (
        [row.partner for row in Representative.objects.filter(user=user)],
        [*user.volunteers.all()],
        [(row.role, row.office) for row in Assignment.objects.filter(user=user)],
    )


def test_the_leader_acts_for_the_partner_and_nothing_else(unit, operator):
    partnership = PartnershipFactory(office=unit, status="active")
    other = PartnershipFactory(office=unit, status="active")
    code = code_of(partnership, operator)
    user = leader()

    services.take_over(code, by=user)

    assert acts_for(user) == ([partnership.partner], [], [(Role.PARTNER, unit)])
    assert not other.is_represented_by(user)
    entry = Entry.objects.about(partnership).order_by("pk").last()
    assert (entry.actor, entry.action) == (user, "partnership.taken_over")
    told = Notice.objects.filter(user=operator)
    assert [notice.kind.split(".")[1] for notice in told] == ["taken_over"]


def test_a_volunteer_takes_over_his_own_record(unit, operator):
    volunteer = VolunteerFactory(office=unit)
    user = leader()

    services.take_over(code_of(volunteer, operator), by=user)

    assert acts_for(user) == ([], [volunteer], [(Role.VOLUNTEER, unit)])


@pytest.mark.parametrize("kind", ["partner", "volunteer"])
@pytest.mark.parametrize("written", ["", "loket@contoh.test"])
def test_an_empty_address_is_filled_from_the_account(unit, operator, kind, written):
    owner = owner_of(kind, unit, email=written)
    user = leader()

    services.take_over(code_of(owner, operator), by=user)

    owner.refresh_from_db()
    assert owner.email == (written or user.email)


@pytest.mark.parametrize("kind", ["partner", "volunteer"])
def test_no_code_is_kept_that_anybody_could_read(unit, operator, kind):
    owner = owner_of(kind, unit, status="submitted")

    code = code_of(owner, operator)

    kept = [str(value) for value in Slip.objects.values().get().values()]
    assert [
        text for text in kept if code in text or code.replace("-", "") in text
    ] == []
    said = [entry.details for entry in Entry.objects.about(owner)]
    assert code not in str(said)


def test_the_same_page_sent_twice_gives_one_code(unit, operator):
    partnership = PartnershipFactory(office=unit, status="submitted")

    first = services.print_slip(partnership, seed="same", by=operator)
    second = services.print_slip(partnership, seed="same", by=operator)

    assert first == second
    assert Slip.objects.count() == 1


def test_a_new_slip_ends_the_one_before(unit, operator):
    partnership = PartnershipFactory(office=unit, status="submitted")
    old, new = code_of(partnership, operator, "1"), code_of(partnership, operator, "2")
    first, second = leader(), leader()

    with pytest.raises(ValidationError) as refusal:
        services.take_over(old, by=first)
    services.take_over(new, by=second)

    assert refusal.value.messages == [services.REFUSAL]
    assert acts_for(first)[0] == []
    assert acts_for(second)[0] == [partnership.partner]


def test_a_page_of_an_ended_code_gives_it_no_second_life(unit, operator):
    partnership = PartnershipFactory(office=unit, status="submitted")
    code_of(partnership, operator, "1")
    services.revoke(partnership, by=operator)

    with pytest.raises(ValidationError, match="tidak berlaku"):
        code_of(partnership, operator, "1")

    assert Slip.objects.open().count() == 0


def over(slip, partnership, user):
    Slip.objects.update(ends_on=partnership.office.today - timedelta(days=1))


def revoked(slip, partnership, user):
    services.revoke(partnership, by=slip.printed_by)


def used(slip, partnership, user):
    RepresentativeFactory(partner=partnership)


def ended(slip, partnership, user):
    Partnership.objects.update(status="ended", reason="Alasan uji")


@pytest.mark.parametrize("happens", [over, revoked, used, ended])
def test_a_code_that_holds_no_more_is_refused_as_one_that_never_was(
    unit, operator, happens
):
    partnership = PartnershipFactory(office=unit, status="active")
    code, user = code_of(partnership, operator), leader()
    happens(Slip.objects.get(), partnership, user)
    said = []

    for tried in (code, "2222-2222-2222"):
        with pytest.raises(ValidationError) as refusal:
            services.take_over(tried, by=user)
        said.append(refusal.value.messages)

    assert said == [[services.REFUSAL], [services.REFUSAL]]
    assert acts_for(user) == ([], [], [])


def test_a_code_is_used_once(unit, operator):
    partnership = PartnershipFactory(office=unit, status="active")
    code, first, second = code_of(partnership, operator), leader(), leader()
    services.take_over(code, by=first)

    again = services.take_over(code, by=first)
    with pytest.raises(ValidationError):
        services.take_over(code, by=second)

    assert again == partnership
    assert partnership.partner.representatives.get().user == first


@pytest.mark.parametrize("role", [Role.UNIT_OPERATOR, Role.HEADQUARTERS])
def test_no_officer_takes_over_an_account(unit, operator, role):
    partnership = PartnershipFactory(office=unit, status="active")
    code = code_of(partnership, operator)

    with pytest.raises(ValidationError, match="akun petugas"):
        services.take_over(code, by=person(role))

    assert not partnership.partner.representatives.exists()


def test_nobody_takes_over_before_his_address_is_proved(unit, operator):
    partnership = PartnershipFactory(office=unit, status="active")
    code = code_of(partnership, operator)

    with pytest.raises(ValidationError, match="alamat surel"):
        services.take_over(code, by=UserFactory())

    assert Slip.objects.open().count() == 1


def test_who_is_a_volunteer_already_is_none_twice(unit, operator):
    user = leader()
    VolunteerFactory(user=user, office=unit)
    code = code_of(VolunteerFactory(office=unit), operator)

    with pytest.raises(ValidationError) as refusal:
        services.take_over(code, by=user)

    assert refusal.value.messages == [services.REFUSAL]


def test_of_a_partner_with_an_account_no_slip_is_printed(unit, operator):
    partnership = RepresentativeFactory(
        partner=PartnershipFactory(office=unit, status="active")
    ).partnership

    with pytest.raises(ValidationError, match="sudah dipegang"):
        code_of(partnership, operator)
