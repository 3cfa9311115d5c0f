from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError

from pokmas.accounts.models import Assignment
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.documents.models import IssuedDocument
from pokmas.offices import reorganisation
from pokmas.offices.models import (
    Office,
    OfficeChange,
    OfficeScoped,
    OfficeScopedQuerySet,
    Zone,
)
from tests.factories import (
    AssignmentFactory,
    HeadquartersFactory,
    PostFactory,
    ProvinceFactory,
    RegencyFactory,
    RegionFactory,
    UnitFactory,
    person,
)
from tests.pokmas.offices.changes import TODAY, change_of, decide
from tests.pokmas.offices.test_models import issued_document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_noon_today")]
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def _noon_today():
    with time_machine.travel(datetime(2026, 11, 21, 5, tzinfo=UTC), tick=False):
        yield


def refusal(office, kind, /, **change):
    with pytest.raises(ValidationError) as caught:
        reorganisation.decide(change_of(office, kind, **change), by=None)
    assert not OfficeChange.objects.exists()
    return caught.value


# Rename


def test_a_rename_takes_effect_at_once_when_its_day_has_come():
    office = UnitFactory(name="Bapas Kelas II Palu", unit_class="II")
    by = person(Role.HEADQUARTERS)

    change = decide(office, "rename", by=by, name="Bapas Kelas I Palu", unit_class="I")

    assert (office.name, office.unit_class) == ("Bapas Kelas I Palu", "I")
    assert (change.state, change.before["name"]) == ("applied", "Bapas Kelas II Palu")
    entry = Entry.objects.about(office).get()
    assert (entry.actor, entry.action) == (by, "office.renamed")
    assert entry.details["decree"] == "PAS-1/2026"


def test_own_lines_of_the_letterhead_follow_a_rename():
    office = UnitFactory(name="Bapas Palu", letterhead="Balai Pemasyarakatan Palu")

    change = decide(office, "rename", name="Bapas Sigi")

    assert office.letterhead == "Balai Pemasyarakatan Sigi"
    said = "Baris kop surat menjadi: Balai Pemasyarakatan Sigi."
    assert said in change.effects


def test_own_lines_that_do_not_hold_the_name_are_to_be_looked_at():
    office = UnitFactory(name="Bapas Palu", letterhead="Balai\nPemasyarakatan")

    change = decide(office, "rename", name="Bapas Sigi")

    assert office.letterhead == "Balai\nPemasyarakatan"
    said = "Kop surat memakai baris sendiri; periksa apakah masih sesuai."
    assert said in change.effects


def test_a_rename_says_beforehand_that_the_class_changes_too():
    office = UnitFactory(name="Lapas Ende", kind="lapas", unit_class="")
    change = change_of(office, "rename", name="Lapas Kelas IIB Ende", unit_class="IIB")

    effects = reorganisation.rehearse(change)

    assert "Jenis dan kelas menjadi: Lapas, Kelas IIB." in list(effects)
    assert change.in_words == "Lapas Ende → Lapas Kelas IIB Ende; kelas: Kelas IIB"


def test_a_rename_makes_open_edit_forms_stale():
    office = UnitFactory()
    seen = office.revision

    decide(office, "rename", name="Bapas Baru")

    assert office.revision == seen + 1


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({}, "name", "Belum ada yang berubah"),
        ({"name": "bapas LAIN"}, "name", "Sudah ada kantor"),
        ({"name": "Baru", "kind": ""}, "kind", "Pilih jenis"),
        ({"name": "Baru", "decree": " "}, "decree_number", "Isi nomor keputusan"),
        ({"name": "Baru", "on": date(2032, 1, 1)}, "effective_on", "paling lama"),
        ({"name": "Baru", "on": date(2020, 1, 1)}, "effective_on", "sesudah kantor"),
    ],
)
def test_a_rename_is_refused_with_a_reason(change, field, words):
    UnitFactory(name="Bapas Lain")
    office = UnitFactory(valid_from=date(2020, 1, 1))

    assert words in refusal(office, "rename", **change).message_dict[field][0]


def test_all_that_is_wrong_is_said_at_once():
    office = UnitFactory(valid_from=date(2020, 1, 1))

    wrong = refusal(office, "rename", decree="", on=date(2019, 1, 1))

    assert set(wrong.message_dict) == {"decree_number", "effective_on", "name"}


