from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from pokmas.audit.models import Entry
from pokmas.offices.loading import load
from pokmas.offices.models import Office, OfficeChange, Province, Regency
from pokmas.offices.reading import DATA, Places, read, read_places
from tests.pokmas.offices.changes import decide

pytestmark = pytest.mark.django_db
NTT = "Nusa Tenggara Timur"


@pytest.fixture
def lists(tmp_path):
    """Two small lists; `write` replaces rows of them and returns the arguments."""
    regions = [
        "name|province|seat_city",
        "Kanwil Ditjenpas Bali|Bali|Denpasar",
        "Kanwil Ditjenpas NTT|Nusa Tenggara Timur|Kupang",
    ]
    units = [
        "kanwil|type|class|name|city|province",
        "Kanwil Ditjenpas Bali|Bapas|I|Bapas Kelas I Denpasar|Denpasar|Bali",
        f"Kanwil Ditjenpas NTT|Rupbasan||Rupbasan Kupang|Kupang|{NTT}",
        f"Kanwil Ditjenpas NTT|Bapas|II|Bapas Kelas II Kupang|Kupang|{NTT}",
    ]

    class Lists:
        def __init__(self):
            self.regions = [row.split("|") for row in regions]
            self.units = [row.split("|") for row in units]

        def write(self, delimiter=",") -> tuple[Path, Path]:
            paths = tmp_path / "kanwil.csv", tmp_path / "upt.csv"
            for path, rows in zip(paths, (self.regions, self.units), strict=True):
                text = "\n".join(delimiter.join(row) for row in rows)
                path.write_text(text, encoding="utf-8-sig")
            return paths

    return Lists()


def refused(lists):
    with pytest.raises(ValidationError) as caught:
        load(*lists.write())
    assert not Office.objects.exists()
    assert not Province.objects.exists()
    return caught.value.messages


# The bundled lists


def test_the_bundled_lists_are_loaded_with_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        outcome = load()

    count = Office.objects.filter
    assert (outcome.regions, outcome.units, len(outcome.new)) == (33, 212, 245)
    assert (Province.objects.count(), Regency.objects.count()) == (38, 514)
    assert count(level="regional").count() == 33
    assert count(level="unit").count() == 212
    assert count(kind="bapas").count() == 76
    assert not Province.objects.filter(region=None).exists()
    assert len(outcome.unmatched) == 3


def test_a_second_load_finds_nothing_to_do():
    load()
    entries = Entry.objects.count()

    outcome = load()

    assert (outcome.new, outcome.changed, outcome.gone) == ([], [], [])
    assert Entry.objects.count() == entries


def test_the_bundled_offices_are_where_they_belong():
    load()
    top = Office.objects.get(level="headquarters")
    kupang = Office.objects.get(code="bapas-kupang")
    east = Office.objects.get(code="kanwil-ditjenpas-kalimantan-timur")

    assert (top.code, top.name) == ("pusat", "Direktorat Jenderal Pemasyarakatan")
    assert (kupang.regency.name, kupang.zone) == ("Kota Kupang", "Asia/Makassar")
    assert [r.name for r in kupang.working_area.all()] == ["Kota Kupang"]
    assert kupang.region.provinces.get().name == "Nusa Tenggara Timur"
    assert {p.name for p in east.provinces.all()} == {
        "Kalimantan Timur",
        "Kalimantan Utara",
    }
    inactive = Office.objects.filter(is_active=False)
    assert [office.name for office in inactive] == ["Rupbasan Kupang"]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Lapas Kelas IIA Cikarang", "Kabupaten Bekasi"),
        ("Lapas Kelas IIA Ambarawa", "Kabupaten Semarang"),
        ("Lapas Kelas IIA Abepura", "Kota Jayapura"),
        ("Rutan Kelas IIB Raba", "Kota Bima"),
        ("Bapas Tanjungpinang", "Kota Tanjung Pinang"),
        ("Bapas Palangka Raya", "Kota Palangkaraya"),
        ("Bapas Kelas I Jakarta Pusat", "Kota Administrasi Jakarta Pusat"),
        ("Kanwil Ditjenpas Banten", "Kota Serang"),
        ("Kanwil Ditjenpas Sulawesi Barat", "Kabupaten Mamuju"),
        ("LPKA Kelas II Jayapura", None),
    ],
)
def test_a_city_is_matched_on_letters_and_by_the_rule(name, place):
    lists = read()
    regencies = {row.name: row.listed["regency"] for row in lists.regions + lists.units}
    names = {code: name for code, _province, name in read_places()[1]}

    assert names.get(regencies[name]) == place


