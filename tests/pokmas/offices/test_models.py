import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, connection

from pokmas.accounts.roles import Role
from pokmas.documents.models import IssuedDocument
from pokmas.offices.models import Office, Province, Regency, Zone
from tests.factories import (
    HeadquartersFactory,
    PostFactory,
    ProvinceFactory,
    RegencyFactory,
    RegionFactory,
    UnitFactory,
    person,
)
from tests.pokmas.offices.changes import decide

pytestmark = pytest.mark.django_db


def issued_document(office):
    return IssuedDocument.objects.create(
        kind="tests.paper",
        office=office,
        title="Laporan",
        holder="Uji",
        office_name=office.name,
        owner_type=ContentType.objects.get_for_model(Office),
        owner_id=office.pk,
    )


def test_the_database_keeps_the_region_of_every_branch():
    post = PostFactory()
    unit, region = post.parent, post.parent.parent

    assert (post.region, unit.region, region.region) == (region, region, region)
    assert region.parent.region is None


def test_a_moved_unit_takes_its_posts_and_rows_to_the_new_region():
    post = PostFactory()
    unit, other = post.parent, RegionFactory()
    document = issued_document(unit)

    Office.objects.filter(pk=unit.pk).update(parent=other)

    for row in (unit, post, document):
        row.refresh_from_db()
    assert (unit.region, post.region, document.region_id) == (other, other, other.pk)


def test_the_database_refuses_a_row_with_the_region_of_another_office():
    document, other = issued_document(UnitFactory()), RegionFactory()

    IssuedDocument.objects.filter(pk=document.pk).update(region=other)

    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    ("level", "parent"),
    [
        ("unit", HeadquartersFactory),
        ("unit", UnitFactory),
        ("post", RegionFactory),
        ("regional", RegionFactory),
        ("post", PostFactory),
    ],
)
def test_the_database_refuses_an_office_at_the_wrong_place(level, parent):
    kind = "bapas" if level == "unit" else ""

    with pytest.raises(IntegrityError):
        Office.objects.create(
            level=level, kind=kind, parent=parent(), name="Salah", code="salah"
        )


def test_the_database_refuses_a_circle():
    post = PostFactory()

    with pytest.raises(IntegrityError):
        Office.objects.filter(pk=post.parent_id).update(parent=post)


def test_an_office_is_never_deleted():
    unit = UnitFactory()

    with pytest.raises(ProgrammingError, match="Cannot delete"):
        unit.delete()


def test_there_is_one_headquarters():
    HeadquartersFactory()

    with pytest.raises(IntegrityError):
        Office.objects.create(level="headquarters", name="Pusat lain", code="lain")


def test_two_open_offices_never_share_a_name():
    UnitFactory(name="Bapas Kupang")

    with pytest.raises(IntegrityError):
        UnitFactory(name="BAPAS KUPANG")


def test_a_province_belongs_to_one_kanwil():
    region = RegionFactory()
    province = ProvinceFactory(region=region)

    other = RegionFactory()
    other.provinces.add(province)

    assert list(region.provinces.all()) == []
    assert Province.objects.get().region == other


def test_the_own_branch_is_visible_and_nothing_else():
    post = PostFactory()
    unit, region = post.parent, post.parent.parent
    stranger = UnitFactory()
    everything = {region.parent, region, unit, post, stranger, stranger.parent}

    def seen_by(role, office):
        return set(Office.objects.visible_to(person(role, office)))

    assert seen_by(Role.HEADQUARTERS, region.parent) == everything
    assert seen_by(Role.REGIONAL_ADMIN, region) == {region, unit, post}
    assert seen_by(Role.UNIT_OPERATOR, unit) == {unit, post}
    assert seen_by(Role.PARTNER, post) == {post}


def test_is_above_agrees_with_under():
    post, stranger = PostFactory(), PostFactory()
    offices = list(Office.objects.all())

    for office in offices:
        below = set(Office.objects.under(office))
        assert {other for other in offices if office.is_above(other)} == below
    assert stranger not in Office.objects.under(post.parent)