def test_a_change_is_never_before_one_that_holds_already():
    office = UnitFactory()
    decide(office, "rename", name="Bapas Baru", on=date(2026, 6, 1))

    with pytest.raises(ValidationError, match="1 Juni 2026"):
        decide(office, "rename", name="Bapas Lebih Baru", on=date(2026, 5, 31))


def test_headquarters_may_only_be_renamed():
    office = HeadquartersFactory()

    assert "hanya dapat berganti nama" in str(refusal(office, "close"))
    decide(office, "rename", name="Badan Pemasyarakatan")
    assert office.name == "Badan Pemasyarakatan"


def test_the_same_form_sent_twice_decides_once():
    office = UnitFactory()
    change = change_of(office, "rename", name="Bapas Baru")
    again = change_of(office, "rename", name="Bapas Baru")
    again.submission_key = change.submission_key

    first = reorganisation.decide(change, by=None)
    second = reorganisation.decide(again, by=None)

    assert first == second
    assert OfficeChange.objects.count() == 1


# Move


def test_a_move_takes_posts_rows_and_figures_along():
    post = PostFactory()
    unit, there = post.parent, RegionFactory()
    document = issued_document(unit)

    decide(unit, "move", other=there)

    post.refresh_from_db()
    document.refresh_from_db()
    assert (unit.region, post.region) == (there, there)
    assert IssuedDocument.objects.filter(region=there).get() == document
    assert document.office_name == unit.name


@pytest.mark.parametrize(
    ("office", "target", "words"),
    [
        ("unit", "unit", "tidak boleh kantor ini sendiri"),
        ("unit", "post", "tidak dapat melingkar"),
        ("unit", "region", "sudah di bawah"),
        ("unit", "closed_region", "tidak aktif"),
        ("unit", "other_unit", "harus Kanwil"),
        ("post", "region", "harus UPT"),
        ("post", "prison", "harus Bapas"),
        ("region", "other_region", "langsung di bawah Pusat"),
        ("unit", None, "Pilih kantor tujuan"),
    ],
)
def test_a_move_is_refused_with_a_reason(office, target, words):
    post = PostFactory()
    offices = {
        "post": post,
        "unit": post.parent,
        "region": post.parent.parent,
        "other_unit": UnitFactory(),
        "prison": UnitFactory(kind="lapas"),
        "other_region": RegionFactory(),
        "closed_region": RegionFactory(is_active=False),
        None: None,
    }

    wrong = refusal(offices[office], "move", other=offices[target])

    assert words in wrong.message_dict["other"][0]


# Merge


def test_a_merged_office_is_closed_below_its_successor():
    post, successor = PostFactory(), UnitFactory()
    office = post.parent

    decide(office, "merge", other=successor)

    post.refresh_from_db()
    assert (office.is_active, office.valid_to) == (False, date(2026, 11, 20))
    assert (office.successor, office.parent) == (successor, successor)
    assert (post.parent, post.region) == (successor, successor.region)
    assert set(Office.objects.under(successor)) == {successor, office, post}


@pytest.mark.parametrize(
    ("kind", "action", "words"),
    [
        ("merge", "office.received", "Bapas Lama digabung ke sini"),
        ("move", "office.received", "Bapas Lama pindah ke sini"),
        ("split", "office.split_off", "dari pemecahan Bapas Lama"),
    ],
)
def test_the_trail_of_the_other_office_tells_it_too(kind, action, words):
    office = UnitFactory(name="Bapas Lama")
    other = {"merge": UnitFactory, "move": RegionFactory, "split": lambda: None}[kind]

    named = {"name": "Bapas Baru"} if kind == "split" else {}
    change = decide(office, kind, other=other(), **named)

    entry = Entry.objects.about(change.other).get()
    assert (entry.action, entry.details["words"]) == (action, words)


def test_papers_of_a_merged_office_stay_its_own_and_count_for_the_successor():
    office, successor = UnitFactory(name="Bapas Lama"), UnitFactory()
    document = issued_document(office)

    decide(office, "merge", other=successor)

    document.refresh_from_db()
    assert (document.office, document.office_name) == (office, "Bapas Lama")
    assert document.region_id == successor.region_id
    assert list(IssuedDocument.objects.under(successor)) == [document]


