"""A list that somebody typed, in a list and in a sentence."""

from datetime import date

import pytest

from agreements.models import Agreement, Clause
from agreements.texts.composing import composed
from agreements.texts.fields import duration, topic_of
from agreements.texts.items import items_of, joined
from partners.models import Partner
from tests.factories import AgreementFactory

DAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("Pelatihan kopi.", ["Pelatihan kopi"]),
        ("1. Pelatihan\n2) Penjualan;", ["Pelatihan", "Penjualan"]),
        ("a. Pelatihan; dan b. Penjualan.", ["Pelatihan", "Penjualan"]),
        ("a. Pelatihan b. Penjualan\nPameran", ["Pelatihan", "Penjualan", "Pameran"]),
        ("Pelatihan tahap 2. Lanjutan", ["Pelatihan tahap 2. Lanjutan"]),
        ("Pendampingan gadai\n- Bantuan, dan", ["Pendampingan gadai", "Bantuan"]),
        (" \n;\n", []),
    ],
)
def test_items_are_read_without_their_marks(typed, items):
    assert items_of(typed) == items


def test_within_a_sentence_lines_are_joined():
    assert joined("Pelatihan\nPenjualan.\nKUR") == "pelatihan; penjualan; dan KUR"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("subject", "clause", "lines"),
    [
        (
            "Pelatihan g. a\nGadai",
            "Satu.\nIsi {{ pokok }} LBH.",
            ["(1) Satu.", "(2) Isi pelatihan g. a; dan gadai LBH."],
        ),
        ("Kopi", "Meliputi:\n- {{ pokok }}", ["Meliputi kopi."]),
        (
            "Kopi\nTeh",
            "Meliputi:\n- {{ pokok }}",
            ["Meliputi:", "a. Kopi; dan", "b. Teh."],
        ),
        (
            "Kopi\nTeh",
            "Meliputi:\n- {{ pokok }}\n- lainnya.",
            ["Meliputi:", "a. Kopi;", "b. Teh;", "c. lainnya."],
        ),
        ("Kopi\nTeh", "{{ pokok }}", ["(1) Kopi.", "(2) Teh."]),
    ],
)
def test_what_was_typed_on_lines_stands_whole_in_a_clause(subject, clause, lines):
    Clause.objects.filter(heading="Ruang Lingkup", condition="always").update(
        text=clause
    )

    text = composed(AgreementFactory(subject=subject), DAY)

    (scope,) = (each for each in text.articles if each.heading == "RUANG LINGKUP")
    assert list(scope.lines) == lines


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Pelatihan dengan Yayasan Uji", "Pelatihan"),
        ("PKS Pelatihan – Yayasan Uji", "Pelatihan"),
        ("Perpanjangan PKS Pembinaan", "Pembinaan"),
        ("Adendum 1 atas Pelatihan antara Bapas dan Yayasan Uji", "Pelatihan"),
        ("Yayasan Uji", "Yayasan Uji"),
    ],
)
def test_the_parties_are_not_said_again_in_the_title(title, topic):
    partner = Partner(pk=1, name="Yayasan Uji")

    assert topic_of(Agreement(title=title, partner=partner)) == topic


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (date(2027, 1, 9), "1 (satu) tahun"),
        (date(2026, 2, 23), "45 (empat puluh lima) hari"),
        (date(2029, 3, 7), "3 (tiga) tahun 1 (satu) bulan 26 (dua puluh enam) hari"),
    ],
)
def test_years_are_not_said_in_days(last, said):
    assert duration(date(2026, 1, 10), last) == said
