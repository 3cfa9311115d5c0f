"""The register of old agreements: what becomes of each row, and how they come in."""

from datetime import date

import pytest

from agreements.archive.parsers import numbers, term
from agreements.models import Agreement
from agreements.warnings.services import warn_of_ends
from partners.models import Partner, Partnership
from pokmas.audit.models import Entry
from pokmas.numbering.models import Number
from tests.agreements.archive.registers import HEAD, register, row
from tests.factories import AgreementFactory, PartnershipFactory
from tests.partners.imports.conftest import worked
from tests.partners.imports.test_partners import counted, entered, undone

KIND = {"kind": "agreements", "way": "", "name": "register.xlsx"}


@pytest.fixture
def kasih(unit):
    return PartnershipFactory(office=unit, name="Yayasan Kasih", status="active")


def only(record):
    return record.rows.get()


def test_an_old_agreement_lives_on_as_any_other(read, operator, unit, kasih):
    record = read([HEAD, row(1, unit)], **KIND)
    assert (record.status, record.counts) == ("rehearsed", {"new": 1})

    entered(record, by=operator)

    made = Agreement.objects.with_validity().get()
    assert (made.partner, made.office, made.kind) == (kasih.partner, unit, "pks")
    assert (made.title, made.our_number) == ("Pembinaan Klien 1", "W.22-0001")
    assert (made.partner_number, made.number_year) == ("1/YK/2024", 2024)
    assert (made.signed_on, made.starts_on) == (date(2024, 1, 5), date(2024, 1, 5))
    assert made.ends_on == date(2026, 1, 4)
    assert (made.is_archived, made.status) == (True, "signed")
    assert made.events.count() == 1


def test_of_two_numbers_in_one_cell_the_second_is_the_partners(
    read, operator, unit, kasih
):
    theirs = HEAD.index("Nomor Mitra")
    head = [each.replace("Nomor UPT", "Nomor PKS") for each in HEAD]
    said = row(1, unit, **{"Nomor UPT": "W.22-0001\n1/YK/2024"})
    sheet = [each[:theirs] + each[theirs + 1 :] for each in (head, said)]

    entered(read(sheet, **KIND), by=operator)

    made = Agreement.objects.get()
    assert (made.our_number, made.partner_number) == ("W.22-0001", "1/YK/2024")


@pytest.mark.parametrize(
    "rows", [120, pytest.param(2000, marks=pytest.mark.exhaustive)]
)
def test_a_register_comes_in_goes_and_comes_in_again(read, operator, unit, rows):
    before = counted()
    record = read(register(rows, unit), **KIND)
    assert record.counts["new"] > rows * 0.9
    assert [each["text"] for each in record.passed][-1].startswith("JUMLAH")
    first = entered(record, by=operator)
    came = counted()
    agreements = came["agreements_agreement"] - before["agreements_agreement"]

    record = undone(first, by=operator)
    left = counted()
    again = entered(read(register(rows, unit), **KIND), by=operator)

    assert left == before
    assert counted() == came
    assert agreements == first.counts["in"] == record.counts["gone"]
    assert came["partners_partner"] - before["partners_partner"] < agreements
    assert again.counts == first.counts


def test_it_is_said_what_will_be_in_force_and_what_is_in_renewal(
    read, operator, unit, sign_in
):
    late, soon = f"31-12-{unit.today.year + 1}", f"31-12-{unit.today.year + 2}"
    rows = [
        row(1, unit, Selesai="31-12-2025", **{"Status Tahapan": "MATI"}),
        row(2, unit, Jenis="NK", Selesai=late),
        row(
            3,
            unit,
            Jenis="KB",
            Selesai=soon,
            **{"Status Tahapan": "DALAM PERPANJANGAN"},
        ),
    ]
    record = read([HEAD, *rows], **KIND)

    html = sign_in(operator).get(record.get_absolute_url()).content.decode()

    assert "Baris baru akan tercatat sebagai" in html
    assert "Berlaku (2) · Berakhir (1) · tertulis dalam perpanjangan (1)" in html
    assert "mitra baru sebagai draf (1)" in html


