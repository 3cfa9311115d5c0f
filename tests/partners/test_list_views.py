"""The lists of headquarters through the pages."""

import pytest
from django.urls import reverse

from partners.models import Criterion, Field, Rule
from pokmas.accounts.roles import Role
from tests.factories import CriterionFactory, FieldFactory, person

pytestmark = pytest.mark.django_db
PAGES = ["fields", "add_field", "criteria", "add_criterion", "rules", "add_rule"]


@pytest.mark.parametrize("name", PAGES)
def test_the_lists_are_kept_by_headquarters_alone(sign_in, client, name):
    address = reverse(f"partners:{name}")

    assert client.get(address).status_code == 302
    assert sign_in(person(Role.REGIONAL_ADMIN)).get(address).status_code == 403
    assert sign_in(person(Role.HEADQUARTERS)).get(address).status_code == 200


def test_a_field_is_added_and_archived(sign_in):
    client = sign_in(person(Role.HEADQUARTERS))
    client.post(reverse("partners:add_field"), {"name": "Kesehatan", "is_active": "on"})
    field = Field.objects.get(name="Kesehatan")

    client.post(
        reverse("partners:change_field", args=[field.pk]), {"name": "Kesehatan"}
    )

    page = client.get(reverse("partners:fields")).content.decode()
    assert field not in Field.objects.in_use()
    assert "Diarsipkan" in page


@pytest.mark.parametrize("name", ["", "x" * 300, "Ekonomi"])
def test_an_impossible_field_is_refused(sign_in, name):
    FieldFactory(name="Ekonomi")

    response = sign_in(person(Role.HEADQUARTERS)).post(
        reverse("partners:add_field"), {"name": name, "is_active": "on"}
    )

    assert set(response.context["form"].errors) == {"name"}


def test_a_mandatory_field_is_not_archived(sign_in):
    field = FieldFactory()

    response = sign_in(person(Role.HEADQUARTERS)).post(
        reverse("partners:change_field", args=[field.pk]),
        {"name": field.name, "is_mandatory": "on"},
    )

    assert "tidak dapat diarsipkan" in response.content.decode()


def test_an_archived_criterion_is_not_asked_any_more(sign_in):
    criterion = CriterionFactory()

    sign_in(person(Role.HEADQUARTERS)).post(
        reverse("partners:change_criterion", args=[criterion.pk]),
        {"text": criterion.text, "order": "5"},
    )

    assert criterion not in Criterion.objects.in_use()


def test_a_rule_gets_a_new_number_from_a_day_on(sign_in):
    sign_in(person(Role.HEADQUARTERS)).post(
        reverse("partners:add_rule"),
        {
            "code": "min_groups",
            "value": "3",
            "valid_from": "1 Januari 2027",
            "source": "Keputusan uji",
        },
    )

    assert Rule.objects.get(source="Keputusan uji").value == 3


def test_a_rule_is_refused_from_a_day_that_does_not_exist(sign_in):
    response = sign_in(person(Role.HEADQUARTERS)).post(
        reverse("partners:add_rule"),
        {
            "code": "min_groups",
            "value": "3",
            "valid_from": "31-02-2027",
            "source": "Keputusan uji",
        },
    )

    assert set(response.context["form"].errors) == {"valid_from"}
