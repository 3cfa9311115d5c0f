"""Of few records one is picked from a list, of many one is searched."""

import pytest
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.forms.choosing import OFFERED, SearchedSelect
from tests.factories import PartnerFactory, person

pytestmark = pytest.mark.django_db
URL = reverse("agreements:create")


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR)


def partners(operator, count):
    return [
        PartnerFactory(
            office=operator.acting.office, status="active", name=f"Lembaga {number:02}"
        )
        for number in range(count)
    ]


def offered(response, name="partner"):
    field = response.context["form"].fields[name]
    return [str(label).partition(" (")[0] for key, label in field.choices if key]


def test_few_are_a_list(sign_in, operator):
    partners(operator, 3)

    response = sign_in(operator).get(URL)

    widget = response.context["form"].fields["partner"].widget
    assert not isinstance(widget, SearchedSelect)
    assert offered(response) == ["Lembaga 00", "Lembaga 01", "Lembaga 02"]


def test_what_to_do_first_is_said_while_there_is_none(sign_in, operator):
    client = sign_in(operator)

    before = client.get(URL).context["form"].fields["partner"].help_text
    partners(operator, 1)
    after = client.get(URL).context["form"].fields["partner"].help_text

    assert before.startswith("Belum ada mitra yang disetujui.")
    assert after == ""


def test_of_many_the_first_are_offered_and_the_others_found_by_name(sign_in, operator):
    partners(operator, OFFERED + 5)
    client = sign_in(operator)

    first = client.get(URL)
    found = client.post(
        URL, {"find_partner": "Lembaga 15", "choose": "partner", "title": "PKS Uji"}
    )

    assert len(offered(first)) == OFFERED
    assert "12 dari 17; cari untuk yang lain." in first.content.decode()
    assert "cari untuk yang lain" not in found.content.decode()
    assert offered(found) == ["Lembaga 15"]
    assert not found.context["form"].errors
    assert 'value="PKS Uji"' in found.content.decode()


def test_what_is_chosen_stays_while_one_looks_for_another(sign_in, operator):
    rows = partners(operator, OFFERED + 5)

    response = sign_in(operator).post(
        URL, {"partner": rows[0].pk, "find_partner": "Lembaga 15", "choose": "partner"}
    )

    assert offered(response) == ["Lembaga 00", "Lembaga 15"]


def test_a_search_finds_nothing_of_another_unit(sign_in, operator):
    partners(operator, OFFERED + 1)
    PartnerFactory(status="active", name="Lembaga Tetangga")

    response = sign_in(operator).post(
        URL, {"find_partner": "Tetangga", "choose": "partner"}
    )

    assert offered(response) == []
    assert "Tidak ada yang bernama seperti itu." in response.content.decode()
