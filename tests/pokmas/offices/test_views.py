from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.offices.loading import load
from pokmas.offices.models import Office, OfficeChange, Zone
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


def url(name, *args):
    return reverse(f"offices:{name}", args=args)


@pytest.fixture
def headquarters(sign_in):
    user = person(Role.HEADQUARTERS)
    sign_in(user)
    return user


# Looking


@pytest.mark.parametrize(
    ("unit_class", "shown"), [("", "Belum diketahui"), ("IIA", "Kelas IIA")]
)
def test_a_unit_whose_class_no_list_knows_says_so(
    client, headquarters, unit_class, shown
):
    unit = UnitFactory(unit_class=unit_class)

    rows = client.get(unit.get_absolute_url()).context["facts"]

    assert dict(rows)["Kelas"] == shown


def test_the_tree_begins_at_the_own_office(sign_in):
    post = PostFactory()
    unit, region = post.parent, post.parent.parent
    UnitFactory()
    for role, office, below in [
        (
            Role.HEADQUARTERS,
            region.parent,
            {region, *Office.objects.filter(level="regional")},
        ),
        (Role.REGIONAL_ADMIN, region, {unit}),
        (Role.UNIT_OPERATOR, unit, {post}),
    ]:
        response = sign_in(person(role, office)).get(url("index"))

        assert set(response.context["children"]) == below


def test_every_figure_of_the_tree_equals_its_list(client, headquarters):
    PostFactory()
    UnitFactory(kind="lapas")
    UnitFactory(kind="rupbasan", is_active=False)

    figures = client.get(url("index")).context["figures"]

    assert [(each["label"], each["value"]) for each in figures] == [
        ("Kanwil", 3),
        ("UPT aktif", 2),
        ("Bapas", 1),
        ("Pos Bapas", 1),
    ]
    for each in figures:
        assert client.get(each["url"]).context["page"].count == each["value"]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("index", 6), ("listing", 5), ("changes", 4)]
)
def test_lists_cost_the_same_for_any_number_of_rows(
    client, headquarters, django_assert_num_queries, name, queries, rows
):
    for unit in UnitFactory.create_batch(rows):
        tomorrow = unit.today + timedelta(days=1)
        decide(unit, "move", other=RegionFactory(), on=tomorrow)
    client.get(url(name))

    with django_assert_num_queries(queries):
        response = client.get(url(name))

    assert response.status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_an_office_page_costs_the_same_for_any_number_of_rows(
    client, headquarters, django_assert_num_queries, rows
):
    office = UnitFactory()
    for number in range(rows):
        regency = RegencyFactory(code=f"53.0{number}", name=f"Kabupaten {number}")
        office.working_area.add(regency)
        UnitFactory().working_area.add(regency)
        PostFactory(parent=office)
        decide(office, "rename", name=f"Bapas {number}", on=office.today)
    client.get(office.get_absolute_url())

    with django_assert_num_queries(11):
        response = client.get(office.get_absolute_url())

    assert len(response.context["children"]) == rows
    assert len(response.context["shared"]) == rows


def test_the_list_is_filtered_and_forgives_typing_errors(client, headquarters):
    kupang = UnitFactory(name="Bapas Kelas II Kupang", kind="bapas")
    lapas = UnitFactory(name="Lapas Kelas IIA Kupang", kind="lapas", is_active=False)
    UnitFactory(name="Bapas Denpasar", regency=None)
    for query, found in [
        ({"q": "kupng"}, [kupang, lapas]),
        ({"q": "kupang", "kind": "lapas"}, [lapas]),
        ({"active": "no"}, [lapas]),
        ({"region": kupang.region_id, "level": "unit"}, [kupang]),
    ]:
        response = client.get(url("listing"), query)

        assert list(response.context["page"]) == found


