"""What officers see at the place of a partner, and where they must have gone."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from partners.models import FieldVisit, Partnership, VisitQuestion, VisitRule
from partners.vetting import services as vetting
from partners.visits import services
from pokmas.accounts.roles import Role
from pokmas.documents.models import Document
from pokmas.reference import services as reference
from tests.factories import (
    FieldVisitFactory,
    PartnerKindFactory,
    PartnershipFactory,
    RepresentativeFactory,
    person,
)
from tests.pokmas.documents.corpus import jpeg, upload

pytestmark = pytest.mark.django_db
Status = Partnership.Status
SENT = date(2026, 3, 10)


@pytest.fixture
def waiting():
    return PartnershipFactory(
        status=Status.SUBMITTED,
        submitted_on=SENT,
        kind=PartnerKindFactory(code="uji"),
    )


@pytest.fixture
def operator(waiting):
    return person(Role.UNIT_OPERATOR, waiting.office)


def url(partnership):
    return reverse("partners:visit", args=[partnership.pk])


def sheet(partnership, **more):
    seen = {
        f"seen_{question.pk}": "Sesuai"
        for question in VisitQuestion.objects.asked_of(partnership)
    }
    return {
        "visited_on": partnership.office.today.isoformat(),
        "visitors": "Ratna Rekaan, Budi Rekaan",
        "result": "fit",
        "revision": partnership.revision,
        **seen,
        **more,
    }


def rule(**more):
    return VisitRule.objects.create(
        **{"valid_from": date(2026, 1, 1), "source": "Uji", **more}
    )


def test_a_visit_is_kept_with_its_answers_its_point_and_photos(
    sign_in, waiting, operator
):
    photo = upload("rumah.jpg", jpeg(), "image/jpeg")
    sent = sheet(waiting, point="-10.1772, 123.60704", note="Dekat pasar")

    response = sign_in(operator).post(url(waiting), {**sent, "photos": photo})

    visit = waiting.visits.get()
    assert response.url == waiting.get_absolute_url()
    assert (visit.latitude, visit.longitude) == (
        Decimal("-10.177200"),
        Decimal("123.607040"),
    )
    assert (visit.created_by, visit.result) == (operator, "fit")
    assert visit.answers.count() == VisitQuestion.objects.count()
    assert Document.objects.of(visit).get().name == "rumah.jpg"


@pytest.mark.parametrize("came_from", ["verify", "decide", "//elsewhere.test"])
def test_who_came_from_the_examination_goes_back_to_it(
    sign_in, waiting, operator, came_from
):
    client, record = sign_in(operator), waiting.get_absolute_url()
    back = reverse("partners:verify", args=[waiting.pk])
    back = back if came_from == "verify" else record
    page = client.get(url(waiting), {"back": came_from})

    response = client.post(f"{url(waiting)}?back={came_from}", sheet(waiting))

    assert page.context["back_url"] == response.url == back


@pytest.mark.parametrize("point", ["", "  "])
def test_the_point_is_never_asked_for(sign_in, waiting, operator, point):
    sign_in(operator).post(url(waiting), sheet(waiting, point=point))

    assert waiting.visits.get().point == ""


@pytest.mark.parametrize(
    ("point", "words"),
    [
        ("dekat pasar", "lintang dan bujur"),
        ("123.6070, -10.1772", "lintang dan bujur"),
        ("48.8584, 2.2945", "di luar Indonesia"),
    ],
)
def test_a_point_that_is_none_is_refused_in_words(
    sign_in, waiting, operator, point, words
):
    response = sign_in(operator).post(url(waiting), sheet(waiting, point=point))

    page = response.content.decode()
    assert words in page
    assert point in page
    assert not waiting.visits.exists()


def test_a_day_to_come_is_no_day_of_a_visit(sign_in, waiting, operator):
    tomorrow = waiting.office.today + timedelta(days=1)

    response = sign_in(operator).post(
        url(waiting), sheet(waiting, visited_on=tomorrow.isoformat())
    )

    assert "visited_on" in response.context["form"].errors


def test_several_visits_stand_newest_first_on_the_review_and_the_record(
    sign_in, waiting, operator
):
    FieldVisitFactory(partnership=waiting, visited_on=date(2026, 3, 12), note="Kedua")
    FieldVisitFactory(partnership=waiting, visited_on=date(2026, 3, 11), note="Pertama")
    client = sign_in(operator)

    pages = [
        client.get(reverse("partners:verify", args=[waiting.pk])).content.decode(),
        client.get(f"{waiting.get_absolute_url()}?tab=visits").content.decode(),
    ]

    assert [0 < page.find("Kedua") < page.find("Pertama") for page in pages] == [
        True,
        True,
    ]


def test_the_partner_sees_neither_the_visit_nor_its_photos(sign_in):
    row = RepresentativeFactory(partner__status=Status.SUBMITTED)
    visit = FieldVisitFactory(
        partnership=row.partnership,
        latitude=Decimal("-10.177200"),
        longitude=Decimal("123.607000"),
    )

    page = sign_in(row.user).get(f"{row.partnership.get_absolute_url()}?tab=visits")

    assert "-10.177200" not in page.content.decode()
    assert "Kunjungan lapangan" not in page.content.decode()
    assert not FieldVisit.objects.visible_to(row.user).filter(pk=visit.pk).exists()


def test_officers_of_another_region_see_no_point():
    visit = FieldVisitFactory()
    inside = person(Role.REGIONAL_ADMIN, visit.office.parent)
    outside = person(Role.REGIONAL_ADMIN)

    seen = [FieldVisit.objects.visible_to(user).exists() for user in (inside, outside)]

    assert seen == [True, False]


@pytest.mark.parametrize(
    ("rules", "needed"),
    [
        ([], False),
        ([{}], True),
        ([{"valid_from": date(2026, 3, 11)}], False),
        ([{}, {"kind_id": "uji", "is_required": False}], False),
        ([{"office": "region"}, {"office": "unit", "is_required": False}], False),
        ([{"kind_id": "uji", "is_required": False}, {"office": "unit"}], True),
        ([{"office": "elsewhere"}], False),
        ([{}, {"valid_from": date(2026, 2, 1), "is_required": False}], False),
    ],
)
def test_the_nearest_rule_says_whether_a_visit_is_needed(waiting, rules, needed):
    offices = {
        "unit": waiting.office,
        "region": waiting.office.region,
        "elsewhere": PartnershipFactory().office,
        None: None,
    }
    for each in rules:
        rule(**each | {"office": offices[each.get("office")]})

    assert VisitRule.objects.requires(waiting) == needed


def test_where_a_visit_is_needed_none_is_approved_without(sign_in):
    rule()
    partnership = PartnershipFactory(status=Status.VERIFYING, submitted_on=SENT)
    head = person(Role.UNIT_HEAD, partnership.office)

    response = sign_in(head).post(
        reverse("partners:decide", args=[partnership.pk]),
        {"verdict": "approved", "revision": partnership.revision},
    )

    assert response.content.decode().count(str(vetting.VISIT_FIRST)) == 1
    FieldVisitFactory(partnership=partnership)
    vetting.approve(partnership, by=head)
    partnership.refresh_from_db()
    assert partnership.status == Status.APPROVED


def test_who_visited_does_not_decide(waiting):
    head = person(Role.UNIT_HEAD, waiting.office)
    FieldVisitFactory(partnership=waiting, created_by=head)
    Partnership.objects.filter(pk=waiting.pk).update(status=Status.VERIFYING)

    with pytest.raises(ValidationError, match="memeriksa"):
        vetting.approve(waiting, by=head)


def test_a_rule_begins_tomorrow_at_the_earliest():
    hq = person(Role.HEADQUARTERS)
    today = timezone.localdate()

    with pytest.raises(ValidationError, match="paling cepat besok"):
        reference.create(VisitRule(valid_from=today, source="Uji"), by=hq)


def test_a_visit_to_a_declined_partner_is_refused(operator):
    declined = PartnershipFactory(status=Status.DECLINED, office=operator.acting.office)

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        services.visit(
            declined,
            visited_on=declined.office.today,
            visitors="Ratna",
            result="fit",
            seen={},
            by=operator,
        )
