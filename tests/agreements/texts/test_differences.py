"""What a text says otherwise than the record of its agreement."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from agreements.texts.articles import Line, Text
from agreements.texts.composing import composed
from agreements.texts.differences import data_cautions, days_in, differences
from pokmas.accounts.roles import Role
from tests.agreements.texts.factories import TextVersionFactory
from tests.agreements.texts.files import what_it_says, word_file
from tests.factories import (
    AgreementFactory,
    DocumentFactory,
    PartnerFactory,
    PlanItemFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("emblem")]
DAY = date(2026, 1, 5)


@pytest.fixture
def agreement():
    office = UnitFactory(name="Bapas Kelas II Kupang")
    return AgreementFactory(
        office=office,
        partner=PartnerFactory(office=office, name="Yayasan Uji", status="active"),
        status="discussion",
        title="Pelatihan Menjahit",
        our_signatory="Dr. Siti Uji, S.H., M.H.",
        our_position="Kepala Bapas Kelas II Kupang",
        partner_signatory="Maria Andai",
        partner_position="Ketua Yayasan",
        partner_number="12/YU/2026",
    )


@pytest.fixture
def text(agreement):
    return composed(agreement, DAY)


def said(agreement, text: Text, **more) -> list[tuple[str, str, str]]:
    return [
        (str(each.name), each.data, each.text)
        for each in differences(agreement, text, **more)
    ]


def other(text: Text, words: dict[str, str]) -> Text:
    """With one word for another, wherever it stands."""

    def change(line):
        for old, new in words.items():
            line = line.replace(old, new)
        return line

    return text.said_as(change)


@pytest.mark.parametrize(
    "more",
    [
        {"kind": "pks"},
        {"kind": "mou", "title": "MoU dengan Yayasan Uji tentang Pelatihan"},
        {"kind": "joint", "our_capacity": "acting"},
        {"our_position": "Plh. Kepala Bapas Kelas II Kupang"},
        {"our_capacity": "daily_acting", "our_nip": "198001012005011001"},
        {"starts_on": date(2026, 1, 31), "ends_on": date(2029, 11, 4)},
        {"title": "Pelatihan “Menjahit” & Å‑Tenun", "partner_signatory": "I. W. Ñusa"},
    ],
)
def test_what_the_portal_makes_says_what_is_on_record(agreement, more):
    for name, value in more.items():
        setattr(agreement, name, value)
    agreement.further_parties.create(
        order=3,
        name="Dinas Uji",
        representative="Budi Uji",
        position="Kepala Dinas",
        capacity="Bupati Uji",
    )
    PlanItemFactory(agreement=agreement)
    made = composed(agreement, DAY)

    assert said(agreement, made) == []
    assert said(agreement, what_it_says(word_file(made))) == []


def test_people_write_the_same_in_their_own_way(agreement, text):
    theirs = other(
        text,
        {
            "Bapas Kelas II Kupang": "BALAI PEMASYARAKATAN KELAS II KUPANG",
            "Dr. Siti Uji, S.H., M.H.": "SITI UJI, SH, MH",
            "Maria Andai": "Dra. Hj. MARIA ANDAI, M.Si",
            "10 Januari 2026": "tanggal 10 (sepuluh) bulan Januari tahun 2026",
            "9 Januari 2027": "09-01-2027",
            "12/YU/2026": "12 / YU / 2026",
        },
    )

    assert said(agreement, theirs) == []
    assert data_cautions(agreement, theirs) == []


@pytest.mark.parametrize(
    ("words", "name", "text_says"),
    [
        ({"PELATIHAN MENJAHIT": "PELATIHAN MEMASAK"}, "Judul", "PELATIHAN MEMASAK"),
        ({"12/YU/2026": "13/YU/2026"}, "Nomor mitra", "13/YU/2026"),
        ({"10 Januari 2026": "1 Maret 2026"}, "Mulai berlaku", "1 Maret 2026"),
        ({"9 Januari 2027": "09/01/2028"}, "Berakhir", "9 Januari 2028"),
        (
            {"Maria Andai": "Budi Lain"},
            "Penanda tangan Pihak Kedua",
            "Budi Lain, Ketua Yayasan",
        ),
        (
            {"Ketua Yayasan": "Sekretaris"},
            "Jabatan penanda tangan Pihak Kedua",
            "Maria Andai, Sekretaris",
        ),
        ({"Yayasan Uji": "Yayasan Lain"}, "Pihak Kedua", "Yayasan Lain"),
        (
            {"Kepala Bapas": "Plt. Kepala Bapas"},
            "Kedudukan penanda tangan Pihak Kesatu",
            "Dr. Siti Uji, S.H., M.H., Plt. Kepala Bapas Kelas II Kupang",
        ),
    ],
)
def test_each_that_the_text_says_otherwise_is_named(
    agreement, text, words, name, text_says
):
    words |= {old.upper(): new.upper() for old, new in words.items()}
    [found] = said(agreement, other(text, words))

    assert (found[0], found[2]) == (name, text_says)
    [sentence] = data_cautions(agreement, other(text, words))
    assert f"naskah menyebut “{text_says}”; data menyebut “{found[1]}”" in sentence
    assert "ubah datanya" in sentence


def test_a_length_alone_is_read_from_the_first_day_on(agreement, text):
    sentence = "1 (satu) tahun, sejak 10 Januari 2026 sampai dengan 9 Januari 2027"
    [once, longer] = (
        other(text, {sentence: f"{each} sejak ditandatangani"})
        for each in ("1 (satu) tahun", "3 (tiga) tahun")
    )

    assert said(agreement, once) == []
    assert said(agreement, longer) == [
        ("Jangka waktu", "10 Januari 2026 – 9 Januari 2027", "3 (tiga) tahun")
    ]


def test_the_day_of_a_law_is_no_period(agreement, text):
    article = replace(text.articles[0], lines=("Sejak 30 Desember 1995 diatur UU.",))
    other_text = replace(text, articles=(article, *text.articles[1:]))

    assert said(agreement, other_text) == []


def test_blanks_are_filled_in_later(agreement, text):
    agreement.our_number = "W.22-1"

    assert said(agreement, text) == []
    assert said(agreement, text, place="Aula Kupang") == []
    numbered = other(text, {"${nomor_naskah}": "W.22-9"})
    assert said(agreement, numbered) == [("Nomor unit", "W.22-1", "W.22-9")]


def test_the_place_is_that_of_the_day(agreement, text):
    begun = "bertempat di …………………………"
    there = other(text, {begun: "bertempat di Aula Kantor Bupati"})

    assert said(agreement, there, place="Kantor Bupati") == []
    assert said(agreement, there, place="Kupang") == [
        ("Tempat penandatanganan", "Kupang", "Aula Kantor Bupati")
    ]


def test_what_a_text_does_not_name_at_all_is_said(agreement):
    text = Text((Line("NOTA", is_centred=True),))

    names = [name for name, _data, instead in said(agreement, text) if not instead]

    assert names == [
        *("Judul", "Pihak Kesatu", "Penanda tangan Pihak Kesatu"),
        *("Pihak Kedua", "Penanda tangan Pihak Kedua"),
    ]


def test_days_are_read_as_people_write_them():
    text = "Sejak 1 (satu) Mei 2026, 02.06.2026, 3/7/26 sampai 31 Februari 2027"

    assert days_in(text) == [date(2026, 5, 1), date(2026, 6, 2)]


def kept(agreement, text):
    return TextVersionFactory(
        agreement=agreement,
        text=text.as_json(),
        origin="uploaded",
        file=DocumentFactory(),
    )


def test_the_page_of_the_agreement_says_so_with_what_to_do(agreement, text, sign_in):
    kept(agreement, other(text, {"9 Januari 2027": "9 Januari 2028"}))
    operator = person(Role.UNIT_OPERATOR, agreement.office)
    partner = RepresentativeFactory(partner=agreement.partner).user

    page = sign_in(operator).get(agreement.get_absolute_url()).text
    theirs = sign_in(partner).get(agreement.get_absolute_url()).text

    for each in (page, theirs):
        assert "Naskah menyebut “9 Januari 2028”." in each
        assert "Data menyebut “9 Januari 2027”." in each
    card = page[page.index("Naskah berbeda dari data") :].split("</section>")[0]
    for name in ("change", "upload_text"):
        assert reverse(f"agreements:{name}", args=[agreement.pk]) in card
    assert "ubah datanya" not in theirs


def test_the_page_says_nothing_where_they_agree(agreement, text, sign_in):
    kept(agreement, text)
    operator = person(Role.UNIT_OPERATOR, agreement.office)

    page = sign_in(operator).get(agreement.get_absolute_url()).text

    assert "Naskah berbeda dari data" not in page