def test_the_list_is_paged(client, headquarters):
    load()

    response = client.get(url("listing"), {"level": "unit"})
    second = client.get(url("listing") + response.context["page"].next_url)

    assert response.context["page"].count == 212
    names = [
        office.name for page in (response, second) for office in page.context["page"]
    ]
    assert names == sorted(names)
    assert len(set(names)) == 50


def test_a_piece_of_the_list_is_served_to_htmx(client, headquarters):
    headers = {"HX-Request": "true", "HX-Target": "list"}

    response = client.get(url("listing"), headers=headers)

    assert "<html" not in response.text


def test_an_office_shows_what_it_was_and_who_completes_it(client, headquarters):
    office = UnitFactory(name="Bapas Lama")
    decide(office, "rename", by=headquarters, name="Bapas Baru", on=office.today)

    response = client.get(office.get_absolute_url())

    assert "Bapas Lama → Bapas Baru" in response.text
    assert "Admin Pusat, Admin Kanwil" in response.text
    assert "Mengganti nama, jenis, atau kelas kantor" in response.text
    assert "BALAI PEMASYARAKATAN BARU" in response.text


# Who may


def test_offices_of_another_region_do_not_exist(sign_in):
    stranger, planned = UnitFactory(), UnitFactory()
    change = decide(
        planned, "rename", name="Baru", on=planned.today + timedelta(days=1)
    )
    client = sign_in(person(Role.REGIONAL_ADMIN))

    for name in ("detail", "edit", "area", "create"):
        assert client.get(url(name, stranger.pk)).status_code == 404
        assert client.post(url(name, stranger.pk)).status_code in (404, 405)
    assert change not in client.get(url("changes")).context["page"]


def test_an_operator_looks_and_does_not_touch(sign_in):
    office = UnitFactory()
    client = sign_in(person(Role.UNIT_OPERATOR, office))

    assert client.get(office.get_absolute_url()).status_code == 200
    assert "timeline" not in client.get(office.get_absolute_url()).context
    for name in ("edit", "area", "create"):
        assert client.get(url(name, office.pk)).status_code == 403
    assert client.get(url("reorganise", office.pk, "rename")).status_code == 403
    assert client.get(url("target", office.pk, "merge")).status_code == 403


def test_a_partner_sees_no_offices(sign_in):
    client = sign_in(person(Role.PARTNER))

    for name in ("index", "listing", "changes"):
        assert client.get(url(name)).status_code == 403


def test_a_regional_admin_keeps_his_branch_but_does_not_reorganise_it(sign_in):
    unit = UnitFactory()
    region = unit.parent
    client = sign_in(person(Role.REGIONAL_ADMIN, region))
    change = decide(unit, "rename", name="Baru", on=unit.today + timedelta(days=1))

    for office in (unit, region):
        assert client.get(url("edit", office.pk)).status_code == 200
    assert client.get(url("area", unit.pk)).status_code == 200
    assert client.get(url("create", unit.pk)).status_code == 200
    assert client.get(url("create", region.pk)).status_code == 403
    assert client.get(url("reorganise", unit.pk, "rename")).status_code == 403
    assert client.post(url("cancel", change.pk), {"reason": "x"}).status_code == 403


def test_what_does_not_exist_is_not_found(client, headquarters):
    top = HeadquartersFactory()
    prison = UnitFactory(kind="lapas")
    closed = UnitFactory(is_active=False)

    for address in [
        url("area", prison.pk),
        url("reorganise", prison.pk, "explode"),
        url("reorganise", top.pk, "merge"),
        url("reorganise", closed.pk, "rename"),
        url("target", prison.pk, "rename"),
        url("detail", 0),
        url("reorganise", prison.pk, "merge") + "?other=999999",
    ]:
        assert client.get(address).status_code == 404, address
    assert client.get(url("create", prison.pk)).status_code == 403


# Editing


def edit_form(office, **fields):
    return {
        "revision": office.revision,
        "regency": office.regency_id or "",
        "head_capacity": "definitive",
        "paper_size": "A4",
        **fields,
    }


