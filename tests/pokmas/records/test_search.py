import pytest
from django.db import connection

from partners.models import Partner
from pokmas.lists.paging import COUNTED_TO, count_some
from pokmas.records import search
from pokmas.records.models import Word
from pokmas.records.search import (
    _near,
    slips,
    without_titles,
)
from tests.factories import PartnerFactory

pytestmark = pytest.mark.django_db


def found(text):
    rows = Partner.objects.order_by("pk").search(text)
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


def plan(rows):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        return rows.order_by().explain()


def test_what_was_meant_is_looked_up_in_the_index():
    rows = Partner.objects.matching([["PASTRA", "PASTA"]])

    assert "Bitmap Index Scan on partner_search" in plan(rows)


@pytest.mark.parametrize(("text", "names"), [("ma", ["Bengkel Maju"]), ("aj", [])])
def test_two_letters_begin_a_word(text, names):
    PartnerFactory(name="Bengkel Maju", leader_name="Ana")

    assert found(text) == names


def test_two_letters_are_looked_up_in_the_index():
    assert "Scan on partner_search" in plan(Partner.objects.matching([["MA"]]))


def test_words_on_record_are_looked_up_in_their_index():
    assert "Scan on words_by_part" in plan(Word.objects.filter(_near("PSATRA")))


def test_words_are_remembered_once_and_without_numbers():
    PartnerFactory(name="Yayasan Pastra 2026", leader_name="Ana Pastra", village="")

    words = Word.objects.filter(word__in=["PASTRA", "YAYASAN", "2026", "ANA"])
    found = words.order_by("word").values_list("word", flat=True)
    assert list(found) == ["PASTRA", "YAYASAN"]


def test_a_changed_name_is_remembered_too():
    partner = PartnerFactory(name="Yayasan Pastra")
    Partner.objects.filter(pk=partner.pk).update(name="Yayasan Melati")

    assert found("Mealti") == ["Yayasan Melati"]


def test_a_long_text_is_looked_for_as_it_is_and_no_further(
    django_assert_max_num_queries,
):
    PartnerFactory(name="Bengkel Maju Jaya")

    with django_assert_max_num_queries(1):
        assert found("perjanjian kerja sama tentang pembinaan warga binaan") == []


def test_what_is_common_is_not_named_one_by_one(monkeypatch):
    monkeypatch.setattr(search, "MOST", 1)
    PartnerFactory.create_batch(3, name="Bengkel")

    rows = Partner.objects.search("bengkel")

    assert rows.count() == 3


def test_what_is_common_is_not_counted_after_its_search(
    monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(search, "MOST", 1)
    first, *_others = PartnerFactory.create_batch(3, name="Bengkel")

    rows = Partner.objects.search("bengkel")

    with django_assert_num_queries(0):
        assert count_some(rows) == COUNTED_TO + 1
    assert count_some(rows.filter(pk=first.pk)) == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("BAPAK ANDAIAN", "ANDAIAN"),
        ("DR. MARIA BRIA, S.H.", "MARIA BRIA"),
        ("DRS. H. YOSEF KLAU, M.SI", "YOSEF KLAU"),
        ("IBU SITI A.MD.IP., S.SOS, MH", "SITI"),
        ("PROF. DR. ANA, S.TR.PAS", "ANA"),
        ("DR.MARIA BRIA,S.H.", "MARIA BRIA"),
        ("AHMAD A.YANI", "AHMAD A.YANI"),
        ("S.RAHMA BRIA", "S.RAHMA BRIA"),
        ("BAPAK", "BAPAK"),
        ("MAS DANIEL", "MAS DANIEL"),
        ("AHU-0012.AH.01.04", "AHU-0012.AH.01.04"),
    ],
)
def test_forms_of_address_and_titles_do_not_count(typed, meant):
    assert without_titles(typed) == meant


def test_short_words_may_have_two_letters_in_the_wrong_order_or_miss_one_at_the_end():
    assert slips("bali") == ["abli", "ba.li", "bail", "bal.i", "bali", "blai"]


def test_a_slip_in_a_short_word_beside_one_in_a_long_word():
    PartnerFactory(name="Penyuluhan Hukum")

    assert found("penyulhan hukm") == ["Penyuluhan Hukum"]


def test_two_digits_begin_a_part_of_a_number():
    number = "HK.01.05-22 TAHUN 2026"
    PartnerFactory(name="Yayasan", registration_number=number, reference="BCDF-GHJK")

    assert found("22 tahun 2026") == ["Yayasan"]
    assert found("05 tahun") == ["Yayasan"]
    assert found("6 tahun") == []
