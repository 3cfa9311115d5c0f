"""Two people review: one the substance, another the form."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.models import Agreement, Review, ReviewRule
from agreements.review import services
from pokmas.accounts.roles import Role
from pokmas.front.tags import turn_of
from pokmas.notices.models import Notice
from pokmas.notices.telling import tell_of_late_turns
from reports.home.page import tasks
from tests.agreements.discussion.factories import TextAnswerFactory
from tests.agreements.texts.factories import TextVersionFactory
from tests.factories import AgreementFactory, UnitFactory, person
from tests.pokmas.factories import HeadquartersFactory

pytestmark = pytest.mark.django_db
Status = Agreement.Status


class Looked:
    """The context of a page that somebody looks at."""

    def __init__(self, user):
        self.request = SimpleNamespace(user=user)


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture(autouse=True)
def _two_are_asked_for(unit):
    rule(unit.region)


@pytest.fixture
def agreement(unit):
    return AgreementFactory(office=unit, status=Status.LEGAL_REVIEW)


@pytest.fixture
def first(unit):
    return person(Role.REGIONAL_REVIEWER, unit.region, full_name="Penelaah Satu")


@pytest.fixture
def second(unit):
    return person(Role.REGIONAL_REVIEWER, unit.region, full_name="Penelaah Dua")


def rule(office, is_by_two=True, days=-30):
    return ReviewRule.objects.create(
        office=office,
        is_by_two=is_by_two,
        valid_from=UnitFactory().today + timedelta(days),
        source="Uji",
    )


def judge(agreement, by, verdict="ready", **more):
    services.review(agreement, by=by, verdict=verdict, **more)
    return Agreement.objects.get(pk=agreement.pk)


def url(agreement):
    return reverse("agreements:review", args=[agreement.pk])


def test_it_is_ready_after_two_people_judged_both_aspects(agreement, first, second):
    half = judge(agreement, first, aspect="substance")

    assert half.status == Status.LEGAL_REVIEW
    assert half.awaited.name == "review_formality"
    with pytest.raises(ValidationError, match="orang lain"):
        services.review(half, by=first, verdict="ready", aspect="formality")

    whole = judge(half, second)
    assert whole.status == Status.READY_TO_SIGN
    assert set(whole.reviews.values_list("aspect", "reviewed_by")) == {
        ("substance", first.pk),
        ("formality", second.pk),
    }


def test_the_first_says_which_half_is_his(sign_in, agreement, first):
    client = sign_in(first)

    page = client.post(url(agreement), {"verdict": "ready", "notes": "Pasal 3"})
    assert "Pilih yang Anda telaah." in page.text
    assert "Pasal 3" in page.text
    client.post(url(agreement), {"verdict": "ready", "aspect": "formality"})

    [row] = agreement.reviews.all()
    assert row.aspect == "formality"


def test_cards_home_and_lists_say_who_still_must_act(agreement, first, second):
    half = judge(agreement, first, aspect="formality")

    words = "Telaah isi naskah; naskah dan administrasinya sudah ditelaah orang lain"
    assert str(turn_of({}, half)["act"]) == words
    assert half.due_on == agreement.due_on
    [task] = tasks(second)
    assert str(task.act) == words
    assert half in Agreement.objects.awaiting(second)
    assert tasks(first) == []
    assert not half.is_turn_of(first)
    told = Notice.objects.filter(kind="agreement.review")
    assert [(each.user, each.body) for each in told] == [(second, f"{words}.")]


def test_the_second_sees_what_is_left_and_what_the_first_noted(
    sign_in, agreement, first, second
):
    TextVersionFactory(agreement=agreement)
    judge(agreement, first, aspect="substance", notes="Biaya sudah jelas")

    page = sign_in(second).get(url(agreement)).text

    assert "Biaya sudah jelas" in page
    assert "yang ditelaah sebelumnya" not in page
    assert "Telaah naskah dan administrasi" in page
    assert 'name="aspect"' not in page
    response = sign_in(first).get(url(agreement))
    assert response["Location"] == agreement.get_absolute_url()


@pytest.mark.parametrize("is_second", [False, True])
def test_a_return_by_either_goes_back_with_the_reason(
    agreement, first, second, is_second
):
    TextAnswerFactory(agreement=agreement)
    operator = person(Role.UNIT_OPERATOR, agreement.office)
    if is_second:
        judge(agreement, first, aspect="substance")

    back = judge(
        agreement, second, verdict="revise", notes="Pasal 5?", aspect="formality"
    )

    assert (back.status, back.reason) == (Status.DISCUSSION, "Pasal 5?")
    services.submit(back, by=operator)
    again = judge(back, first, aspect="substance")
    assert again.status == Status.LEGAL_REVIEW
    assert judge(again, second).status == Status.READY_TO_SIGN


def test_a_tab_from_before_the_first_verdict_is_told(sign_in, agreement, first, second):
    shown = sign_in(second).get(url(agreement)).context["form"]["revision"].value()
    judge(agreement, first, aspect="substance")
    answers = {"verdict": "ready", "aspect": "substance", "revision": shown}

    page = sign_in(second).post(url(agreement), answers)

    assert page.context["form"].is_stale
    assert Review.objects.count() == 1


def test_one_reviews_alone_where_no_rule_asks_for_two(agreement, first):
    rule(agreement.office, is_by_two=False)

    assert judge(agreement, first).status == Status.READY_TO_SIGN
    assert agreement.reviews.get().aspect == "whole"


def test_a_rule_of_later_leaves_what_is_under_review(first):
    other = AgreementFactory(status=Status.LEGAL_REVIEW)
    reviewer = person(Role.REGIONAL_REVIEWER, other.office.region)
    rule(other.office, days=1)

    assert judge(other, reviewer).status == Status.READY_TO_SIGN


def test_who_wrote_the_text_does_not_review_it(agreement, first, second):
    TextVersionFactory(agreement=agreement, created_by=first)
    Agreement.objects.filter(pk=agreement.pk).update(created_by=second)
    agreement.refresh_from_db()

    for author in (first, second):
        with pytest.raises(ValidationError, match="orang lain"):
            services.review(agreement, by=author, verdict="ready", aspect="substance")
        assert agreement not in Agreement.objects.awaiting(author)


def test_half_a_review_that_is_late_is_told_to_the_kanwil(agreement, first):
    admin = person(Role.REGIONAL_ADMIN, agreement.office.region)
    judge(agreement, first, aspect="substance")
    then = agreement.status_since - timedelta(days=9)
    Agreement.objects.filter(pk=agreement.pk).update(status_since=then)

    tell_of_late_turns()

    [late] = Notice.objects.filter(user=admin, kind="agreement.late")
    assert "Telaah naskah dan administrasi" in late.body


def test_both_reviewers_hear_that_the_text_is_discussed_again(agreement, first, second):
    judge(agreement, first, aspect="substance")
    ready = judge(agreement, second)

    services.reopen(
        ready, by=person(Role.UNIT_OPERATOR, agreement.office), reason="Tanggal lewat"
    )

    told = Notice.objects.filter(kind="agreement.reopened")
    assert {each.user for each in told} >= {first, second}


def test_headquarters_sets_the_rule_from_tomorrow(sign_in, unit):
    client = sign_in(person(Role.HEADQUARTERS))
    page = reverse("reference:create", args=["review_rules"])
    answers = {"office": unit.region_id, "source": "SE 1/2026", "is_by_two": "on"}

    late = client.post(page, answers | {"valid_from": f"{unit.today:%d-%m-%Y}"})
    assert "paling cepat besok" in late.text
    day = unit.today + timedelta(1)
    client.post(page, answers | {"valid_from": f"{day:%d-%m-%Y}"})

    assert ReviewRule.objects.filter(source="SE 1/2026", is_by_two=True).exists()
    listed = client.get(reverse("reference:index", args=["review_rules"])).text
    assert "Dua orang" in listed


def test_who_submitted_it_is_told_why_he_may_not_judge_it_and_who_may():
    top = HeadquartersFactory()
    own, other = person(Role.HEADQUARTERS, top), person(Role.HEADQUARTERS, top)
    agreement = AgreementFactory(
        office=top, status=Status.LEGAL_REVIEW, submitted_by=own
    )

    card = turn_of(Looked(own), agreement)

    assert top.head_title == "Direktur Jenderal Pemasyarakatan"
    assert not card["is_mine"]
    assert "orang lain" in str(card["barred"])
    assert card["others"] == [str(other)]
    assert "barred" not in turn_of(Looked(other), agreement)
