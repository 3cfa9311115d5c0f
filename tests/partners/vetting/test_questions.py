"""Questions hold from a day on; an examination keeps those of the day it was sent."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from partners.models import Criterion, Partnership
from partners.registration import services as registration
from partners.vetting import services as vetting
from pokmas.accounts.roles import Role
from pokmas.reference import services as reference
from tests.factories import (
    CriterionFactory,
    PartnerKindFactory,
    PartnershipFactory,
    declared_today,
    person,
)
from tests.partners.vetting.test_services import answers

pytestmark = pytest.mark.django_db
Status = Partnership.Status
SENT = date(2026, 3, 10)


@pytest.fixture
def hq():
    return person(Role.HEADQUARTERS)


@pytest.mark.parametrize(
    ("since", "until", "asked"),
    [
        (None, None, True),
        (date(2026, 3, 10), None, True),
        (date(2026, 3, 11), None, False),
        (None, date(2026, 3, 10), True),
        (None, date(2026, 3, 9), False),
    ],
)
def test_a_question_is_asked_from_its_first_day_to_its_last(since, until, asked):
    criterion = CriterionFactory(valid_from=since, valid_until=until)
    partnership = PartnershipFactory(status=Status.SUBMITTED, submitted_on=SENT)

    found = Criterion.objects.asked_of(partnership).filter(pk=criterion.pk)

    assert found.exists() == asked


@pytest.mark.parametrize(
    ("kinds", "asked"),
    [([], True), (["uji"], True), (["uji", "lain"], True), (["lain"], False)],
)
def test_a_question_is_asked_of_its_kinds_of_partner(kinds, asked):
    criterion = CriterionFactory(kinds=kinds)
    partnership = PartnershipFactory(
        status=Status.SUBMITTED, kind=PartnerKindFactory(code="uji")
    )

    found = Criterion.objects.asked_of(partnership).filter(pk=criterion.pk)

    assert found.exists() == asked


def test_the_day_of_the_questions_is_that_of_the_last_submission():
    partnership = PartnershipFactory(status=Status.RETURNED, submitted_on=SENT)

    registration.submit(
        partnership,
        declared=declared_today(),
        by=person(Role.UNIT_OPERATOR, partnership.office),
    )

    partnership.refresh_from_db()
    assert partnership.submitted_on == partnership.office.today


def test_an_examination_keeps_its_questions_when_they_end(sign_in):
    old = CriterionFactory(valid_until=SENT)
    CriterionFactory(valid_from=SENT + timedelta(days=1))
    partnership = PartnershipFactory(status=Status.SUBMITTED, submitted_on=SENT)
    client = sign_in(person(Role.UNIT_OPERATOR, partnership.office))

    response = client.get(reverse("partners:verify", args=[partnership.pk]))

    asked = [point.criterion for point in response.context["form"].points]
    assert old in asked
    assert asked == list(Criterion.objects.asked_of(partnership))


def test_what_is_asked_no_more_does_not_stand_against_approval():
    criterion = CriterionFactory()
    partnership = PartnershipFactory(status=Status.SUBMITTED, submitted_on=SENT)
    operator = person(Role.UNIT_OPERATOR, partnership.office)
    vetting.verify(partnership, answers(criterion), by=operator)
    Criterion.objects.filter(pk=criterion.pk).update(valid_until=date(2026, 3, 9))

    vetting.approve(partnership, by=person(Role.UNIT_HEAD, partnership.office))

    partnership.refresh_from_db()
    assert partnership.status == Status.APPROVED
    assert partnership.findings.get(criterion=criterion).criterion == criterion


def test_a_question_begins_tomorrow_at_the_earliest(hq):
    today = timezone.localdate()

    with pytest.raises(ValidationError, match="paling cepat besok"):
        reference.create(Criterion(text="Baru", valid_from=today), by=hq)
    reference.create(
        Criterion(text="Baru", valid_from=today + timedelta(days=1)), by=hq
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [("text", "Lain"), ("is_required", False), ("kinds", ["media"])],
)
def test_what_is_in_force_is_not_changed(hq, name, value):
    criterion = CriterionFactory()
    setattr(criterion, name, value)

    with pytest.raises(ValidationError, match="sudah berlaku"):
        reference.change(criterion, revision=0, fields=[name], by=hq)


def test_what_is_in_force_ends_today_at_the_earliest(hq):
    criterion = CriterionFactory()
    criterion.valid_until = timezone.localdate() - timedelta(days=1)

    with pytest.raises(ValidationError, match="sampai hari ini"):
        reference.change(criterion, revision=0, fields=["valid_until"], by=hq)


def test_what_is_still_asked_is_not_archived(hq):
    with pytest.raises(ValidationError, match="masih berlaku"):
        reference.archive(CriterionFactory(), by=hq)


def test_headquarters_adds_a_question_for_some_kinds_from_a_day_on(sign_in, hq):
    begins = timezone.localdate() + timedelta(days=30)
    client = sign_in(hq)

    client.post(
        reverse("reference:create", args=["criteria"]),
        {
            "text": "Punya izin operasional",
            "is_required": "on",
            "kinds": ["health", "rehabilitation"],
            "valid_from": begins.isoformat(),
            "order": "5",
        },
    )

    added = Criterion.objects.get(text="Punya izin operasional")
    assert (added.kinds, added.valid_from) == (["health", "rehabilitation"], begins)
    page = client.get(reverse("reference:index", args=["criteria"])).content.decode()
    assert "Lembaga rehabilitasi, Fasilitas kesehatan" in page