@pytest.mark.parametrize(
    ("said", "result", "words"),
    [
        ({"Selesai": "31/02/2025"}, "wrong", "31 Februari 2025 tidak ada"),
        ({"Selesai": None, "Jangka": "2 tahun"}, "new", "dihitung dari jangka"),
        ({"Selesai": None}, "wrong", "tulis tanggal berakhir"),
        ({"Selesai": "05-01-2030"}, "new", "lebih dari lima tahun"),
        ({"Selesai": "01-01-2024"}, "wrong", "harus sesudah tanggal mulai"),
        ({"Status Tahapan": "TIDAK ADA"}, "wrong", "tidak ada naskahnya"),
        ({"Status Tahapan": "Draft Awal"}, "wrong", "belum ditandatangani"),
        ({"Status Tahapan": "entah"}, "wrong", "daftar status"),
        ({"Selesai": "04-01-2025"}, "new", "yang dipakai tanggalnya: Berakhir"),
        ({"Jenis": "Adendum"}, "wrong", "halaman kerja sama yang diubahnya"),
        ({"Judul": None}, "new", "Perjanjian Kerja Sama dengan Yayasan Kasih"),
        ({"Mulai": None}, "new", "tidak tertulis; menjadi: 05-01-2024"),
        ({"UPT": "Lapas Lain"}, "wrong", "bukan unit Anda"),
        ({"Instansi Mitra": None, "No": 1}, "wrong", "wajib diisi"),
        ({"Jatuh Tempo": "31-12-2025"}, "new", "berbeda dari tanggal berakhir"),
        ({"Tanggal Tanda Tangan": "01-02-2024"}, "new", "sebelum tanggal tanda tangan"),
    ],
)
def test_each_row_says_what_it_lacks(read, unit, kasih, said, result, words):
    found = only(read([HEAD, row(1, unit, **said)], **KIND))

    assert found.result == result
    assert words in found.reason


def test_what_is_known_is_not_taken_in_twice(read, operator, unit, kasih):
    entered(read([HEAD, row(1, unit)], **KIND), by=operator)
    longer = row(1, unit, Selesai="04-01-2027")
    other = row(2, unit, Mulai="01-06-2024", **{"Nomor UPT": "W.22-0009"})
    taken = row(1, unit, **{"Instansi Mitra": "Yayasan Lain"})

    same, longer, other, taken = [
        only(read([HEAD, each], **KIND))
        for each in (row(1, unit), longer, other, taken)
    ]

    assert same.result == "same"
    assert (longer.result, longer.remarks) == (
        "conflict",
        {"ends_on": "di portal: 04-01-2026"},
    )
    assert (other.result, taken.result) == ("conflict", "conflict")
    assert "pada waktu yang sama: “Pembinaan Klien 1” (W.22-0001)" in other.reason
    assert "Nomor ini sudah dipakai: “Pembinaan Klien 1”" in taken.reason


def test_rows_that_contradict_each_other_come_in_once(read, unit, kasih):
    again = row(2, unit, Mulai="01-02-2024", **{"Tanggal Tanda Tangan": "01-02-2024"})
    number = row(3, unit, Jenis="MoU", **{"Nomor UPT": "w22 – 0001"})

    record = read([HEAD, row(1, unit), again, number], **KIND)

    reasons = dict(record.rows.values_list("number", "reason"))
    assert record.counts == {"new": 1, "conflict": 2}
    assert reasons[3] == (
        "Yang sejenis dengan mitra ini, pada waktu yang sama, ada di baris 2"
    )
    assert reasons[4] == "Nomor yang sama ada di baris 2"


