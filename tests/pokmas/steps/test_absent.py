"""Why the next button is not there, in one sentence where it would stand."""

from datetime import timedelta

import pytest

from partners.groups import services as groups
from partners.models import Partnership
from pokmas.accounts.models import Assignment
from pokmas.accounts.roles import Role
from pokmas.steps.actions import actions_of
from tests.factories import (
    CommunityGroupFactory,
    GroupMembershipFactory,
    PartnershipFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db
Status = Partnership.Status


def post(user, role, office, *, since=0, until=30, **more):
    today = office.today
    return Assignment.objects.create(
        user=user,
        role=role,
        office=office,
        starts_on=today + timedelta(days=since),
        ends_on=today + timedelta(days=until),
        **more,
    )


@pytest.fixture
def examined():
    """A registration that waits for the head, and who examined it."""
    partnership = PartnershipFactory(status=Status.VERIFYING)
    operator = person(Role.UNIT_OPERATOR, partnership.office)
    Partnership.objects.filter(pk=partnership.pk).update(verified_by=operator)
    partnership.refresh_from_db()
    return partnership, operator


def said(record, user):
    return str(actions_of(record, user).absent)


def test_a_head_reads_that_it_is_his_own_entry(sign_in, examined):
    partnership, _operator = examined
    head = person(Role.UNIT_HEAD, partnership.office)
    Partnership.objects.filter(pk=partnership.pk).update(created_by=head)

    page = sign_in(head).get(partnership.get_absolute_url())

    assert '<p class="absent">Langkah ini harus dilakukan orang lain' in page.text


def test_a_head_reads_that_it_is_his_own_application(examined):
    partnership, _operator = examined
    head = person(Role.UNIT_HEAD, partnership.office)
    RepresentativeFactory(partner=partnership.partner, user=head)

    assert "Anda mewakili mitra" in said(partnership, head)


def test_a_head_who_assessed_a_group_reads_why_he_does_not_establish_it():
    group = CommunityGroupFactory()
    GroupMembershipFactory(group=group)
    head = person(Role.UNIT_HEAD, group.office)
    groups.assess(group, assessment="Layak", by=head)

    assert "orang lain" in said(group, head)


def test_an_operator_who_stands_in_is_told_where_to_change_his_post(examined):
    partnership, _operator = examined
    other = person(Role.UNIT_OPERATOR, partnership.office)
    post(other, Role.UNIT_HEAD, partnership.office, capacity="daily_acting")

    text = said(partnership, other)

    assert f"sebagai Plh. Kepala UPT · {partnership.office}: pilih peran itu" in text


def test_a_substitute_who_examined_it_is_told_that_another_must_decide(examined):
    partnership, operator = examined
    post(operator, Role.UNIT_HEAD, partnership.office, capacity="daily_acting")

    assert "orang lain" in said(partnership, operator)


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [(2, 30, "baru mulai"), (-30, -1, "berakhir"), (-300, -200, "")],
)
def test_a_substitute_out_of_term_reads_when_it_begins_or_ended(
    examined, since, until, words
):
    partnership, _operator = examined
    other = person(Role.UNIT_OPERATOR, partnership.office)
    post(
        *(other, Role.UNIT_HEAD, partnership.office),
        since=since,
        until=until,
        capacity="daily_acting",
    )

    text = said(partnership, other)

    assert (words in text, bool(text)) == (True, bool(words))


def test_who_heads_another_office_reads_that_it_is_not_his(examined):
    partnership, _operator = examined
    other = person(Role.UNIT_OPERATOR, partnership.office)
    elsewhere = UnitFactory(parent=partnership.office.region)
    post(other, Role.UNIT_HEAD, elsewhere, until=300, capacity="acting")

    text = said(partnership, other)

    assert f"Kepala UPT · {elsewhere} Anda tidak berwenang" in text


@pytest.mark.parametrize("role", [Role.UNIT_OPERATOR, Role.AMBASSADOR, Role.PARTNER])
def test_whose_turn_it_never_is_reads_it_on_the_turn_card_alone(examined, role):
    partnership, _operator = examined

    assert said(partnership, person(role, partnership.office)) == ""


def test_where_there_is_a_button_nothing_is_said(examined):
    partnership, _operator = examined
    head = person(Role.UNIT_HEAD, partnership.office)

    actions = actions_of(partnership, head)

    assert (actions.first.step.name, actions.absent) == ("decide", "")
