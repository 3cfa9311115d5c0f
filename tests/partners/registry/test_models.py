from datetime import date

import pytest
from django.db import IntegrityError, transaction

from partners.models import CommunityGroup, Finding, Partnership
from partners.registry import sections
from pokmas.accounts.roles import Role
from tests.factories import (
    CommunityGroupFactory,
    CriterionFactory,
    DocumentFactory,
    GroupMembershipFactory,
    PartnershipFactory,
    RepresentativeFactory,
    UserFactory,
    person,
)

pytestmark = pytest.mark.django_db
Status = Partnership.Status


@pytest.mark.parametrize(
    "text",
    [
        "harapan",
        "HARAPAN bangsa",
        "bangsa harapan",
        "Harpan Bangsa",
        "oebobo",
        "AHU-0012",
        "magdalena",
        "7KQM-2XVD-9TRB",
    ],
)
def test_search_finds_by_name_leader_village_and_number_with_typing_errors(text):
    found = PartnershipFactory(
        name="Yayasan Harapan Bangsa",
        leader_name="Magdalena Uji",
        village="Oebobo",
        registration_number="AHU-0012.AH.01.04",
        reference="7KQM-2XVD-9TRB",
    )
    PartnershipFactory(name="Bengkel Maju Jaya", village="Kelapa Lima")

    assert list(Partnership.objects.search(text)) == [found]


@pytest.mark.parametrize("text", ["", "  ", "\0"])
def test_search_for_nothing_leaves_all(text):
    partner = PartnershipFactory()

    assert list(Partnership.objects.search(text)) == [partner]


def test_group_search_forgives_typing_errors():
    found = CommunityGroupFactory(name="Pokmas Oebobo Mandiri")
    CommunityGroupFactory(name="Kelompok Tani Sabu")

    assert list(CommunityGroup.objects.search("oebbo mandiri")) == [found]


def test_an_applicants_draft_is_seen_by_himself_alone():
    row = RepresentativeFactory(partner__is_self_registered=True)
    operator = person(Role.UNIT_OPERATOR, row.partnership.office)
    stranger = person(Role.PARTNER, row.partnership.office)

    assert list(Partnership.objects.visible_to(row.user)) == [row.partnership]
    assert list(Partnership.objects.visible_to(operator)) == []
    assert list(Partnership.objects.visible_to(stranger)) == []


def test_what_waits_for_whom():
    applicant = RepresentativeFactory(
        partner__is_self_registered=True, partner__status=Status.RETURNED
    )
    office = applicant.partnership.office
    draft = PartnershipFactory(office=office)
    submitted = PartnershipFactory(office=office, status=Status.SUBMITTED)
    verifying = PartnershipFactory(office=office, status=Status.VERIFYING)
    own = PartnershipFactory(office=office, status=Status.VERIFYING)
    head = person(Role.UNIT_HEAD, office)
    Partnership.objects.filter(pk=own.pk).update(submitted_by=head)

    waiting = Partnership.objects.awaiting
    assert set(waiting(applicant.user)) == {applicant.partnership}
    assert set(waiting(person(Role.UNIT_OPERATOR, office))) == {draft, submitted}
    assert set(waiting(head)) == {verifying}
    assert set(waiting(UserFactory())) == set()


def test_the_turn_of_a_returned_registration_is_the_applicants():
    row = RepresentativeFactory(
        partner__is_self_registered=True, partner__status=Status.RETURNED
    )
    office = row.partnership.office
    entered = PartnershipFactory(office=office, status=Status.RETURNED)

    operator = person(Role.UNIT_OPERATOR, office)
    assert row.partnership.is_turn_of(row.user)
    assert not row.partnership.is_turn_of(operator)
    assert entered.is_turn_of(operator)


def test_a_partner_sees_the_groups_it_belongs_to():
    member = GroupMembershipFactory()
    user = RepresentativeFactory(partner=member.partnership).user
    CommunityGroupFactory(office=member.group.office)

    assert list(CommunityGroup.objects.visible_to(user)) == [member.group]


def test_the_database_refuses_a_second_partnership_with_one_unit():
    first = PartnershipFactory(status=Status.ACTIVE)
    ended = {"partner": first.partner, "office": first.office, "status": Status.ENDED}
    PartnershipFactory(**ended)

    with pytest.raises(IntegrityError), transaction.atomic():
        PartnershipFactory(**ended | {"status": Status.DRAFT})


@pytest.mark.parametrize("field", ["name", "phone", "services", "address"])
def test_the_database_refuses_a_submitted_partner_with_gaps(field):
    partnership = PartnershipFactory(status=Status.SUBMITTED)
    record = sections.about(partnership, field)

    with pytest.raises(IntegrityError), transaction.atomic():
        type(record).objects.filter(pk=record.pk).update(**{field: ""})


def test_the_database_refuses_to_submit_a_partner_with_gaps():
    partnership = PartnershipFactory(leader_name="")

    with pytest.raises(IntegrityError), transaction.atomic():
        Partnership.objects.filter(pk=partnership.pk).update(status=Status.SUBMITTED)


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "established"},
        {"status": "active", "decree_number": "W.22-1", "decree_on": date(2026, 1, 5)},
        {"status": "dormant", "reason": ""},
        {"status": "dissolved", "reason": "Selesai"},
        {"inaugurated_on": date(2020, 1, 1), "decree_on": date(2026, 1, 5)},
    ],
)
def test_the_database_refuses_a_group_without_its_decree(changes):
    group = CommunityGroupFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        CommunityGroup.objects.filter(pk=group.pk).update(**changes)


def test_the_database_refuses_an_unmet_answer_without_a_comment():
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.create(
            partnership=PartnershipFactory(),
            criterion=CriterionFactory(),
            is_met=False,
            found_by=UserFactory(),
        )


def test_papers_are_seen_by_whoever_sees_the_partner():
    row = RepresentativeFactory(partner__is_self_registered=True)
    paper = DocumentFactory(owner=row.partnership)
    operator = person(Role.UNIT_OPERATOR, row.partnership.office)

    assert list(type(paper).objects.visible_to(row.user)) == [paper]
    assert list(type(paper).objects.visible_to(operator)) == []