def test_parallel_agreements_come_in_with_a_reason(
    read, operator, unit, kasih, sign_in
):
    there = AgreementFactory(
        office=unit,
        partner=kasih.partner,
        status="signed",
        signed_on=date(2025, 1, 1),
        starts_on=date(2025, 1, 1),
        ends_on=date(2026, 12, 31),
        is_overlap_kept=False,
    )
    same = {"Mulai": "05-01-2019", "Selesai": "04-01-2021"}
    rows = [row(1, unit), row(2, unit, **same), row(3, unit, **same)]
    record = read([HEAD, *rows], **KIND)
    assert record.counts == {"new": 1, "conflict": 2}
    client = sign_in(operator)
    for number in (2, 4):
        page = client.get(f"{record.get_absolute_url()}rows/{number}/").text
        assert "Perjanjian sejajar memang ada" in page
        url = f"{record.get_absolute_url()}rows/{number}/let-in/"
        assert client.post(url, {"revision": record.revision}).status_code == 200
        answers = {"revision": record.revision, "reason": "Dua program berbeda"}
        client.post(url, answers)
        record.refresh_from_db()
        record = worked(record)

    assert record.counts == {"new": 3}
    entered(record, by=operator)
    made = Agreement.objects.exclude(pk=there.pk).order_by("our_number")
    assert [each.is_overlap_kept for each in made] == [True, False, True]
    reasons = Entry.objects.filter(action="import.let_in").order_by("pk")
    assert [each.details["row"] for each in reasons] == [2, 4]


def test_a_row_that_clashes_by_its_number_is_not_let_in(
    read, operator, unit, kasih, sign_in
):
    record = read([HEAD, row(1, unit), row(1, unit)], **KIND)
    url = f"{record.get_absolute_url()}rows/3/let-in/"

    sign_in(operator).post(url, {"revision": record.revision, "reason": "Ya"})

    record.refresh_from_db()
    assert (record.status, record.counts) == ("rehearsed", {"new": 1, "conflict": 1})


def test_the_same_number_in_two_years_is_asked_about(read, unit, kasih):
    days = {"Tanggal Tanda Tangan": "05-01-2020", "Mulai": "05-01-2020"}
    other = row(1, unit, Selesai="04-01-2021", **days)

    record = read([HEAD, row(1, unit), other], **KIND)

    assert record.counts == {"new": 2}
    reasons = [each.reason for each in record.rows.all()]
    assert "betulkah tahunnya? Lihat baris 3 (2020)" in reasons[0]
    assert "Lihat baris 2 (2024)" in reasons[1]


def test_a_row_says_all_that_is_wrong_with_it(read, unit, kasih):
    said = row(1, unit, Mulai="31-02-2024", Selesai=None)
    said[HEAD.index("Tanggal Tanda Tangan")] = "05-01-1990"

    reason = only(read([HEAD, said], **KIND)).reason

    assert "31 Februari 2024 tidak ada" in reason
    assert "UU 12/1995" in reason
    assert "tulis tanggal mulai" not in reason


def test_a_partner_nobody_knows_comes_in_once_as_a_draft(read, operator, unit):
    rows = [row(1, unit), row(2, unit, Jenis="MoU", **{"Instansi Mitra": "YYS KASIH"})]
    record = read([HEAD, *rows], **KIND)

    entered(record, by=operator)

    made = Partnership.objects.select_related("partner").get()
    assert (made.office, made.status) == (unit, "draft")
    assert (made.partner.name, made.partner.kind_id) == ("Yayasan Kasih", "foundation")
    assert set(Agreement.objects.values_list("partner", flat=True)) == {made.partner_id}


def test_a_partner_that_a_kept_agreement_names_is_kept(read, operator, unit):
    rows = [row(1, unit), row(2, unit, Jenis="MoU")]
    record = entered(read([HEAD, *rows], **KIND), by=operator)
    kept = Agreement.objects.get(kind="mou")
    kept.title = "Diubah"
    kept.save_edit(kept.revision, ["title"])

    record = undone(record, by=operator)

    assert dict(record.rows.values_list("number", "reason")) == {
        2: "Tetap ada: dipakai baris lain.",
        3: "Tetap ada: isinya sudah diubah orang.",
    }
    assert (Agreement.objects.count(), Partner.objects.count()) == (2, 1)