def test_after_two_mergers_the_last_successor_sees_all():
    first, second, third = UnitFactory.create_batch(3)
    document = issued_document(first)

    decide(first, "merge", other=second)
    decide(second, "merge", other=third)

    first.refresh_from_db()
    assert (first.parent, first.successor) == (third, second)
    assert list(IssuedDocument.objects.under(third)) == [document]


def test_the_working_area_goes_to_the_successor():
    office, successor = UnitFactory(), UnitFactory()
    regency = RegencyFactory()
    office.working_area.add(regency)

    decide(office, "merge", other=successor)

    assert list(successor.working_area.all()) == [regency]
    assert list(office.working_area.all()) == []


def test_people_go_on_at_the_successor_but_heads_do_not():
    office, successor = UnitFactory(), UnitFactory()
    start = date(2026, 1, 1)
    roles = [Role.UNIT_OPERATOR, Role.PARTNER, Role.UNIT_HEAD]
    operator, partner, head = (
        AssignmentFactory(office=office, role=role, starts_on=start) for role in roles
    )

    decide(office, "merge", other=successor)

    assert not office.assignments.current(TODAY).exists()
    going_on = successor.assignments.order_by("pk").values_list(
        "user", "role", "starts_on", "decree_number"
    )
    assert list(going_on) == [
        (operator.user_id, Role.UNIT_OPERATOR, TODAY, "PAS-1/2026"),
        (partner.user_id, Role.PARTNER, TODAY, "PAS-1/2026"),
    ]
    head.refresh_from_db()
    assert head.ends_on == date(2026, 11, 20)


def test_who_held_the_role_at_both_holds_it_once():
    office, successor = UnitFactory(), UnitFactory()
    here = AssignmentFactory(office=office, starts_on=date(2026, 1, 1))
    AssignmentFactory(user=here.user, office=successor, starts_on=date(2026, 1, 1))

    decide(office, "merge", other=successor)

    assert Assignment.objects.current(TODAY).get().office == successor


def test_a_merged_kanwil_hands_over_units_and_provinces():
    unit = UnitFactory()
    region, successor = unit.parent, RegionFactory()
    province = ProvinceFactory()
    region.provinces.add(province)
    document, own = issued_document(unit), issued_document(region)

    decide(region, "merge", other=successor)

    for row in (unit, province, document, own):
        row.refresh_from_db()
    assert (unit.parent, unit.region, province.region) == (successor,) * 3
    assert set(IssuedDocument.objects.under(successor)) == {document, own}


@pytest.mark.parametrize(
    ("office", "target", "words"),
    [
        ("unit", "unit", "tidak boleh kantor ini sendiri"),
        ("unit", "closed", "tidak aktif"),
        ("unit", "prison", "Bapas hanya dapat digabung dengan Bapas"),
        ("prison", "unit", "Bapas hanya dapat digabung dengan Bapas"),
        ("unit", "region", "hanya dapat digabung"),
        ("post", "unit", "hanya dapat digabung"),
        ("unit", None, "Pilih kantor tujuan"),
    ],
)
def test_a_merger_is_refused_with_a_reason(office, target, words):
    post = PostFactory()
    offices = {
        "post": post,
        "unit": post.parent,
        "region": post.parent.parent,
        "prison": UnitFactory(kind="lapas"),
        "closed": UnitFactory(is_active=False),
        None: None,
    }

    wrong = refusal(offices[office], "merge", other=offices[target])

    assert words in wrong.message_dict["other"][0]


def test_a_merged_office_is_not_changed_any_more():
    office, successor = UnitFactory(), UnitFactory(name="Bapas Penerus")
    decide(office, "merge", other=successor)

    with pytest.raises(ValidationError, match="sudah digabung ke Bapas Penerus"):
        decide(office, "reopen")


def test_every_row_of_an_office_can_be_asked_what_is_unfinished():
    models = [m for m in apps.get_models() if issubclass(m, OfficeScoped)]

    assert models
    for model in models:
        assert isinstance(model.objects.none(), OfficeScopedQuerySet), model


# Split, close, reopen


