import pytest
from django.core.exceptions import ValidationError

from partners.models import Finding, Partnership
from partners.vetting import services as vetting
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.notices.models import Notice
from tests.factories import (
    CriterionFactory,
    PartnershipFactory,
    RepresentativeFactory,
    person,
)

pytestmark = pytest.mark.django_db
Status = Partnership.Status


def answers(*unmet):
    """The whole checklist, met but for `unmet`."""
    from partners.models import Criterion

    return [
        Finding(
            criterion=criterion,
            is_met=criterion not in unmet,
            comment="Belum ada" if criterion in unmet else "",
        )
        for criterion in Criterion.objects.in_use()
    ]


@pytest.fixture
def criterion():
    return CriterionFactory()


@pytest.fixture
def partner():
    return RepresentativeFactory(
        partner__status=Status.SUBMITTED, partner__is_self_registered=True
    ).partnership


def test_verify_keeps_the_answers_and_hands_over_to_the_head(criterion, partner):
    operator = person(Role.UNIT_OPERATOR, partner.office)
    head = person(Role.UNIT_HEAD, partner.office)

    vetting.verify(partner, answers(), by=operator)

    partner.refresh_from_db()
    assert (partner.status, partner.verified_by) == (Status.VERIFYING, operator)
    assert partner.findings.get(criterion=criterion).found_by == operator
    told = set(Notice.objects.values_list("user", "kind"))
    applicant = partner.partner.representatives.get().user
    assert told == {
        (head.pk, "partnership.verified"),
        (applicant.pk, "partnership.verifying"),
    }


def test_verify_refuses_an_unanswered_criterion_and_keeps_nothing(criterion, partner):
    with pytest.raises(ValidationError, match="belum dijawab"):
        vetting.verify(partner, [], by=person(Role.UNIT_OPERATOR, partner.office))

    partner.refresh_from_db()
    assert (partner.status, partner.findings.count()) == (Status.SUBMITTED, 0)


def test_verify_refuses_an_unmet_criterion_without_a_comment(criterion, partner):
    findings = answers(criterion)
    for finding in findings:
        finding.comment = ""

    with pytest.raises(ValidationError, match="Jelaskan mengapa"):
        vetting.verify(partner, findings, by=person(Role.UNIT_OPERATOR, partner.office))


@pytest.mark.parametrize("status", [s for s in Status if s != Status.SUBMITTED])
def test_verify_refuses_every_other_status(status):
    partner = PartnershipFactory(status=status)

    with pytest.raises(ValidationError, match="tidak dapat"):
        vetting.verify(
            partner, answers(), by=person(Role.UNIT_OPERATOR, partner.office)
        )


def test_return_for_repair_by_the_examiner_moves_twice_in_one_step(partner):
    operator = person(Role.UNIT_OPERATOR, partner.office)

    vetting.return_for_repair(partner, reason="Akta belum terbaca", by=operator)

    partner.refresh_from_db()
    assert (partner.status, partner.reason) == (Status.RETURNED, "Akta belum terbaca")
    actions = (
        Entry.objects.about(partner).order_by("pk").values_list("action", flat=True)
    )
    assert list(actions) == ["partnership.verifying", "partnership.returned"]
    applicant = partner.partner.representatives.get().user
    notice = Notice.objects.get(user=applicant, kind="partnership.returned")
    assert notice.body == "Akta belum terbaca"


def test_return_for_repair_by_the_head(partner):
    Partnership.objects.filter(pk=partner.pk).update(status=Status.VERIFYING)

    vetting.return_for_repair(
        partner, reason="Alamat keliru", by=person(Role.UNIT_HEAD, partner.office)
    )

    partner.refresh_from_db()
    assert partner.status == Status.RETURNED


@pytest.mark.parametrize("service", [vetting.return_for_repair, vetting.decline])
def test_a_refusal_without_a_reason_is_refused(service):
    partner = PartnershipFactory(status=Status.VERIFYING)

    with pytest.raises(ValidationError, match="Alasan wajib"):
        service(partner, reason="  ", by=person(Role.UNIT_HEAD, partner.office))

    partner.refresh_from_db()
    assert partner.status == Status.VERIFYING


@pytest.mark.parametrize(
    "status", [s for s in Status if s not in {Status.SUBMITTED, Status.VERIFYING}]
)
def test_return_for_repair_refuses_every_other_status(status):
    partner = PartnershipFactory(status=status)

    with pytest.raises(ValidationError, match="tidak dapat"):
        vetting.return_for_repair(
            partner, reason="Alasan", by=person(Role.UNIT_HEAD, partner.office)
        )


