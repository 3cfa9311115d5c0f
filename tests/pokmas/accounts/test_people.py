"""Inviting, appointing, ending, closing: the rules, on the services."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.utils import timezone

from pokmas.accounts import invitations
from pokmas.accounts.models import Assignment, User
from pokmas.accounts.roles import APPOINTS, LEVELS, Role
from pokmas.accounts.services import people
from pokmas.audit.models import Entry
from tests.factories import (
    AssignmentFactory,
    HeadquartersFactory,
    PostFactory,
    RegionFactory,
    UnitFactory,
    UserFactory,
    person,
)

pytestmark = pytest.mark.django_db
NEW = {"email": "baru@contoh.test", "full_name": "Orang Baru"}


@pytest.fixture
def tree():
    """A branch with a person of every role in it, and another region."""
    hq = HeadquartersFactory()
    region = RegionFactory(parent=hq)
    unit = UnitFactory(parent=region)
    offices = {
        "headquarters": hq,
        "regional": region,
        "unit": unit,
        "post": PostFactory(parent=unit),
    }
    return offices


def home_of(role, tree):
    level = next(name for name in tree if name in LEVELS[role])
    return tree[level]


@pytest.mark.parametrize("given", Role)
@pytest.mark.parametrize("by", Role)
def test_each_role_appoints_exactly_the_roles_below_it(tree, by, given):
    admin = person(by, home_of(by, tree))
    office = home_of(given, tree)
    fits = given in APPOINTS.get(by, ()) and admin.acting.office.is_above(office)

    try:
        people.invite(Assignment(role=given, office=office), **NEW, by=admin)
    except ValidationError:
        assert not fits
        assert not User.objects.filter(email=NEW["email"]).exists()
    else:
        assert fits


def test_an_invited_person_has_an_account_a_role_and_no_password(tree):
    admin = person(Role.REGIONAL_ADMIN, tree["regional"])

    invited = people.invite(
        Assignment(role=Role.UNIT_OPERATOR, office=tree["unit"]), **NEW, by=admin
    )

    assert invited.is_invited
    assert invited.acting.role == Role.UNIT_OPERATOR
    assert invited.acting.created_by == admin
    assert not EmailAddress.objects.get(user=invited).verified
    entry = Entry.objects.about(invited).get()
    assert (entry.actor, entry.action) == (admin, "user.assigned")


def test_no_role_is_given_outside_the_own_branch(tree):
    admin = person(Role.REGIONAL_ADMIN, tree["regional"])
    elsewhere = Assignment(role=Role.UNIT_OPERATOR, office=UnitFactory())

    with pytest.raises(ValidationError, match="di luar lingkup"):
        people.invite(elsewhere, **NEW, by=admin)


def test_no_role_is_given_at_a_level_that_does_not_have_it(tree):
    admin = person(Role.HEADQUARTERS, tree["headquarters"])
    misplaced = Assignment(role=Role.UNIT_HEAD, office=tree["regional"])

    with pytest.raises(ValidationError, match="tidak ada di Kanwil"):
        people.invite(misplaced, **NEW, by=admin)


def test_no_role_is_given_at_a_closed_office(tree):
    admin = person(Role.REGIONAL_ADMIN, tree["regional"])
    closed = UnitFactory(parent=tree["regional"], is_active=False)

    with pytest.raises(ValidationError, match="sudah ditutup"):
        people.invite(
            Assignment(role=Role.UNIT_OPERATOR, office=closed), **NEW, by=admin
        )


def test_nobody_gives_a_role_to_himself(tree):
    head = person(Role.UNIT_HEAD, tree["unit"])
    wanted = Assignment(role=Role.UNIT_OPERATOR, office=tree["unit"])

    with pytest.raises(ValidationError, match="diri sendiri"):
        people.invite(wanted, email=head.email, full_name="Saya", by=head)
    with pytest.raises(ValidationError, match="diri sendiri"):
        people.assign(wanted, head, by=head)


def test_a_colleague_with_an_account_keeps_it(tree):
    head = person(Role.UNIT_HEAD, tree["unit"])
    colleague = person(Role.UNIT_OPERATOR, UnitFactory())
    EmailAddress.objects.create(user=colleague, email=colleague.email, verified=True)

    invited = people.invite(
        Assignment(role=Role.AMBASSADOR, office=tree["unit"]),
        email=colleague.email.upper(),
        full_name="Nama lain",
        owner=colleague.pk,
        by=head,
    )

    assert invited == colleague
    assert invited.full_name == colleague.full_name
    assert not invited.is_invited


@pytest.mark.parametrize("shown", [None, 0])
def test_nobody_is_given_a_role_by_an_address_alone(tree, shown):
    head = person(Role.UNIT_HEAD, tree["unit"])
    colleague = person(Role.UNIT_OPERATOR, UnitFactory())

    with pytest.raises(people.AddressInUse) as refusal:
        people.invite(
            Assignment(role=Role.AMBASSADOR, office=tree["unit"]),
            email=colleague.email,
            full_name="Nama lain",
            owner=shown,
            by=head,
        )

    assert refusal.value.owner == colleague
    assert colleague.assignments.count() == 1


def test_whoever_signed_up_with_an_address_he_never_proved_gets_nothing(tree):
    head = person(Role.UNIT_HEAD, tree["unit"])
    squatter = UserFactory(email="kepala@contoh.test", full_name="Penyerobot")

    invited = people.invite(
        Assignment(role=Role.UNIT_OPERATOR, office=tree["unit"]),
        email=squatter.email,
        full_name="Pemilik Surel",
        owner=squatter.pk,
        by=head,
    )

    assert invited.is_invited
    assert invited.full_name == "Pemilik Surel"


def test_a_closed_account_is_not_invited(tree):
    head = person(Role.UNIT_HEAD, tree["unit"])
    closed = UserFactory(is_active=False)

    with pytest.raises(ValidationError, match="dinonaktifkan"):
        people.invite(
            Assignment(role=Role.UNIT_OPERATOR, office=tree["unit"]),
            email=closed.email,
            full_name="X",
            by=head,
        )


def test_accepting_proves_the_address_and_ends_the_link(tree):
    admin = person(Role.REGIONAL_ADMIN, tree["regional"])
    invited = people.invite(
        Assignment(role=Role.UNIT_OPERATOR, office=tree["unit"]), **NEW, by=admin
    )
    token = invitations.link_for(invited).rstrip("/").rsplit("/", 1)[1]
    assert invitations.user_of(token) == invited

    people.accept_invitation(invited, "kata-sandi-yang-panjang")

    invited.refresh_from_db()
    assert invited.check_password("kata-sandi-yang-panjang")
    assert EmailAddress.objects.get(user=invited).verified
    assert invitations.user_of(token) is None


def test_a_renewed_invitation_ends_the_earlier_link(tree):
    admin = person(Role.REGIONAL_ADMIN, tree["regional"])
    invited = people.invite(
        Assignment(role=Role.UNIT_OPERATOR, office=tree["unit"]), **NEW, by=admin
    )
    first = invitations.link_for(invited).rstrip("/").rsplit("/", 1)[1]

    people.renew_invitation(invited, by=admin)

    invited.refresh_from_db()
    second = invitations.link_for(invited).rstrip("/").rsplit("/", 1)[1]
    assert invitations.user_of(first) is None
    assert invitations.user_of(second) == invited


def test_an_invitation_ends_after_seven_days(tree, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    admin = person(Role.REGIONAL_ADMIN, tree["regional"])
    invited = people.invite(
        Assignment(role=Role.UNIT_OPERATOR, office=tree["unit"]), **NEW, by=admin
    )
    token = invitations.link_for(invited).rstrip("/").rsplit("/", 1)[1]

    time_machine.shift(timedelta(days=6, hours=23))
    assert invitations.user_of(token) == invited
    time_machine.shift(timedelta(hours=2))
    assert invitations.user_of(token) is None


def test_an_altered_link_invites_nobody(tree):
    assert invitations.user_of("WzEsIngiXQ:1xxxxx:abc") is None
    assert invitations.user_of("") is None


def test_an_ended_assignment_is_void_at_once(tree):
    head = person(Role.UNIT_HEAD, tree["unit"])
    operator = person(Role.UNIT_OPERATOR, tree["unit"])

    people.end_assignment(
        operator.acting, on=timezone.localdate(), reason="Pindah", by=head
    )

    assert User.objects.get(pk=operator.pk).acting is None
    entry = Entry.objects.about(operator).get(action="user.unassigned")
    assert entry.details["reason"] == "Pindah"


def test_an_assignment_may_be_given_a_later_last_day(tree):
    head = person(Role.UNIT_HEAD, tree["unit"])
    operator = person(Role.UNIT_OPERATOR, tree["unit"])
    last = timezone.localdate() + timedelta(10)

    people.end_assignment(operator.acting, on=last, reason="Pensiun", by=head)

    operator = User.objects.get(pk=operator.pk)
    assert operator.acting.ends_on == last
    assert operator.acting.ended_at is None


@pytest.mark.parametrize(
    ("on", "reason", "message"),
    [
        (timedelta(-1), "Pindah", "tidak boleh sudah lewat"),
        (timedelta(0), "  ", "alasannya"),
    ],
)
def test_an_end_in_the_past_or_without_a_reason_is_refused(tree, on, reason, message):
    head = person(Role.UNIT_HEAD, tree["unit"])
    operator = person(Role.UNIT_OPERATOR, tree["unit"])

    with pytest.raises(ValidationError, match=message):
        people.end_assignment(
            operator.acting, on=timezone.localdate() + on, reason=reason, by=head
        )


def test_nobody_ends_an_assignment_of_his_own_kind(tree):
    head = person(Role.UNIT_HEAD, tree["unit"])
    other = person(Role.UNIT_HEAD, tree["unit"])

    with pytest.raises(ValidationError, match="di luar wewenang"):
        people.end_assignment(
            other.acting, on=timezone.localdate(), reason="Tidak suka", by=head
        )


def test_a_deactivated_account_is_closed_and_opened_again(tree):
    admin = person(Role.REGIONAL_ADMIN, tree["regional"])
    operator = person(Role.UNIT_OPERATOR, tree["unit"])

    people.deactivate(operator, reason="Mutasi", by=admin)
    assert not User.objects.get(pk=operator.pk).is_active

    people.reactivate(operator, reason="Kembali", by=admin)
    assert User.objects.get(pk=operator.pk).is_active
    actions = Entry.objects.about(operator).order_by("pk")
    assert [entry.action for entry in actions] == [
        "user.deactivated",
        "user.reactivated",
    ]


def test_an_account_that_also_serves_elsewhere_is_not_closed_from_here(tree):
    admin = person(Role.REGIONAL_ADMIN, tree["regional"])
    operator = person(Role.UNIT_OPERATOR, tree["unit"])
    AssignmentFactory(user=operator, office=UnitFactory())

    with pytest.raises(ValidationError, match="di luar wewenang"):
        people.deactivate(operator, reason="Mutasi", by=admin)


def test_where_somebody_served_long_ago_does_not_matter(tree):
    admin = person(Role.REGIONAL_ADMIN, tree["regional"])
    operator = person(Role.UNIT_OPERATOR, tree["unit"])
    yesterday = timezone.localdate() - timedelta(1)
    AssignmentFactory(
        user=operator, office=UnitFactory(), starts_on=yesterday, ends_on=yesterday
    )

    people.deactivate(operator, reason="Mutasi", by=admin)

    assert not User.objects.get(pk=operator.pk).is_active


@pytest.mark.parametrize("role", [Role.PARTNER, Role.VOLUNTEER])
def test_a_head_closes_the_account_of_a_partner_or_volunteer_of_his_unit(tree, role):
    head = person(Role.UNIT_HEAD, tree["unit"])
    one = person(role, tree["unit"])

    people.deactivate(one, reason="Permintaan sendiri", by=head)

    assert not User.objects.get(pk=one.pk).is_active


@pytest.mark.parametrize(
    "verb", [people.deactivate, people.reactivate, people.reset_second_factor]
)
def test_nobody_manages_himself_or_whoever_is_above_him(tree, verb):
    head = person(Role.UNIT_HEAD, tree["unit"])
    admin = person(Role.REGIONAL_ADMIN, tree["regional"])

    with pytest.raises(ValidationError, match="akun sendiri"):
        verb(head, reason="x", by=head)
    with pytest.raises(ValidationError, match="di luar wewenang"):
        verb(admin, reason="x", by=head)
    with pytest.raises(ValidationError, match="tidak mengelola akun"):
        verb(head, reason="x", by=person(Role.UNIT_OPERATOR, tree["unit"]))


def test_a_lost_second_factor_is_taken_off_with_a_reason(tree):
    head = person(Role.UNIT_HEAD, tree["unit"])
    operator = person(Role.UNIT_OPERATOR, tree["unit"])
    Authenticator.objects.create(user=operator, type="totp", data={})
    Authenticator.objects.create(user=operator, type="recovery_codes", data={})

    people.reset_second_factor(operator, reason="Ponsel hilang", by=head)

    assert not Authenticator.objects.filter(user=operator).exists()
    entry = Entry.objects.about(operator).get()
    assert (entry.actor, entry.action) == (head, "user.second_factor_reset")
    with pytest.raises(ValidationError, match="belum memakai"):
        people.reset_second_factor(operator, reason="Lagi", by=head)


def test_a_substitute_head_acts_as_head_for_his_term(tree):
    admin = person(Role.REGIONAL_ADMIN, tree["regional"])
    operator = person(Role.UNIT_OPERATOR, tree["unit"])
    today = timezone.localdate()

    people.assign(
        Assignment(
            role=Role.UNIT_HEAD,
            office=tree["unit"],
            capacity="daily_acting",
            starts_on=today,
            ends_on=today + timedelta(7),
        ),
        operator,
        by=admin,
    )

    heads = Assignment.objects.holding([Role.UNIT_HEAD], tree["unit"])
    assert [str(head) for head in heads] == [f"Plh. Kepala UPT · {tree['unit']}"]