def test_a_split_opens_an_office_with_its_part_of_the_working_area():
    here = RegencyFactory()
    there = RegencyFactory(code="53.04", name="Kabupaten Timor Tengah Utara")
    office = UnitFactory(regency=here)
    office.working_area.set([here, there])

    change = decide(
        office,
        "split",
        name="Bapas Atambua",
        regency=there.pk,
        working_area=[there.pk],
    )

    new = Office.objects.get(name="Bapas Atambua")
    assert change.other == new
    assert (new.code, new.level, new.parent) == ("bapas-atambua", "unit", office.parent)
    assert (new.zone, new.valid_from) == (Zone.WITA, TODAY)
    assert list(new.working_area.all()) == [there]
    assert list(office.working_area.all()) == [here]


def test_a_kanwil_is_split_by_province():
    region = RegionFactory()
    ProvinceFactory(code="64", name="Kalimantan Timur", region=region)
    north = ProvinceFactory(code="65", name="Kalimantan Utara", region=region)
    tarakan = RegencyFactory(code="65.71", name="Kota Tarakan", province=north)
    unit = UnitFactory(parent=region, regency=tarakan)
    stays = UnitFactory(parent=region, regency=None)

    decide(region, "split", name="Kanwil Kalimantan Utara", provinces=["65"])

    new = Office.objects.get(name="Kanwil Kalimantan Utara")
    unit.refresh_from_db()
    stays.refresh_from_db()
    assert (new.region, unit.region, stays.region) == (new, new, region)
    assert list(new.provinces.all()) == [north]


@pytest.mark.parametrize(
    ("area", "words"),
    [
        (["53.71"], "Paling sedikit satu"),
        (["53.04"], "hanya wilayah kerja"),
    ],
)
def test_a_split_is_refused_when_the_area_cannot_be_shared(area, words):
    office = UnitFactory()
    office.working_area.add(office.regency)
    RegencyFactory(code="53.04", name="Kabupaten Timor Tengah Utara")

    wrong = refusal(office, "split", name="Bapas Baru", working_area=area)

    assert words in wrong.message_dict["working_area"][0]


def test_a_kanwil_keeps_a_province_and_a_post_is_not_split():
    post = PostFactory()
    region = post.parent.parent
    region.provinces.add(ProvinceFactory())

    wrong = refusal(region, "split", name="Kanwil Baru", provinces=["53"])
    assert "paling sedikit satu" in wrong.message_dict["provinces"][0]
    assert "buka saja pos baru" in str(refusal(post, "split", name="Pos Baru"))


def test_an_office_is_closed_and_reopened():
    office = UnitFactory(kind="rupbasan")

    decide(office, "close", on=date(2026, 2, 1))
    assert (office.is_active, office.valid_to) == (False, date(2026, 1, 31))

    decide(office, "reopen", on=date(2026, 9, 1))
    assert (office.is_active, office.valid_to) == (True, None)


def test_an_office_with_active_offices_below_is_not_closed():
    post = PostFactory()

    assert "Masih ada 1 kantor aktif" in str(refusal(post.parent, "close"))


def test_a_closed_office_is_only_reopened():
    office = UnitFactory(is_active=False)

    assert "tidak aktif" in str(refusal(office, "rename", name="Baru"))


def test_an_active_office_is_not_reopened():
    assert "masih aktif" in str(refusal(UnitFactory(), "reopen"))


# Rehearsal


def test_a_rehearsal_says_what_would_happen_and_changes_nothing():
    post, successor = PostFactory(), UnitFactory(name="Bapas Penerus")
    office = post.parent
    AssignmentFactory(office=office, starts_on=date(2026, 1, 1))

    effects = reorganisation.rehearse(change_of(office, "merge", other=successor))

    office.refresh_from_db()
    assert office.is_active
    assert not OfficeChange.objects.exists()
    assert "1 penugasan berlanjut di Bapas Penerus." in effects
    assert "1 kantor di bawahnya pindah ke Bapas Penerus." in effects


def test_a_rehearsal_refuses_like_the_real_thing():
    office = UnitFactory()

    with pytest.raises(ValidationError, match="sendiri"):
        reorganisation.rehearse(change_of(office, "merge", other=office))


# By date