def test_a_regional_admin_edits_an_office(sign_in):
    office = UnitFactory()
    by = person(Role.REGIONAL_ADMIN, office.parent)

    response = sign_in(by).post(
        url("edit", office.pk),
        edit_form(
            office,
            head_name="Maria Uji, S.H.",
            head_nip="19800101 200501 1 001",
            head_capacity="acting",
            phone="0380 123456",
            number_template="WP.22.PAS-{nomor}-{tahun}",
            paper_size="F4",
        ),
    )

    office.refresh_from_db()
    assert response.url == office.get_absolute_url()
    assert (office.head_nip, office.head_capacity) == ("198001012005011001", "acting")
    assert (office.phone, office.paper_size) == ("+62380123456", "F4")
    assert Entry.objects.about(office).get().actor == by


def test_wrong_fields_are_said_at_once_and_nothing_is_lost(client, headquarters):
    office = UnitFactory()

    response = client.post(
        url("edit", office.pk),
        edit_form(
            office,
            head_nip="123",
            email="bukan-surel",
            phone="12",
            number_template="tanpa nomor",
            address="Jalan Uji 1",
        ),
    )

    errors = response.context["form"].errors
    assert set(errors) == {"head_nip", "email", "phone", "number_template"}
    assert "Jalan Uji 1" in response.text
    office.refresh_from_db()
    assert office.address == ""


def test_fields_that_are_not_in_the_form_are_not_changed(client, headquarters):
    office = UnitFactory(name="Bapas Uji")

    client.post(
        url("edit", office.pk),
        edit_form(office, name="Lain", level="regional", is_active="", code="x"),
    )

    office.refresh_from_db()
    assert (office.name, office.level, office.is_active) == ("Bapas Uji", "unit", True)


def test_a_stale_form_keeps_what_was_typed_and_shows_what_is_there(
    client, headquarters
):
    office = UnitFactory()
    form = edit_form(office, address="Jalan Saya")
    Office.objects.filter(pk=office.pk).update(revision=1, address="Jalan Orang Lain")

    response = client.post(url("edit", office.pk), form)

    assert "sudah diubah orang lain" in response.text
    assert "Jalan Saya" in response.text
    assert "Jalan Orang Lain" in response.text
    assert Office.objects.get(pk=office.pk).address == "Jalan Orang Lain"


def test_a_unit_is_opened_below_a_kanwil_and_a_post_below_a_bapas(client, headquarters):
    region, regency = RegionFactory(), RegencyFactory()
    region.provinces.add(regency.province)
    unit_form = {
        "name": " Bapas  Kelas II Ende ",
        "kind": "bapas",
        "unit_class": "II",
        "regency": regency.pk,
        "decree_number": "PAS-1",
        "submission_key": "6f1c7c52-1fb7-4f6c-9f58-3f2f4f7c9d11",
    }

    for _twice in range(2):
        response = client.post(url("create", region.pk), unit_form)
    unit = Office.objects.get(level="unit")
    post_form = unit_form | {"name": "Pos Bapas Bajawa", "submission_key": ""}
    client.post(url("create", unit.pk), post_form)

    assert response.url == unit.get_absolute_url()
    assert (unit.name, unit.region, unit.code) == (
        "Bapas Kelas II Ende",
        region,
        "bapas-ende",
    )
    post = Office.objects.get(level="post")
    assert (post.parent, post.region, post.kind) == (unit, region, "")


def test_a_new_office_needs_a_decree_and_a_free_name(client, headquarters):
    unit, regency = UnitFactory(name="Bapas Ende"), RegencyFactory()
    unit.parent.provinces.add(regency.province)

    response = client.post(
        url("create", unit.parent_id),
        {"name": "Bapas Ende", "kind": "bapas", "regency": regency.pk},
    )

    errors = response.context["form"].errors
    assert set(errors) == {"decree_number", "name"}
    assert "Sudah ada kantor dengan nama ini." in str(errors)