def test_a_partner_that_is_like_a_known_one_is_named(read, unit):
    PartnershipFactory(office=unit, name="Yayasan Cahaya Harapan Timor")
    other = {"Instansi Mitra": "Yayasan Cahaya Harapan Timur"}

    found = only(read([HEAD, row(1, unit, **other)], **KIND))

    assert found.result == "new"
    assert "“Yayasan Cahaya Harapan Timor”" in found.reason


def test_a_number_of_this_year_stands_in_the_book_until_it_is_taken_back(
    read, operator, unit, kasih
):
    day = unit.today.strftime("%d-%m-%Y")
    this_year = row(
        2, unit, **{"Tanggal Tanda Tangan": day, "Mulai": day, "Jangka": "1 tahun"}
    )
    this_year[HEAD.index("Selesai")] = None
    this_year[HEAD.index("Jenis")] = "MoU"
    record = entered(read([HEAD, row(1, unit), this_year], **KIND), by=operator)
    number = Number.objects.get()
    assert (number.text, number.owner.kind) == ("W.22-0002", "mou")

    undone(record, by=operator)
    entered(read([HEAD, this_year], **KIND), by=operator)

    number.refresh_from_db()
    assert number.is_cancelled
    assert Number.objects.standing().get().text == "W.22-0002"


def test_what_has_ended_long_ago_warns_nobody(read, operator, unit, kasih):
    ended = row(
        *(1, unit),
        **{
            "Tanggal Tanda Tangan": "05-01-2019",
            "Mulai": "05-01-2019",
            "Selesai": "04-01-2021",
        },
    )
    entered(read([HEAD, ended], **KIND), by=operator)

    assert warn_of_ends() == 0


def test_half_the_columns_are_enough(read, operator, unit, kasih):
    rows = [
        ["REGISTER PKS"],
        ["Instansi Mitra", "Nomor per Pihak", "Masa Berlaku", "Keterangan"],
        [
            "Yayasan Kasih",
            "W.22-0001; 12/YK",
            "1 Januari 2024 s.d. 31 Desember 2025",
            "",
        ],
        ["Yayasan Kasih", "W.22-0002", "2 Januari 2026 - 1 Januari 2027", "baru"],
        ["Jumlah", 2, None, None],
    ]

    entered(read(rows, **KIND), by=operator)

    first, last = Agreement.objects.order_by("starts_on")
    assert (first.our_number, first.partner_number) == ("W.22-0001", "12/YK")
    assert (first.signed_on, first.ends_on) == (date(2024, 1, 1), date(2025, 12, 31))
    assert last.ends_on == date(2027, 1, 1)


def test_agreements_of_another_unit_are_no_match(read, unit, kasih):
    AgreementFactory(
        partner=kasih.partner,
        status="signed",
        our_number="W.22-0001",
        number_year=2024,
        is_overlap_kept=False,
    )

    assert read([HEAD, row(1, unit)], **KIND).counts == {"new": 1}


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("2 tahun", {"months": 24}),
        ("2 (dua) tahun", {"months": 24}),
        ("dua tahun", {"months": 24}),
        ("1 tahun 6 bulan", {"months": 18}),
        ("18 bulan", {"months": 18}),
        ("5 thn", {"months": 60}),
        ("01/02/2024 s/d 31/01/2026", {"starts": "2024-02-01", "ends": "2026-01-31"}),
        ("s.d. 31 Januari 2026", {"ends": "2026-01-31"}),
        ({"day": "2026-01-31"}, {"ends": "2026-01-31"}),
        ("-", None),
    ],
)
def test_a_term_is_read_as_people_write_it(cell, found):
    assert term(cell) == found


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("W.22-1; 12/YK", ["W.22-1", "12/YK"]),
        ("W.22-1\n12/YK", ["W.22-1", "12/YK"]),
        ("W.22-1", ["W.22-1"]),
        ("-", None),
    ],
)
def test_both_numbers_of_one_cell_are_told_apart(cell, found):
    assert numbers(cell) == found