def test_a_future_change_waits_for_its_day():
    office = UnitFactory(name="Bapas Lama")

    change = decide(office, "rename", name="Bapas Baru", on=TOMORROW)

    assert (office.name, change.state) == ("Bapas Lama", "planned")
    assert Entry.objects.about(office).get().action == "office.change_planned"


@pytest.mark.parametrize("days_late", [0, 1, 40])
def test_the_clock_applies_a_change_also_when_its_day_was_missed(days_late):
    office = UnitFactory(name="Bapas Lama")
    decide(office, "rename", name="Bapas Baru", on=TOMORROW)

    with time_machine.travel(datetime(2026, 11, 22, 5, tzinfo=UTC)) as clock:
        clock.shift(timedelta(days=days_late))
        assert reorganisation.apply_due() == 1
        assert reorganisation.apply_due() == 0

    office.refresh_from_db()
    assert office.name == "Bapas Baru"


@pytest.mark.parametrize(
    ("zone", "moment", "applied"),
    [
        (Zone.WIB, datetime(2026, 11, 21, 16, 59, tzinfo=UTC), 0),
        (Zone.WIB, datetime(2026, 11, 21, 17, 0, tzinfo=UTC), 1),
        (Zone.WITA, datetime(2026, 11, 21, 15, 59, tzinfo=UTC), 0),
        (Zone.WITA, datetime(2026, 11, 21, 16, 0, tzinfo=UTC), 1),
        (Zone.WIT, datetime(2026, 11, 21, 14, 59, tzinfo=UTC), 0),
        (Zone.WIT, datetime(2026, 11, 21, 15, 0, tzinfo=UTC), 1),
    ],
)
def test_a_day_begins_where_the_office_stands(zone, moment, applied):
    decide(UnitFactory(zone=zone), "rename", name="Bapas Baru", on=TOMORROW)

    assert reorganisation.apply_due(moment) == applied


def test_a_term_that_ended_with_the_day_before_does_not_go_on_at_the_successor():
    office, successor = UnitFactory.create_batch(2, zone=Zone.WIT)
    start = date(2026, 1, 1)
    AssignmentFactory(office=office, starts_on=start, ends_on=TODAY)
    decide(office, "merge", other=successor, on=TOMORROW)

    with time_machine.travel("2026-11-21 15:05Z"):  # the 22nd in Jayapura alone
        applied = reorganisation.apply_due()

    assert (applied, successor.assignments.count()) == (1, 0)


def test_changes_of_one_office_are_applied_in_order_of_their_days():
    office = UnitFactory(name="Bapas A")
    decide(office, "rename", name="Bapas C", on=TODAY + timedelta(days=3))
    decide(office, "rename", name="Bapas B", on=TOMORROW)

    reorganisation.apply_due(datetime(2026, 12, 31, tzinfo=UTC))

    office.refresh_from_db()
    assert office.name == "Bapas C"
    assert [each.in_words for each in office.changes.order_by("effective_on")] == [
        "Bapas A → Bapas B",
        "Bapas B → Bapas C",
    ]


def test_a_change_that_cannot_be_is_held_and_stops_no_other():
    office, other, successor = UnitFactory.create_batch(3)
    held = decide(office, "merge", other=successor, on=TODAY + timedelta(days=2))
    decide(other, "rename", name="Bapas Lain", on=TODAY + timedelta(days=2))
    decide(successor, "close", on=TODAY)

    count = reorganisation.apply_due(datetime(2026, 11, 24, tzinfo=UTC))
    again = reorganisation.apply_due(datetime(2026, 11, 25, tzinfo=UTC))

    held.refresh_from_db()
    assert (count, again, held.state) == (1, 0, "blocked")
    assert "tidak aktif" in held.refusal
    entries = Entry.objects.about(office).filter(action="office.change_held")
    assert entries.count() == 1


def test_what_follows_a_held_change_waits_with_it():
    office, successor = UnitFactory.create_batch(2)
    decide(office, "move", other=successor.parent, on=TODAY + timedelta(days=2))
    decide(office, "rename", name="Bapas Baru", on=TODAY + timedelta(days=3))
    Office.objects.filter(pk=successor.parent_id).update(is_active=False)

    assert reorganisation.apply_due(datetime(2026, 12, 1, tzinfo=UTC)) == 0