def test_a_shared_regency_is_warned_of_and_saved(client, headquarters):
    office, other = UnitFactory(), UnitFactory(name="Bapas Tetangga")
    regency = RegencyFactory()
    office.parent.provinces.add(regency.province)
    other.working_area.add(regency)

    shown = client.get(url("area", office.pk))
    response = client.post(
        url("area", office.pk),
        {"revision": 0, "working_area": [regency.pk]},
        follow=True,
    )

    assert "Kota Kupang (juga Bapas Tetangga)" in shown.text
    assert "Dilayani juga oleh Bapas lain: Kota Kupang." in response.text
    assert "Kota Kupang juga dilayani Bapas Tetangga" in response.text
    assert list(office.working_area.all()) == [regency]


def test_a_working_area_is_never_empty_nor_elsewhere(client, headquarters):
    office = UnitFactory()
    office.parent.provinces.add(office.regency.province)
    RegencyFactory(code="11.01", name="Jauh", province__code="11")

    for chosen in ([], ["11.01"]):
        response = client.post(
            url("area", office.pk), {"revision": 0, "working_area": chosen}
        )
        assert response.status_code == 200
        assert "working_area" in response.context["form"].errors


# Reorganising


def change_form(office, **fields):
    return {
        "effective_on": office.today.strftime("%d-%m-%Y"),
        "decree_number": "PAS-1/2026",
        "name": office.name,
        "kind": office.kind,
        "unit_class": office.unit_class,
        "submission_key": "6f1c7c52-1fb7-4f6c-9f58-3f2f4f7c9d12",
        **fields,
    }


def test_a_change_is_shown_before_it_is_decided(client, headquarters):
    office = UnitFactory(name="Bapas Lama")
    address = url("reorganise", office.pk, "rename")
    form = change_form(office, name="Bapas Baru")

    preview = client.post(address, form)
    assert preview.context["effects"][0] == "“Bapas Lama” menjadi “Bapas Baru”."
    assert not OfficeChange.objects.exists()

    back = client.post(address, {**form, "back": "1"})
    assert back.context["form"]["name"].value() == "Bapas Baru"
    assert not OfficeChange.objects.exists()

    for _twice in range(2):
        done = client.post(address, {**form, "confirm": "1"})
    office.refresh_from_db()
    assert (done.url, office.name) == (office.get_absolute_url(), "Bapas Baru")
    assert OfficeChange.objects.count() == 1


def test_a_refused_change_is_said_beside_its_fields(client, headquarters):
    office = UnitFactory(valid_from="2020-01-01")

    response = client.post(
        url("reorganise", office.pk, "rename"),
        change_form(office, effective_on="31-12-2019"),
    )

    errors = response.context["form"].errors
    assert set(errors) == {"effective_on", "name"}
    assert "sesudah kantor ini berdiri" in errors["effective_on"][0]


@pytest.mark.parametrize("typed", ["31-02-2026", "02/25/2026", "besok", ""])
def test_an_impossible_date_is_refused(client, headquarters, typed):
    office = UnitFactory()

    response = client.post(
        url("reorganise", office.pk, "close"),
        change_form(office, effective_on=typed),
    )

    assert set(response.context["form"].errors) == {"effective_on"}


def test_a_merger_begins_with_the_choice_of_a_successor(client, headquarters):
    office = UnitFactory()
    near = UnitFactory(parent=office.parent, name="Bapas Dekat")
    far = UnitFactory(name="Bapas Jauh")
    UnitFactory(parent=office.parent, is_active=False)
    UnitFactory(parent=office.parent, kind="lapas")

    begun = client.get(url("reorganise", office.pk, "merge"))
    assert begun.url == url("target", office.pk, "merge")
    assert list(client.get(begun.url).context["page"]) == [near]
    found = client.get(begun.url, {"q": "jauh"})
    assert list(found.context["page"]) == [far]

    form = change_form(office, other=far.pk, confirm="1")
    client.post(url("reorganise", office.pk, "merge"), form)
    office.refresh_from_db()
    assert office.successor == far
    assert "Penerusnya:" in client.get(office.get_absolute_url()).text


