"""Profile and consents, and who may change what a role may do."""

import pytest
from django.core.exceptions import ValidationError

from pokmas.accounts.models import Consent, ConsentText, RoleOverride, User
from pokmas.accounts.roles import Role, permissions_of
from pokmas.accounts.services import own, roles
from pokmas.audit.models import Entry
from tests.factories import AssignmentFactory, UserFactory, person
from tests.racing import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def text():
    return ConsentText.objects.newest(ConsentText.ACCOUNT)


def test_a_profile_is_changed_and_its_history_kept():
    one = UserFactory(full_name="Ani")

    own.update_profile(one, full_name="Ani Lestari", phone="+6281234567890")

    one.refresh_from_db()
    assert (one.full_name, one.phone) == ("Ani Lestari", "+6281234567890")
    assert Entry.objects.about(one).get().action == "user.changed"


def test_consent_is_given_once(text):
    one = UserFactory()
    own.give_consent(one, text)

    with pytest.raises(ValidationError, match="sudah Anda setujui"):
        own.give_consent(one, text)


@pytest.mark.django_db(transaction=True)
def test_of_two_presses_at_once_one_gives_the_consent(text):
    one = UserFactory()

    def give():
        try:
            return own.give_consent(one, text)
        except ValidationError as refusal:
            return refusal.messages

    given = at_once("accounts_consent", give, give)

    assert ["Naskah ini sudah Anda setujui."] in given
    assert Consent.objects.count() == 1


def test_withdrawing_closes_the_account_of_a_volunteer(text):
    one = person(Role.VOLUNTEER)
    consent = own.give_consent(one, text)

    closed = own.withdraw_consent(consent, by=one)

    one = User.objects.get(pk=one.pk)
    consent.refresh_from_db()
    assert closed
    assert not one.is_active
    assert one.acting is None
    assert consent.withdrawn_at is not None
    actions = [entry.action for entry in Entry.objects.about(one).order_by("pk")]
    assert actions == ["consent.given", "consent.withdrawn"]


def test_an_officer_keeps_his_account_and_loses_the_community_role(text):
    one = person(Role.UNIT_OPERATOR)
    AssignmentFactory(user=one, role=Role.VOLUNTEER)
    consent = own.give_consent(one, text)

    closed = own.withdraw_consent(consent, by=one)

    one = User.objects.get(pk=one.pk)
    assert not closed
    assert one.is_active
    assert [a.role for a in one.assignments.current()] == [Role.UNIT_OPERATOR]


def test_only_the_owner_withdraws_and_only_once(text):
    one = person(Role.VOLUNTEER)
    consent = own.give_consent(one, text)

    with pytest.raises(ValidationError, match="pemiliknya"):
        own.withdraw_consent(consent, by=UserFactory())
    own.withdraw_consent(consent, by=one)
    with pytest.raises(ValidationError, match="sudah ditarik"):
        own.withdraw_consent(consent, by=one)


def test_a_withdrawn_consent_may_be_given_again(text):
    one = person(Role.UNIT_OPERATOR)
    own.withdraw_consent(own.give_consent(one, text), by=one)

    own.give_consent(one, text)

    assert Consent.objects.filter(user=one).count() == 2


def test_headquarters_changes_what_a_role_may_do():
    admin = person(Role.HEADQUARTERS)

    roles.change_roles(
        "outreach.judge_programme",
        {Role.UNIT_HEAD, Role.REGIONAL_ADMIN},
        reason="Uji coba",
        by=admin,
    )

    assert "outreach.judge_programme" in permissions_of(Role.REGIONAL_ADMIN)
    entry = Entry.objects.get(action="role.changed")
    assert entry.details == {
        "permission": "outreach.judge_programme",
        "given": ["regional_admin"],
        "reason": "Uji coba",
    }


def test_back_to_the_table_leaves_no_trace_in_it():
    admin = person(Role.HEADQUARTERS)
    name = "outreach.judge_programme"
    roles.change_roles(name, set(), reason="Tutup", by=admin)

    roles.change_roles(name, {Role.UNIT_HEAD}, reason="Buka", by=admin)

    assert not RoleOverride.objects.exists()
    assert Entry.objects.filter(action="role.changed").count() == 2


@pytest.mark.parametrize(
    ("name", "wanted", "message"),
    [
        ("accounts.change_role", {Role.REGIONAL_ADMIN}, "terkunci"),
        ("accounts.view_role", set(), "terkunci"),
        ("outreach.judge_programme", {Role.UNIT_HEAD, Role.PARTNER}, "terkunci"),
        ("outreach.judge_programme", {Role.UNIT_HEAD}, "Tidak ada yang berubah"),
        ("partners.fly", {Role.UNIT_HEAD}, "tidak dikenal"),
    ],
)
def test_some_changes_of_the_table_are_refused(name, wanted, message):
    with pytest.raises(ValidationError, match=message):
        roles.change_roles(name, wanted, reason="x", by=person(Role.HEADQUARTERS))

    assert not RoleOverride.objects.exists()


@pytest.mark.parametrize("role", [r for r in Role if r != Role.HEADQUARTERS])
def test_only_headquarters_changes_the_table(role):
    with pytest.raises(ValidationError, match="Hanya Admin Pusat"):
        roles.change_roles(
            "outreach.judge_programme", set(), reason="x", by=person(role)
        )
