"""The texts of decrees, kept by headquarters."""

import pytest
from django.urls import reverse

from partners.decrees import first
from partners.decrees.fields import OF_GROUP
from partners.models import Clause
from pokmas.accounts.roles import Role
from pokmas.papers import merging
from tests.factories import person

pytestmark = pytest.mark.django_db
CREATE = reverse("reference:create", args=["clauses"])


def answers(**sent):
    return {
        "paper": "decree",
        "part": "ruling",
        "order": 50,
        "text": "Membentuk {{ nama_kelompok }}.",
        "valid_from": "1-1-2026",
        **sent,
    }


def test_headquarters_adds_a_clause_with_its_date_of_force(sign_in):
    client = sign_in(person(Role.HEADQUARTERS))

    client.post(CREATE, answers())

    clause = Clause.objects.get(text="Membentuk {{ nama_kelompok }}.")
    assert f"{clause.valid_from} {clause.valid_until}" == "2026-01-01 None"
    page = client.get(reverse("reference:index", args=["clauses"])).content.decode()
    assert "Membentuk {{ nama_kelompok }}." in page


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ nama_klompok }}", "Isian “{{ nama_klompok }}” tidak dikenal."),
        ("{{ nama_kelompok", "“{{” tidak ditutup"),
        ("nama_kelompok }}", "“}}” tidak dibuka"),
        ("{% now 'Y' %}", "“{%” adalah perintah"),
        ("{{ 7*7 }}", "“{{ 7*7 }}” bukan isian"),
        ("{{ nama_kelompok.__class__ }}", "__class__ }}” tidak dikenal"),
        ("{{ nama_kelompok|upper }}", "bukan isian"),
        ("${nomor}", "“${nomor}” bukan variabel SRIKANDI"),
    ],
)
def test_a_text_that_no_paper_can_fill_is_refused(sign_in, text, message):
    response = sign_in(person(Role.HEADQUARTERS)).post(CREATE, answers(text=text))

    errors = response.context["form"].errors["text"]
    assert [message in error for error in errors] == [True]


def test_dates_in_the_wrong_order_are_refused(sign_in):
    response = sign_in(person(Role.HEADQUARTERS)).post(
        CREATE, answers(valid_until="31-12-2025")
    )

    assert "Tanggal akhir sebelum" in response.content.decode()


def test_the_portal_begins_with_texts_that_it_can_fill():
    known = {field.name for field in OF_GROUP}

    assert [t for *_, t in first.CLAUSES if merging.faults(t, known)] == []


def test_what_a_field_says_is_not_looked_at_again():
    said = merging.merged(
        "{{ nama_kelompok }} {{ bidang }}",
        {"nama_kelompok": "{{ bidang }} {{ 7*7 }}", "bidang": "Hukum"},
    )

    assert said == "{{ bidang }} {{ 7*7 }} Hukum"