def test_successors_stand_in_the_order_in_which_people_sort(client, headquarters):
    office = UnitFactory(kind="lapas")
    for name in ("LPKA Kupang", "Lapas Ende", "Rutan Kupang"):
        UnitFactory(parent=office.parent, kind="lapas", name=name)

    page = client.get(url("target", office.pk, "merge")).context["page"]

    names = [each.name for each in page]
    assert names == ["Lapas Ende", "LPKA Kupang", "Rutan Kupang"]


def test_a_unit_moves_to_another_kanwil(client, headquarters):
    office, there = UnitFactory(), RegionFactory()

    shown = client.get(url("target", office.pk, "move"))
    form = change_form(office, other=there.pk, confirm="1")
    client.post(url("reorganise", office.pk, "move"), form)

    office.refresh_from_db()
    assert list(shown.context["page"]) == [there]
    assert office.region == there


def test_a_split_off_office_takes_over_regencies(client, headquarters):
    office = UnitFactory()
    there = RegencyFactory(code="53.04", name="Kabupaten Belu")
    office.parent.provinces.add(there.province)
    office.working_area.set([office.regency, there])

    form = change_form(
        office, name="Bapas Atambua", regency=there.pk, working_area=[there.pk]
    )
    preview = client.post(url("reorganise", office.pk, "split"), form)
    client.post(url("reorganise", office.pk, "split"), {**form, "confirm": "1"})

    assert "Wilayah kerja berpindah: Kabupaten Belu." in preview.context["effects"]
    new = Office.objects.get(name="Bapas Atambua")
    assert "kantor baru: Bapas Atambua" in preview.text
    assert "Kantor baru “Bapas Atambua” dibuka." in preview.context["effects"]
    assert list(new.working_area.all()) == [there]


def test_offices_stand_as_people_sort_them(client, headquarters):
    region = RegionFactory(name="Kanwil Uji")
    names = ["LPKA Kelas I Kupang", "Rutan Soe", "Lapas Kelas IIA Kupang"]
    for name in names:
        UnitFactory(parent=region, name=name, kind="lapas")

    page = client.get(region.get_absolute_url())
    chosen = Office.objects.filter(parent=region)

    wanted = ["Lapas Kelas IIA Kupang", "LPKA Kelas I Kupang", "Rutan Soe"]
    assert [each.name for each in page.context["children"]] == wanted
    assert [each.name for each in chosen] == wanted


def told(client, office):
    page = client.get(office.get_absolute_url())
    return [(each.what, each.words) for each in page.context["changes"]]


def test_a_merger_is_told_on_both_pages_and_on_those_it_moved(client, headquarters):
    post = PostFactory(name="Pos Bapas Soe", parent__name="Bapas Lama")
    office, successor = post.parent, UnitFactory(name="Bapas Penerus")

    decide(office, "merge", other=successor, on=office.today)

    post.refresh_from_db()
    assert told(client, office) == [("Digabung ke kantor lain", "ke Bapas Penerus")]
    assert told(client, successor) == [
        ("Menerima kantor lain", "Bapas Lama digabung ke sini")
    ]
    assert told(client, post) == [
        ("Pindah induk", "Bapas Lama digabung ke Bapas Penerus")
    ]


