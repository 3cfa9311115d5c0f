"""A plan is weighed before it is drafted."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.drafting import services as drafting
from agreements.feasibility import services
from agreements.feasibility.models import Recommendation, Weighed
from agreements.models import Agreement, Feasibility, FeasibilityRule
from pokmas.accounts.roles import Role
from tests.factories import (
    AgreementFactory,
    FeasibilityFactory,
    PartnerFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db
Status = Feasibility.Status


@pytest.fixture
def unit():
    return UnitFactory(head_name="Kepala Bapas", head_nip="198001012005011001")


@pytest.fixture
def operator(unit):
    return person(Role.UNIT_OPERATOR, unit)


@pytest.fixture
def head(unit):
    return person(Role.UNIT_HEAD, unit)


def answered(unit, operator, score=2, **more):
    sheet = FeasibilityFactory(office=unit, created_by=operator, **more)
    services.answer(
        sheet,
        by=operator,
        answers=dict.fromkeys(sheet.criteria, (score, "Surat nomor 1")),
        found={},
    )
    return Feasibility.objects.get(pk=sheet.pk)


@pytest.mark.parametrize(
    ("points", "unexplained", "expected"),
    [
        (75, 0, Recommendation.WORTH),
        (74, 0, Recommendation.MEND),
        (50, 0, Recommendation.MEND),
        (49, 0, Recommendation.LATER),
        (100, 1, Recommendation.MEND),
        (60, 2, Recommendation.LATER),
        (10, 1, Recommendation.LATER),
    ],
)
def test_the_points_and_what_is_not_explained_make_the_recommendation(
    points, unexplained, expected
):
    weighed = Weighed(points=points, most=100, unexplained=unexplained)

    assert weighed.recommendation == expected


def test_the_portal_begins_with_eighteen_criteria_and_seven_triggers(unit):
    sheet = FeasibilityFactory(office=unit)

    assert (len(sheet.criteria), len(sheet.triggers)) == (18, 7)
    assert {each.group for each in sheet.criteria} == {
        *("fit", "need", "partner", "means", "risk")
    }


def test_a_trigger_lowers_until_it_is_explained(unit, operator):
    sheet = answered(unit, operator)
    trigger = sheet.triggers[0]
    services.answer(sheet, by=operator, answers={}, found={trigger: (True, "")})
    lowered = Feasibility.objects.get(pk=sheet.pk).weighed.recommendation
    services.answer(
        sheet, by=operator, answers={}, found={trigger: (True, "Sudah diizinkan")}
    )

    assert lowered == Recommendation.MEND
    explained = Feasibility.objects.get(pk=sheet.pk).weighed
    assert explained.recommendation == Recommendation.WORTH


def test_from_the_plan_to_the_draft_on_pages(sign_in, unit, operator, head):
    partner = PartnerFactory(status="active", office=unit, leader_name="Maria Uji")
    client = sign_in(operator)
    client.post(
        reverse("agreements:feasibility_create"),
        {
            "partner": partner.pk,
            "kind": "pks",
            "title": "PKS pelatihan",
            "urgency": "Perlu",
            "form": "Pelatihan",
            "subject": "Menjahit bagi klien",
            "starts_on": "10-01-2026",
            "ends_on": "09-01-2032",
        },
    )
    sheet = Feasibility.objects.get()
    said = {}
    for each in sheet.criteria:
        said |= {f"score_{each.pk}": 2, f"evidence_{each.pk}": "Surat nomor 1"}
    step = reverse("agreements:feasibility_answer", args=[sheet.pk])
    client.post(step, {**said, "revision": sheet.revision})
    client.post(reverse("agreements:feasibility_submit", args=[sheet.pk]))
    client = sign_in(head)
    decide = reverse("agreements:feasibility_decide", args=[sheet.pk])
    given = client.get(decide).content.decode()
    assert "Surat nomor 1" in given
    assert "lima tahun" in given
    client.post(decide, {"verdict": "approved", "reason": ""})
    client = sign_in(operator)
    page = client.post(
        reverse("agreements:feasibility_draft", args=[sheet.pk]), follow=True
    )

    made = Agreement.objects.get()
    sheet.refresh_from_db()
    assert (sheet.status, sheet.agreement) == (Status.DRAFTED, made)
    assert (made.title, made.partner_signatory) == ("PKS pelatihan", "Maria Uji")
    assert (made.our_signatory, made.our_nip) == (unit.head_name, unit.head_nip)
    assert sheet.get_absolute_url() in page.content.decode()


def test_what_is_met_needs_evidence_and_keeps_what_was_typed(sign_in, operator, unit):
    sheet = FeasibilityFactory(office=unit)
    first, second = sheet.criteria[:2]
    step = reverse("agreements:feasibility_answer", args=[sheet.pk])

    response = sign_in(operator).post(
        step,
        {f"score_{first.pk}": 2, f"evidence_{second.pk}": "<script>" * 10},
    )

    page = response.content.decode()
    assert "Tulis apa yang menunjukkannya." in page
    assert "&lt;script&gt;" in page
    assert not sheet.answers.exists()


def test_an_open_question_keeps_it_from_the_head(unit, operator):
    with pytest.raises(ValidationError, match="belum dijawab"):
        services.submit(FeasibilityFactory(office=unit), by=operator)


def test_the_author_does_not_decide_and_against_the_sheet_is_said_why(unit, head):
    sheet = answered(unit, person(Role.UNIT_OPERATOR, unit), score=1)
    services.submit(sheet, by=sheet.created_by)

    with pytest.raises(ValidationError, match="Perlu penyempurnaan"):
        services.decide(sheet, by=head, verdict=Status.APPROVED)
    services.decide(sheet, by=head, verdict=Status.APPROVED, reason="Mendesak")

    assert sheet.reason == "Mendesak"
    own = FeasibilityFactory(office=unit, status="submitted", created_by=head)
    with pytest.raises(ValidationError, match="orang lain"):
        services.decide(own, by=head, verdict=Status.DECLINED, reason="Tidak")


def test_where_it_is_required_a_draft_begins_with_it(sign_in, unit, operator):
    FeasibilityRule.objects.create(
        office=unit.region, valid_from=date(2026, 1, 1), source="Uji"
    )
    partner = PartnerFactory(status="active", office=unit)

    response = sign_in(operator).get(reverse("agreements:create"))
    assert response["Location"] == reverse("agreements:feasibility_create")
    agreement = AgreementFactory.build(office=unit, partner=partner)
    with pytest.raises(ValidationError, match="lembar kelayakan"):
        drafting.draft(agreement, by=operator)
    FeasibilityRule.objects.create(
        office=unit, is_required=False, valid_from=date(2026, 1, 1), source="Uji"
    )
    assert drafting.draft(agreement, by=operator).pk


def test_it_is_seen_by_its_branch_alone(sign_in, unit, operator):
    sheet = FeasibilityFactory(office=unit)
    page = sheet.get_absolute_url()

    assert sign_in(operator).get(page).status_code == 200
    sister = person(Role.UNIT_OPERATOR, UnitFactory(parent=unit.region))
    assert sign_in(sister).get(page).status_code == 404


def test_nothing_half_typed_is_dropped_in_silence(sign_in, unit, operator):
    sheet = FeasibilityFactory(office=unit)
    [first, *_rest], [trigger, *_more] = sheet.criteria, sheet.triggers
    step = reverse("agreements:feasibility_answer", args=[sheet.pk])
    half = {
        f"score_{first.pk}": "",
        f"evidence_{first.pk}": "Surat nomor 7",
        f"why_{trigger.pk}": "Ada izin",
    }

    page = sign_in(operator).post(step, half)

    assert set(page.context["form"].errors) == {
        f"score_{first.pk}",
        f"there_{trigger.pk}",
    }
    assert "Surat nomor 7" in page.text
    assert "Ada izin" in page.text
    assert not sheet.answers.exists()


def test_an_answer_that_is_taken_back_is_gone(sign_in, unit, operator):
    sheet = answered(unit, operator)
    first, second = sheet.criteria[:2]
    step = reverse("agreements:feasibility_answer", args=[sheet.pk])
    emptied = {f"score_{first.pk}": "", f"evidence_{first.pk}": ""}

    sign_in(operator).post(step, emptied | {"revision": sheet.revision})

    left = set(sheet.answers.values_list("criterion", flat=True))
    assert first.pk not in left
    assert second.pk in left
