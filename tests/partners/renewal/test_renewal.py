"""An approval lasts for a term, and is given again after another examination."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from partners.models import Partnership
from partners.renewal import services
from partners.vetting import services as vetting
from pokmas.accounts.roles import Role
from pokmas.notices.models import Notice
from pokmas.notices.telling import tell_of_late_turns
from pokmas.rules.models import Rule
from pokmas.steps.actions import actions_of
from reports.home.page import tasks
from tests.factories import (
    CriterionFactory,
    PartnershipFactory,
    RepresentativeFactory,
    person,
)
from tests.partners.vetting.test_services import answers

pytestmark = pytest.mark.django_db
Status = Partnership.Status


@pytest.fixture
def two_years():
    Rule.objects.update_or_create(
        code=Rule.Code.APPROVAL_YEARS,
        valid_from=date(2020, 2, 10),
        defaults={"value": 2, "source": "Uji"},
    )


def ending(days=30, **more):
    partnership = PartnershipFactory(status=Status.ACTIVE, **more)
    partnership.approved_until = partnership.office.today + timedelta(days=days)
    partnership.save()
    return partnership


def officers(partnership):
    return (
        person(Role.UNIT_OPERATOR, partnership.office),
        person(Role.UNIT_HEAD, partnership.office),
    )


def test_an_approval_lasts_for_the_years_of_the_rule(two_years):
    partnership = PartnershipFactory(status=Status.VERIFYING)

    vetting.approve(partnership, by=person(Role.UNIT_HEAD, partnership.office))

    today = partnership.office.today
    until = partnership.approved_until
    assert (until.year, until.month) == (today.year + 2, today.month)


def test_without_a_rule_an_approval_has_no_end():
    Rule.objects.filter(code=Rule.Code.APPROVAL_YEARS).delete()
    partnership = PartnershipFactory(status=Status.VERIFYING)

    vetting.approve(partnership, by=person(Role.UNIT_HEAD, partnership.office))

    assert partnership.approved_until is None


def test_the_list_finds_those_to_be_examined_again(sign_in):
    partnership = ending(90, name="Segera")
    office = partnership.office
    for name, days in [("Nanti", 91), ("Lewat", -1)]:
        ending(days, name=name, office=office)
    PartnershipFactory(office=office, status=Status.ACTIVE, name="Tanpa batas")

    response = sign_in(officers(partnership)[0]).get(
        reverse("partners:index"), {"ending": "true"}
    )

    names = {row.partner.name for row in response.context["page"]}
    assert names == {"Segera", "Lewat"}


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, "perlu diperiksa ulang"), (30, "berlaku sampai"), (91, None)],
)
def test_the_page_says_how_long_the_approval_lasts(sign_in, days, words):
    partnership = ending(days)

    page = sign_in(officers(partnership)[0]).get(partnership.get_absolute_url())

    said = "Persetujuan mitra ini" in page.content.decode()
    assert said == (words is not None)
    assert words is None or words in page.content.decode()


def test_a_partner_is_examined_again_and_works_on(sign_in, two_years):
    criterion = CriterionFactory()
    partnership = ending(-1)
    operator, head = officers(partnership)

    sign_in(operator).post(
        reverse("partners:reexamine", args=[partnership.pk]),
        {"rest_is_met": "on", "revision": partnership.revision},
    )
    partnership.refresh_from_db()
    between = partnership.status, partnership.reexamined_by
    sign_in(head).post(
        reverse("partners:prolong", args=[partnership.pk]),
        {"verdict": "prolonged", "revision": partnership.revision},
    )

    partnership.refresh_from_db()
    assert between == (Status.ACTIVE, operator)
    assert partnership.findings.get(criterion=criterion).is_met
    assert (partnership.reexamined_by, partnership.is_examination_due) == (None, False)
    assert partnership.approved_until.year == partnership.office.today.year + 2


def test_the_head_has_it_examined_once_more(sign_in):
    partnership = ending()
    operator, head = officers(partnership)
    services.reexamine(partnership, answers(), by=operator)

    sign_in(head).post(
        reverse("partners:prolong", args=[partnership.pk]),
        {"verdict": "again", "reason": "Alamatnya?", "revision": partnership.revision},
    )

    partnership.refresh_from_db()
    assert partnership.reexamined_by is None
    told = Notice.objects.get(user=operator, kind="partnership.examine_again")
    assert told.body == "Alamatnya?"


def test_who_examined_it_again_does_not_prolong_it():
    partnership = ending()
    head = officers(partnership)[1]
    services.reexamine(partnership, answers(), by=head)

    with pytest.raises(ValidationError, match="orang lain"):
        services.prolong(partnership, by=head)


def test_what_is_not_met_stands_against_another_term():
    criterion = CriterionFactory()
    partnership = ending()
    operator, head = officers(partnership)
    services.reexamine(partnership, answers(criterion), by=operator)

    with pytest.raises(ValidationError, match=criterion.text):
        services.prolong(partnership, by=head)


@pytest.mark.parametrize("status", [s for s in Status if s not in Partnership.WORKING])
def test_only_who_works_is_examined_again(status):
    partnership = PartnershipFactory(status=status, approved_until=date(2026, 1, 1))

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        services.reexamine(
            partnership, answers(), by=person(Role.UNIT_OPERATOR, partnership.office)
        )


def test_it_is_too_early_more_than_ninety_days_before():
    partnership = ending(91)

    with pytest.raises(ValidationError, match="belum waktunya"):
        services.reexamine(partnership, answers(), by=officers(partnership)[0])


def test_unit_and_partner_are_told_once_at_each_distance():
    row = RepresentativeFactory(
        partner__status=Status.ACTIVE, partner__approved_until=date(2026, 6, 30)
    )
    operator = officers(row.partnership)[0]
    days = [1, 2, 91, 110, 400]

    for day in days:
        services.tell_of_ends(
            datetime(2026, 3, 31, 1, tzinfo=UTC) + timedelta(days=day - 1)
        )

    told = Notice.objects.filter(kind="partnership.approval_ends")
    assert sorted(told.values_list("user", flat=True)) == sorted(
        [operator.pk, row.user.pk] * 2
    )


def test_a_new_agreement_with_a_partner_whose_approval_is_over_warns(sign_in):
    partnership = ending(-1)
    operator = officers(partnership)[0]
    client = sign_in(operator)
    page = client.get(reverse("agreements:create"), {"partnership": partnership.pk})

    said = {
        bound.html_name: bound.value() or ""
        for bound in page.context["form"]
        if bound.value() not in (None, "")
    }
    answer = client.post(
        reverse("agreements:create"),
        said
        | {
            "kind": "pks",
            "partner": partnership.partner_id,
            "title": "PKS pelatihan",
            "form": "Pelatihan",
            "subject": "Pelatihan menjahit",
            "urgency": "Perlu",
            "starts_on": partnership.office.today.isoformat(),
            "ends_on": (partnership.office.today + timedelta(days=300)).isoformat(),
            "our_signatory": "Kepala",
            "our_position": "Kepala Bapas",
            "partner_signatory": "Ketua",
            "partner_position": "Ketua",
        },
        follow=True,
    )

    assert "Persetujuan mitra ini sudah lewat" in answer.content.decode()


@pytest.mark.parametrize(("days", "is_said"), [(0, False), (-1, True)])
def test_the_list_says_that_an_approval_is_over(sign_in, days, is_said):
    operator, _head = officers(ending(days))

    page = sign_in(operator).get(reverse("partners:index"))

    assert ("persetujuan berakhir" in page.text) == is_said


# Whose turn it is


def test_the_home_of_the_operator_says_what_to_examine_again_and_by_when(sign_in):
    partnership = ending(12, name="Segera")
    operator, head = officers(partnership)

    [task] = tasks(operator)
    page = sign_in(operator).get(reverse("reports:home"))

    assert (task.title, task.due_on) == ("Segera", partnership.approved_until)
    assert task.act == "Periksa ulang sebelum persetujuannya berakhir"
    assert "12 hari lagi" in page.text
    assert tasks(head) == []


def test_once_it_is_examined_it_is_the_turn_of_the_head():
    partnership = ending(12)
    operator, head = officers(partnership)

    services.reexamine(partnership, answers(), by=operator)

    assert [task.act for task in tasks(head)] == ["Putuskan pemeriksaan ulang"]
    assert tasks(operator) == []
    assert Notice.objects.get(user=head).kind == "partnership.reexamined"


def test_an_approved_partner_is_examined_again_before_anything_is_agreed():
    partnership = ending(12)
    operator, head = officers(partnership)
    Partnership.objects.filter(pk=partnership.pk).update(status=Status.APPROVED)
    partnership.refresh_from_db()
    due = actions_of(partnership, operator).first.step.name

    services.reexamine(partnership, answers(), by=operator)

    assert (due, actions_of(partnership, head).first.step.name) == (
        "reexamine",
        "prolong",
    )
    assert tasks(operator) == []
    assert not partnership.is_turn_of(operator)


@pytest.mark.parametrize(("days", "is_shown"), [(90, True), (91, False)])
def test_the_page_has_a_turn_card_as_soon_as_it_is_due(sign_in, days, is_shown):
    partnership = ending(days)
    operator, _head = officers(partnership)

    page = sign_in(operator).get(partnership.get_absolute_url())

    assert ("Giliran Anda" in page.text) == is_shown


def test_who_examines_several_goes_on_to_the_next(sign_in):
    first = ending(12)
    second = ending(20, office=first.office)
    operator, _head = officers(first)

    page = sign_in(operator).get(reverse("partners:reexamine", args=[first.pk]))

    queue = page.context["queue"]
    assert (queue.place, queue.count) == (1, 2)
    assert queue.following == reverse("partners:reexamine", args=[second.pk])


def test_when_the_approval_is_over_the_head_hears_of_it_once():
    partnership = ending(0)
    _operator, head = officers(partnership)
    now = timezone.now()

    for days in (0, 2, 3):
        tell_of_late_turns(now + timedelta(days=days))

    told = Notice.objects.get(user=head, kind="partnership.late")
    assert partnership.partner.name in told.title