def test_a_split_is_told_on_the_pages_of_the_new_office_and_of_those_it_took(
    client, headquarters
):
    region = RegionFactory(name="Kanwil Lama")
    ProvinceFactory(code="64", name="Kalimantan Timur", region=region)
    north = ProvinceFactory(code="65", name="Kalimantan Utara", region=region)
    tarakan = RegencyFactory(code="65.71", name="Kota Tarakan", province=north)
    unit = UnitFactory(parent=region, regency=tarakan)

    split = decide(
        region, "split", name="Kanwil Baru", provinces=["65"], on=region.today
    )

    assert told(client, region) == [("Dipecah", "kantor baru: Kanwil Baru")]
    assert told(client, split.other) == [("Dibuka", "dari pemecahan Kanwil Lama")]
    assert told(client, unit) == [
        ("Pindah induk", "dari Kanwil Lama, yang dipecah, ke Kanwil Baru")
    ]


def test_a_merged_office_says_what_it_hung_below_as_the_past(client, headquarters):
    office = UnitFactory(parent__name="Kanwil Lama")
    successor = UnitFactory(name="Bapas Penerus")

    decide(office, "merge", other=successor, on=office.today)
    facts = dict(client.get(office.get_absolute_url()).context["facts"])

    assert "Induk" not in facts
    assert facts["Digabung ke"] == "Bapas Penerus"
    assert facts["Induk sebelum digabung"] == "Kanwil Lama"


def test_a_second_plan_for_an_office_warns_of_the_first(client, headquarters):
    office = UnitFactory(name="Bapas Lama")
    tomorrow = office.today + timedelta(days=1)
    decide(office, "rename", name="Bapas Antara", on=tomorrow)
    warning = "Sudah direncanakan: “Ganti nama, jenis, atau kelas” pada"

    form = client.get(url("reorganise", office.pk, "rename"))
    later = change_form(
        office,
        name="Bapas Baru",
        kind=office.kind,
        effective_on=(tomorrow + timedelta(days=1)).isoformat(),
    )
    preview = client.post(url("reorganise", office.pk, "rename"), later)

    for page in (form, preview):
        assert warning in page.text
        assert "Bapas Lama → Bapas Antara" in page.text
    assert "Bapas Antara → Bapas Baru" in preview.text


def test_a_planned_change_is_shown_and_can_be_cancelled(client, headquarters):
    office = UnitFactory()
    tomorrow = office.today + timedelta(days=1)
    change = decide(office, "rename", name="Bapas Baru", on=tomorrow)

    assert "berlaku sendiri pada" in client.get(office.get_absolute_url()).text
    assert client.get(url("index")).context["planned"] == 1
    without = client.post(url("cancel", change.pk), {"reason": ""})
    change.refresh_from_db()
    assert change.state == "planned"
    assert without.context["changes"][0].cancelling.errors["reason"]
    assert without.text.count("data-confirm open>") == 1

    client.post(url("cancel", change.pk), {"reason": "Keputusan dicabut."})
    change.refresh_from_db()
    assert change.state == "cancelled"
    again = client.post(url("cancel", change.pk), {"reason": "x"}, follow=True)
    assert "sudah dibatalkan" in again.text


def test_a_planned_day_is_as_far_as_it_is_where_the_office_stands(sign_in):
    with time_machine.travel("2026-11-20 15:30Z"):  # the 21st in Jayapura alone
        office = UnitFactory(zone=Zone.WIT)
        decide(office, "rename", name="Bapas Baru", on=date(2026, 11, 22))

        page = sign_in(person(Role.HEADQUARTERS)).get(url("changes"))

    assert "22 Nov 2026" in page.text
    assert "sisa 1 hari" in page.text


def test_a_held_change_says_why(client, headquarters):
    office = UnitFactory()
    tomorrow = office.today + timedelta(days=1)
    change = decide(office, "move", other=RegionFactory(), on=tomorrow)
    OfficeChange.objects.filter(pk=change.pk).update(refusal="Kanwil Uji tidak aktif.")

    index = client.get(url("index"))
    assert (index.context["planned"], index.context["held"]) == (0, 1)
    for address in (office.get_absolute_url(), url("changes")):
        text = client.get(address).text
        assert "Kanwil Uji tidak aktif." in text
        assert "ertahan" in text