def test_a_city_may_be_said_in_full():
    places = Places(*read_places())

    assert places.regency(["32"], "Bekasi", "Lapas Bekasi") == "32.75"
    assert places.regency(["32"], "Bekasi", "Lapas Cikarang") == "32.16"
    assert places.regency(["32"], "Kota Bekasi", "Lapas Cikarang") == "32.75"
    assert places.regency(["32"], "Kabupaten Bekasi", "Lapas Bekasi") == "32.16"
    assert places.regency(["33"], "Bekasi", "Lapas Bekasi") is None


def test_the_source_of_a_row_is_not_kept():
    for name in ("kanwil.csv", "upt.csv"):
        assert "source" not in (DATA / name).read_text().splitlines()[0]


# Later lists


def test_new_changed_and_gone_are_told_apart(lists):
    load(*lists.write())
    lists.units[1][4] = "Badung"
    lists.units[3] = [*lists.units[3][:3], "Bapas Kelas II Atambua", "Belu", "NTT"]
    lists.units[3][5] = "Nusa Tenggara Timur"

    outcome = load(*lists.write())

    assert outcome.new == ["Bapas Kelas II Atambua"]
    assert outcome.changed == ["Bapas Kelas I Denpasar: kabupaten/kota"]
    assert outcome.gone == ["Bapas Kelas II Kupang"]
    assert Office.objects.get(name="Bapas Kelas II Kupang").is_active
    assert Office.objects.get(code="bapas-denpasar").regency.name == "Kabupaten Badung"


def test_a_changed_class_renames_the_office_and_old_papers_keep_the_name(lists):
    load(*lists.write())
    office = Office.objects.get(code="bapas-kupang")
    lists.units[3][2:4] = ["I", "Bapas Kelas I Kupang"]

    outcome = load(*lists.write())

    office.refresh_from_db()
    change = OfficeChange.objects.get()
    assert outcome.changed == ["Bapas Kelas II Kupang: nama, kelas"]
    assert (outcome.new, outcome.gone) == ([], [])
    assert (office.name, office.unit_class) == ("Bapas Kelas I Kupang", "I")
    assert change.before["name"] == "Bapas Kelas II Kupang"
    assert load(*lists.write()).changed == []


def test_a_unit_listed_under_another_kanwil_moves_there(lists):
    load(*lists.write())
    office = Office.objects.get(code="bapas-denpasar")
    lists.regions[1][1] = "Nusa Tenggara Barat"
    lists.regions[2][1] = "Nusa Tenggara Timur; Bali"
    lists.units[1][0] = "Kanwil Ditjenpas NTT"

    outcome = load(*lists.write())

    office.refresh_from_db()
    assert office.region.name == "Kanwil Ditjenpas NTT"
    assert OfficeChange.objects.get().kind == "move"
    assert "Bapas Kelas I Denpasar: Kanwil" in outcome.changed


def test_what_was_decreed_in_the_portal_is_not_undone(lists):
    load(*lists.write())
    office = Office.objects.get(code="bapas-kupang")
    decide(office, "rename", on=office.today, name="Bapas Kelas I Kupang Raya")

    outcome = load(*lists.write())

    office.refresh_from_db()
    assert (outcome.new, outcome.changed, outcome.gone) == ([], [], [])
    assert office.name == "Bapas Kelas I Kupang Raya"


def test_an_office_opened_in_the_portal_is_adopted_by_a_later_list(lists):
    row = lists.units.pop()
    load(*lists.write())
    region = Office.objects.get(name="Kanwil Ditjenpas NTT")
    office = Office.objects.create(
        level="unit", kind="bapas", parent=region, name=row[3], code="x", phone="0380"
    )
    lists.units.append(row)

    outcome = load(*lists.write())

    office.refresh_from_db()
    assert outcome.changed == ["Bapas Kelas II Kupang: kini tercantum dalam daftar"]
    assert (office.phone, office.listed["name"]) == ("0380", row[3])
    assert load(*lists.write()).changed == []


