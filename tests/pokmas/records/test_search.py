import pytest
from django.db import connection

from partners.models import Partner
from pokmas.records.search import forgiving, slips
from tests.factories import PartnerFactory

pytestmark = pytest.mark.django_db


def found(text):
    rows = forgiving(Partner.objects.order_by("pk"), text.upper(), "search_text")
    return [partner.name for partner in rows]


@pytest.mark.parametrize(
    "text",
    [
        "Psatra",  # the letters of the beginning changed places
        "Patsra",
        "Pasrta",
        "Pastar",
        "Pasta",  # one is missing
        "Pasttra",  # one is too many
        "Pasfra",  # one is wrong
        "Oastra",
        "Psatra Nusantra",
        "nusnatara pasrta",
    ],
)
def test_one_slip_in_each_word_is_forgiven(text):
    PartnerFactory(name="Yayasan Pastra Nusantara")
    PartnerFactory(name="Bengkel Maju Jaya")

    assert found(text) == ["Yayasan Pastra Nusantara"]


def test_who_types_well_is_not_shown_what_is_only_similar():
    for name in ("Klub Bapas", "Klub Lapas"):
        PartnerFactory(name=name)

    assert found("Lapas") == ["Klub Lapas"]
    assert found("Kapas") == ["Klub Bapas", "Klub Lapas"]


@pytest.mark.parametrize("text", ["(", "a.b", "50%", "x" * 100, "[" * 30, "\\", "_"])
def test_what_is_no_word_is_looked_for_as_it_is(text):
    PartnerFactory(name="Bengkel Maju Jaya")

    assert found(text) == []


def test_what_is_nowhere_is_not_found():
    PartnerFactory(name="Bengkel Maju Jaya")

    assert found("Sanggar Tari") == []


def test_a_slip_is_looked_up_in_the_index():
    PartnerFactory(name="Yayasan Pastra Nusantara")
    rows = forgiving(Partner.objects.order_by(), "PSATRA", "search_text")

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = rows.explain()

    assert "Bitmap Index Scan on partner_search" in plan


def test_short_words_may_have_two_letters_in_the_wrong_order_and_no_more():
    assert slips("bali") == ["abli", "bail", "bali", "blai"]
