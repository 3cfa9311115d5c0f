"""The lists of headquarters through their pages."""

from datetime import date

import pytest
from django.urls import reverse

from outreach.models import ActivityType
from partners.models import Criterion, Field
from pokmas.accounts.models import RoleOverride
from pokmas.accounts.roles import Role
from pokmas.reference.lists import LISTS
from pokmas.rules.models import Rule
from tests.factories import CriterionFactory, FieldFactory, person

pytestmark = pytest.mark.django_db


def url(verb, *arguments):
    return reverse(f"reference:{verb}", args=arguments)


@pytest.mark.parametrize("slug", sorted(LISTS))
@pytest.mark.parametrize("verb", ["index", "create"])
def test_the_lists_are_kept_by_headquarters_alone(sign_in, client, verb, slug):
    address = url(verb, slug)

    assert client.get(address).status_code == 302
    assert sign_in(person(Role.REGIONAL_ADMIN)).get(address).status_code == 403
    assert sign_in(person(Role.HEADQUARTERS)).get(address).status_code == 200


def test_who_keeps_one_list_begins_there_and_sees_no_other(sign_in):
    RoleOverride.objects.create(
        role=Role.REGIONAL_ADMIN,
        permission="outreach.manage_outcome",
        granted=True,
    )
    client = sign_in(person(Role.REGIONAL_ADMIN))

    response = client.get(url("home"), follow=True)

    assert response.redirect_chain == [(url("index", "outcomes"), 302)]
    assert url("index", "criteria") not in response.content.decode()


def test_a_list_that_is_not_there_is_not_found(sign_in):
    client = sign_in(person(Role.HEADQUARTERS))

    assert client.get(url("index", "tidak-ada")).status_code == 404


def test_a_field_is_added_and_archived(sign_in):
    client = sign_in(person(Role.HEADQUARTERS))
    client.post(url("create", "fields"), {"name": "Kesehatan"})
    field = Field.objects.get(name="Kesehatan")

    asked = client.post(url("archive", "fields", field.pk))
    assert field in Field.objects.in_use()
    client.post(url("archive", "fields", field.pk), {"confirmed": "1"})

    assert "Semua unit" in asked.text
    page = client.get(url("index", "fields")).content.decode()
    assert field not in Field.objects.in_use()
    assert "Diarsipkan" in page


def test_archiving_comes_back_to_the_list_as_it_was_narrowed(sign_in):
    field = FieldFactory(name="Kesehatan", is_mandatory=False)

    response = sign_in(person(Role.HEADQUARTERS)).post(
        url("archive", "fields", field.pk), {"query": "state=True", "confirmed": "1"}
    )

    assert response.url == url("index", "fields") + "?state=True"


@pytest.mark.parametrize(
    ("query", "found"),
    [({"q": "sehat"}, ["Kesehatan"]), ({"state": "False"}, ["Kesenian"])],
)
def test_a_list_can_be_narrowed(sign_in, query, found):
    FieldFactory(name="Kesehatan", is_mandatory=False)
    FieldFactory(name="Kesenian", is_mandatory=False, is_active=False)

    page = sign_in(person(Role.HEADQUARTERS)).get(url("index", "fields"), query)

    assert [field.name for field in page.context["page"]] == found


def test_a_name_is_corrected(sign_in):
    field = FieldFactory(name="Kesehtan")

    sign_in(person(Role.HEADQUARTERS)).post(
        url("change", "fields", field.pk), {"name": "Kesehatan", "revision": "0"}
    )

    field.refresh_from_db()
    assert field.name == "Kesehatan"


@pytest.mark.parametrize("name", ["", "x" * 300, "Ekonomi"])
def test_an_impossible_field_is_refused(sign_in, name):
    FieldFactory(name="Ekonomi")

    response = sign_in(person(Role.HEADQUARTERS)).post(
        url("create", "fields"), {"name": name}
    )

    assert set(response.context["form"].errors) == {"name"}


def test_a_mandatory_field_is_not_archived(sign_in):
    field = FieldFactory()
    client = sign_in(person(Role.HEADQUARTERS))

    response = client.post(
        url("archive", "fields", field.pk), {"confirmed": "1"}, follow=True
    )

    assert "tidak dapat diarsipkan" in response.content.decode()


def test_an_archived_criterion_is_not_asked_any_more(sign_in):
    criterion = CriterionFactory(valid_until=date(2026, 1, 31))

    sign_in(person(Role.HEADQUARTERS)).post(
        url("archive", "criteria", criterion.pk), {"confirmed": "1"}
    )

    assert criterion not in Criterion.objects.in_use()


@pytest.mark.parametrize("slug", ["rules", "visit_rules", "visit_questions"])
def test_what_begins_tomorrow_at_the_earliest_says_so_beforehand(sign_in, slug):
    page = sign_in(person(Role.HEADQUARTERS)).get(url("create", slug))

    said = str(page.context["form"].fields["valid_from"].help_text)
    assert said.endswith(
        "Paling cepat besok. Contoh: 25-05-2026 atau 25 Mei 2026.",
    )


def test_a_rule_gets_a_new_number_from_a_day_on(sign_in):
    sign_in(person(Role.HEADQUARTERS)).post(
        url("create", "rules"),
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
        url("create", "rules"),
        {
            "code": "min_groups",
            "value": "3",
            "valid_from": "31-02-2027",
            "source": "Keputusan uji",
        },
    )

    assert set(response.context["form"].errors) == {"valid_from"}


@pytest.mark.parametrize("verb", ["change", "archive", "restore"])
def test_a_rule_that_held_stays_as_it_was(sign_in, verb):
    rule = Rule.objects.first()
    client = sign_in(person(Role.HEADQUARTERS))

    assert client.post(url(verb, "rules", rule.pk)).status_code == 404


def test_doubled_blanks_make_no_other_row(sign_in):
    client = sign_in(person(Role.HEADQUARTERS))
    client.post(url("create", "types"), {"name": "Seni  dan   budaya"})

    again = client.post(url("create", "types"), {"name": "seni dan budaya"})

    assert ActivityType.objects.get(name__iexact="seni dan budaya").name == (
        "Seni dan budaya"
    )
    assert again.context["form"].errors