def test_a_held_change_is_applied_once_nothing_is_in_its_way():
    office, there = UnitFactory(), RegionFactory(is_active=True)
    change = decide(office, "move", other=there, on=TOMORROW)
    Office.objects.filter(pk=there.pk).update(is_active=False)
    reorganisation.apply_due(datetime(2026, 11, 23, tzinfo=UTC))
    Office.objects.filter(pk=there.pk).update(is_active=True)

    assert reorganisation.apply_due(datetime(2026, 11, 24, tzinfo=UTC)) == 1

    change.refresh_from_db()
    assert (change.state, change.refusal) == ("applied", "")


def test_a_name_that_is_planned_for_another_office_is_taken():
    office, other = UnitFactory.create_batch(2)
    decide(office, "rename", name="Bapas Baru", on=TOMORROW)

    with pytest.raises(ValidationError, match=f"sudah direncanakan untuk {office}"):
        decide(other, "rename", name="bapas baru")


def test_a_later_plan_starts_from_what_the_earlier_one_brings():
    office = UnitFactory(name="Bapas Lama")
    later = TOMORROW + timedelta(days=1)
    first = decide(office, "rename", name="Bapas Antara", on=TOMORROW)
    second = decide(office, "rename", name="Bapas Baru", on=later)
    there, beyond = RegionFactory.create_batch(2)
    moved = decide(office, "move", other=there, on=TOMORROW)
    again = decide(office, "move", other=beyond, on=later)

    assert [each.in_words for each in (first, second, moved, again)] == [
        "Bapas Lama → Bapas Antara",
        "Bapas Antara → Bapas Baru",
        f"{office.parent} → {there}",
        f"{there} → {beyond}",
    ]


def test_a_plan_that_was_cancelled_brings_nothing():
    office = UnitFactory(name="Bapas Lama")
    first = decide(office, "rename", name="Bapas Antara", on=TOMORROW)
    later = TOMORROW + timedelta(days=1)
    second = decide(office, "rename", name="Bapas Baru", on=later)

    reorganisation.cancel(first, by=None, reason="Keputusan dicabut.")

    again = OfficeChange.objects.get(pk=second.pk)
    assert again.in_words == "Bapas Lama → Bapas Baru"


def test_nothing_is_planned_beyond_a_planned_end():
    office, successor = UnitFactory.create_batch(2)
    decide(office, "merge", other=successor, on=TOMORROW)

    with pytest.raises(ValidationError, match="Batalkan itu dahulu"):
        decide(office, "rename", name="Baru", on=TODAY + timedelta(days=9))
    with pytest.raises(ValidationError, match="tidak lagi aktif"):
        decide(successor, "merge", other=office, on=TODAY + timedelta(days=9))


@pytest.mark.parametrize("kind", ["merge", "close"])
def test_an_office_with_later_plans_does_not_end(kind):
    office, successor = UnitFactory.create_batch(2)
    decide(office, "rename", name="Bapas Baru", on=TOMORROW)

    with pytest.raises(ValidationError, match="Batalkan dahulu rencana"):
        decide(office, kind, other=successor if kind == "merge" else None)


def test_a_planned_change_can_be_cancelled_and_stays_in_the_history():
    office = UnitFactory()
    change = decide(office, "rename", name="Bapas Baru", on=TOMORROW)

    reorganisation.cancel(change, by=None, reason="Keputusan dicabut.")

    change.refresh_from_db()
    assert change.state == "cancelled"
    assert reorganisation.apply_due(datetime(2026, 12, 1, tzinfo=UTC)) == 0
    entry = Entry.objects.about(office).first()
    assert entry.details["reason"] == "Keputusan dicabut."


def test_a_change_in_effect_or_cancelled_is_not_cancelled():
    office = UnitFactory()
    applied = decide(office, "rename", name="Bapas Baru")
    planned = decide(office, "rename", name="Bapas Lebih Baru", on=TOMORROW)
    reorganisation.cancel(planned, by=None, reason="x")

    for change, words in [(applied, "sudah berlaku"), (planned, "sudah dibatalkan")]:
        with pytest.raises(ValidationError, match=words):
            reorganisation.cancel(change, by=None, reason="x")