def test_a_list_may_use_semicolons_and_carry_other_columns(lists):
    lists.units = [[*row, "x"] for row in lists.units]
    lists.units[0][-1] = "source_url"

    assert len(load(*lists.write(delimiter=";")).new) == 5


def test_a_dry_run_reports_and_saves_nothing(lists):
    regions, units = lists.write()
    out = StringIO()

    call_command("load_offices", kanwil=regions, units=units, dry_run=True, stdout=out)

    assert "5 baru, 0 berubah, 0 hilang dari daftar." in out.getvalue()
    assert "tidak ada yang disimpan" in out.getvalue()
    assert not Office.objects.exists()


# Lists that are refused


def test_everything_wrong_is_said_at_once_and_nothing_is_saved(lists):
    lists.regions.append(["Kanwil Ditjenpas Bali Dua", "Bali; Atlantis", "Denpasar"])
    lists.units[1][1] = "Hotel"
    lists.units[2][2] = "IV"
    lists.units[3][0] = "Kanwil Ditjenpas Bulan"
    lists.units.append([*lists.units[3][:3], "Bapas Kelas I Kupang", "", "Bali"])
    lists.units.append(["Kanwil Ditjenpas Bali", "Lapas", "", "", "", "Bali"])
    lists.units.append(["Kanwil Ditjenpas Bali", "Lapas"])

    assert refused(lists) == [
        "kanwil.csv baris 4: provinsi “Bali” sudah milik Kanwil Ditjenpas Bali.",
        "kanwil.csv baris 4: provinsi “Atlantis” tidak dikenal.",
        "upt.csv baris 7: 2 sel, seharusnya 6.",
        "upt.csv baris 2: jenis “Hotel” tidak dikenal.",
        "upt.csv baris 3: kelas “IV” tidak dikenal.",
        "upt.csv baris 4: Kanwil “Kanwil Ditjenpas Bulan” tidak dikenal.",
        "upt.csv baris 5: “Bapas Kelas I Kupang” sudah ada di baris 4.",
        "upt.csv baris 5: Kanwil “Kanwil Ditjenpas Bulan” tidak dikenal.",
        "upt.csv baris 6: kolom name kosong.",
    ]


def test_a_unit_outside_the_provinces_of_its_kanwil_is_refused(lists):
    lists.units[1][5] = "Aceh"

    assert refused(lists) == [
        "upt.csv baris 2: provinsi “Aceh” bukan wilayah Kanwil Ditjenpas Bali."
    ]


def test_a_list_with_half_its_columns_is_refused(lists):
    lists.units = [row[:3] for row in lists.units]
    lists.regions = [row[1:] for row in lists.regions]

    assert refused(lists) == [
        "kanwil.csv tidak punya kolom: name.",
        "upt.csv tidak punya kolom: name, city, province.",
    ]


def test_what_is_no_list_is_refused(tmp_path, lists):
    regions, units = lists.write()
    for content, words in [
        (b"\x89PNG\r\n\x1a\n\xff", "bukan teks UTF-8"),
        (b"", "tidak punya kolom"),
        (units.read_bytes().split(b"\n")[0], "tidak berisi satu baris pun"),
    ]:
        units.write_bytes(content)
        with pytest.raises(ValidationError, match=words):
            load(regions, units)
    with pytest.raises(ValidationError, match="tidak dapat dibuka"):
        load(regions, tmp_path / "tidak-ada.csv")
    assert not Office.objects.exists()


def test_the_command_names_every_problem(lists):
    lists.units[1][1] = "Hotel"
    regions, units = lists.write()

    with pytest.raises(CommandError) as caught:
        call_command("load_offices", kanwil=regions, units=units)

    assert str(caught.value) == (
        "Daftar ditolak, tidak ada yang disimpan:\n"
        "  - upt.csv baris 2: jenis “Hotel” tidak dikenal."
    )


def test_a_long_list_of_problems_is_shortened(lists):
    lists.units += [["?", "?", "", f"Lapas {n}", "", "Bali"] for n in range(40)]

    messages = refused(lists)

    assert len(messages) == 51
    assert messages[-1] == "… dan 30 hal lain."