def test_a_reason_with_percent_signs_reaches_the_applicant_as_written(partner):
    vetting.return_for_repair(
        partner,
        reason="Isi 100% (%s) lengkap",
        by=person(Role.UNIT_OPERATOR, partner.office),
    )

    applicant = partner.partner.representatives.get().user
    notice = Notice.objects.get(user=applicant, kind="partnership.returned")
    assert notice.body == "Isi 100% (%s) lengkap"


def test_approve_makes_a_partner_and_tells_both_sides(partner):
    Partnership.objects.filter(pk=partner.pk).update(status=Status.VERIFYING)
    operator = person(Role.UNIT_OPERATOR, partner.office)
    head = person(Role.UNIT_HEAD, partner.office)

    vetting.approve(partner, by=head)

    partner.refresh_from_db()
    assert (partner.status, partner.decided_by) == (Status.APPROVED, head)
    applicant = partner.partner.representatives.get().user
    assert set(Notice.objects.values_list("user", "kind")) == {
        (applicant.pk, "partnership.approved"),
        (operator.pk, "partnership.ready"),
    }


@pytest.mark.parametrize("field", ["submitted_by", "verified_by"])
def test_who_submitted_or_examined_does_not_decide(field):
    partner = PartnershipFactory(status=Status.VERIFYING)
    both = person(Role.UNIT_HEAD, partner.office)
    Partnership.objects.filter(pk=partner.pk).update(**{field: both})

    for refused in (
        lambda: vetting.approve(partner, by=both),
        lambda: vetting.decline(partner, reason="Alasan", by=both),
        lambda: vetting.return_for_repair(partner, reason="Alasan", by=both),
    ):
        with pytest.raises(ValidationError, match="orang lain"):
            refused()

    partner.refresh_from_db()
    assert partner.status == Status.VERIFYING


def test_approve_refuses_while_a_required_criterion_is_not_met(criterion):
    partner = PartnershipFactory(status=Status.SUBMITTED)
    vetting.verify(
        partner, answers(criterion), by=person(Role.UNIT_OPERATOR, partner.office)
    )

    with pytest.raises(ValidationError, match=criterion.text):
        vetting.approve(partner, by=person(Role.UNIT_HEAD, partner.office))


def test_approve_looks_at_the_newest_answer_and_not_at_optional_ones(criterion):
    optional = CriterionFactory(is_required=False)
    partner = PartnershipFactory(status=Status.SUBMITTED)
    operator = person(Role.UNIT_OPERATOR, partner.office)
    head = person(Role.UNIT_HEAD, partner.office)
    vetting.verify(partner, answers(criterion), by=operator)
    vetting.return_for_repair(partner, reason="Lengkapi", by=head)
    Partnership.objects.filter(pk=partner.pk).update(status=Status.SUBMITTED, reason="")
    vetting.verify(partner, answers(optional), by=operator)

    vetting.approve(partner, by=head)

    partner.refresh_from_db()
    assert partner.status == Status.APPROVED


@pytest.mark.parametrize("status", [s for s in Status if s != Status.VERIFYING])
def test_approve_refuses_every_other_status(status):
    partner = PartnershipFactory(status=status)

    with pytest.raises(ValidationError, match="tidak dapat"):
        vetting.approve(partner, by=person(Role.UNIT_HEAD, partner.office))


def test_decline_tells_the_applicant_why(partner):
    Partnership.objects.filter(pk=partner.pk).update(status=Status.VERIFYING)

    vetting.decline(
        partner, reason="Di luar wilayah", by=person(Role.UNIT_HEAD, partner.office)
    )

    partner.refresh_from_db()
    assert (partner.status, partner.next_statuses) == (Status.DECLINED, set())
    notice = Notice.objects.get(user=partner.partner.representatives.get().user)
    assert (notice.kind, notice.body) == ("partnership.declined", "Di luar wilayah")


def test_the_officer_who_entered_a_partner_hears_the_decision():
    partner = PartnershipFactory(status=Status.VERIFYING)
    operator = person(Role.UNIT_OPERATOR, partner.office)
    Partnership.objects.filter(pk=partner.pk).update(submitted_by=operator)

    vetting.approve(partner, by=person(Role.UNIT_HEAD, partner.office))

    assert "partnership.approved" in Notice.objects.filter(user=operator).values_list(
        "kind", flat=True
    )
