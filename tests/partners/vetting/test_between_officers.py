"""What one officer writes to another is read by no partner."""

import pytest
from django.urls import reverse

from partners.groups import services as groups
from partners.models import CommunityGroup, Partnership
from partners.renewal import services as renewal
from partners.vetting import services as vetting
from pokmas.accounts.roles import Role
from tests.factories import (
    CommunityGroupFactory,
    CriterionFactory,
    GroupMembershipFactory,
    RepresentativeFactory,
    person,
)
from tests.partners.vetting.test_services import answers

pytestmark = pytest.mark.django_db
NOTE = "Cek lagi alamatnya, saya ragu"


def partner_of(status, **more):
    return RepresentativeFactory(
        partner__is_self_registered=True, partner__status=status, **more
    )


def sent_back_to_the_examiner():
    row = partner_of(Partnership.Status.VERIFYING)
    head = person(Role.UNIT_HEAD, row.partnership.office)
    vetting.send_back(row.partnership, reason=NOTE, by=head)
    return row, row.partnership


def examined_once_more():
    row = partner_of(Partnership.Status.ACTIVE)
    partnership = row.partnership
    partnership.approved_until = partnership.office.today
    partnership.save()
    operator = person(Role.UNIT_OPERATOR, partnership.office)
    head = person(Role.UNIT_HEAD, partnership.office)
    renewal.reexamine(partnership, answers(), by=operator)
    renewal.examine_again(partnership, reason=NOTE, by=head)
    return row, partnership


def group_sent_back(status):
    row = partner_of(Partnership.Status.ACTIVE)
    office = row.partnership.office
    group = CommunityGroupFactory(office=office, status=status)
    GroupMembershipFactory(group=group, partner=row.partnership)
    groups.send_back(group, reason=NOTE, by=person(Role.UNIT_HEAD, office))
    return row, group


CASES = {
    "registration": sent_back_to_the_examiner,
    "examined once more": examined_once_more,
    "proposal": lambda: group_sent_back(CommunityGroup.Status.ASSESSED),
    "decree": lambda: group_sent_back(CommunityGroup.Status.ESTABLISHED),
}


def read(client, record):
    pages = [
        record.get_absolute_url(),
        f"{record.get_absolute_url()}?tab=history",
        reverse("reports:home"),
        reverse(f"{record.URLS}index"),
    ]
    return "".join(client.get(page, follow=True).text for page in pages)


@pytest.mark.parametrize("case", CASES)
def test_a_partner_reads_that_it_went_back_and_not_why(sign_in, case):
    row, record = CASES[case]()

    text = read(sign_in(row.user), record)

    assert NOTE not in text
    assert "engembalikan" in text


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("role", [Role.UNIT_OPERATOR, Role.UNIT_HEAD])
def test_the_officers_of_the_unit_read_why(sign_in, case, role):
    _row, record = CASES[case]()

    assert NOTE in read(sign_in(person(role, record.office)), record)


def test_what_is_to_be_repaired_is_still_said_to_the_applicant(sign_in):
    row = partner_of(Partnership.Status.VERIFYING)
    head = person(Role.UNIT_HEAD, row.partnership.office)
    vetting.return_for_repair(row.partnership, reason="Akta buram", by=head)

    assert "Akta buram" in read(sign_in(row.user), row.partnership)


def test_findings_are_for_officers_until_something_is_to_be_repaired(sign_in):
    row = partner_of(Partnership.Status.SUBMITTED)
    operator = person(Role.UNIT_OPERATOR, row.partnership.office)
    criterion = CriterionFactory(is_required=False)
    findings = answers(criterion)
    for finding in findings:
        if finding.criterion == criterion:
            finding.comment = "Tetangga mengeluh"
    vetting.verify(row.partnership, findings, by=operator)

    page = sign_in(row.user).get(f"{row.partnership.get_absolute_url()}?tab=findings")

    assert "Tetangga mengeluh" not in page.text