@pytest.mark.parametrize(
    "text",
    ["kupang", "Kelas II Kupang", "kupang bapas", "KUPNG", "Bapas Kupagn", "kpang"],
)
def test_search_finds_by_words_in_any_order_and_with_typing_errors(text):
    found = UnitFactory(name="Bapas Kelas II Kupang")
    UnitFactory(name="Bapas Kelas I Denpasar", regency=None)

    assert list(Office.objects.units().search(text)) == [found]


def test_search_finds_by_place_code_and_former_name():
    regency = RegencyFactory(code="51.71", name="Kota Denpasar")
    office = UnitFactory(
        name="Lapas Kerobokan", code="lapas-kerobokan", regency=regency
    )
    UnitFactory(name="Bapas Waikabubak", regency=None)
    decide(office, "rename", name="Lapas Kelas IIA Badung")

    for text in ("denpasar", "lapas-kero", "kerobokan", "badung"):
        assert list(Office.objects.search(text)) == [office]


def test_nothing_to_search_for_leaves_all():
    UnitFactory()

    assert Office.objects.search(" \0 ").count() == 3


def test_only_active_units_and_posts_can_be_chosen():
    post = PostFactory()
    UnitFactory(is_active=False)

    assert set(Office.objects.choosable()) == {post, post.parent}


def test_serving_finds_by_seat_and_by_working_area():
    here, there = (
        RegencyFactory(),
        RegencyFactory(code="53.01", name="Kabupaten Kupang"),
    )
    seated = UnitFactory(regency=here)
    serving = UnitFactory(regency=there)
    serving.working_area.add(here)
    UnitFactory(regency=there)

    assert set(Office.objects.serving(here)) == {seated, serving}


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("11", Zone.WIB),
        ("35", Zone.WIB),
        ("61", Zone.WIB),
        ("62", Zone.WIB),
        ("51", Zone.WITA),
        ("53", Zone.WITA),
        ("63", Zone.WITA),
        ("65", Zone.WITA),
        ("73", Zone.WITA),
        ("81", Zone.WIT),
        ("96", Zone.WIT),
    ],
)
def test_every_province_has_its_zone(code, zone):
    assert Zone.of(code) == zone


def test_the_letterhead_goes_from_the_ministry_down_to_the_office():
    region = RegionFactory(name="Kanwil Ditjenpas Bali")
    unit = UnitFactory(name="Bapas Kelas I Denpasar", parent=region)
    lines = "Pos Gianyar\n\nSatu Atap"
    post = PostFactory(name="Pos Bapas Gianyar", parent=unit, letterhead=lines)

    assert post.lines_above == [
        "Kementerian Imigrasi dan Pemasyarakatan Republik Indonesia",
        "Direktorat Jenderal Pemasyarakatan",
        "Kantor Wilayah Bali",
        "Balai Pemasyarakatan Kelas I Denpasar",
    ]
    assert post.own_lines == ["Pos Gianyar", "Satu Atap"]


@pytest.mark.parametrize(
    ("name", "town"),
    [
        ("Kota Kupang", "Kupang"),
        ("Kabupaten Ende", "Ende"),
        ("Kota Administrasi Jakarta Timur", "Jakarta Timur"),
        ("Kotabaru", "Kotabaru"),
    ],
)
def test_the_place_of_a_letter_is_the_town_alone(name, town):
    assert Regency(name=name).town == town


def test_the_letterhead_of_a_merged_office_does_not_name_its_successor():
    unit = UnitFactory(name="Bapas Lama")
    decide(unit, "merge", other=UnitFactory(parent=unit.parent))

    assert (len(unit.lines_above), unit.own_lines) == (3, ["Balai Pemasyarakatan Lama"])


def test_a_number_pattern_is_checked():
    office = UnitFactory()

    office.number_template = "W22.PAS.PAS.2-{klasifikasi}-{nomor} TAHUN {tahun}"
    office.clean_fields()
    for wrong in ("W22 {nomer}", "W22-{tahun}", "{nomor} {0.__class__}", "{nomor} {"):
        office.number_template = wrong
        with pytest.raises(ValidationError):
            office.clean_fields()
