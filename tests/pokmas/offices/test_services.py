from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.offices import services
from pokmas.offices.models import Office, Zone
from pokmas.records.guarded import StaleRecord
from tests.factories import (
    PostFactory,
    RegencyFactory,
    RegionFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db


def new_unit(**fields):
    defaults = {"level": "unit", "kind": "bapas", "name": "Bapas Kelas II Ende"}
    return Office(**{"parent": RegionFactory(), **defaults, **fields})


def test_a_new_bapas_has_a_code_a_zone_and_a_first_working_area():
    regency = RegencyFactory()
    by = person(Role.HEADQUARTERS)

    office = services.create(new_unit(regency=regency), by=by, decree_number="PAS-1")

    assert (office.code, office.zone) == ("bapas-ende", Zone.WITA)
    assert office.region == office.parent
    assert list(office.working_area.all()) == [regency]
    entry = Entry.objects.about(office).get()
    assert (entry.actor, entry.action) == (by, "office.created")
    assert (entry.office, entry.details["decree"]) == (office, "PAS-1")


def test_a_prison_serves_no_regencies():
    office = new_unit(kind="lapas", regency=RegencyFactory())

    services.create(office, by=None, decree_number="PAS-1")

    assert not office.working_area.exists()


def test_a_code_is_used_once():
    UnitFactory(code="bapas-ende")

    office = services.create(new_unit(), by=None, decree_number="PAS-1")

    assert office.code == "bapas-ende-2"


def test_the_same_form_sent_twice_opens_one_office():
    first, second = new_unit(), new_unit()
    second.submission_key = first.submission_key

    made = services.create(first, by=None, decree_number="PAS-1")

    assert services.create(second, by=None, decree_number="PAS-1") == made
    assert Office.objects.units().count() == 1


def test_a_new_office_is_refused_with_a_reason():
    region = RegionFactory()
    tomorrow = region.today + timedelta(days=1)
    prison = UnitFactory(kind="lapas")
    taken = UnitFactory(name="Bapas Ende")
    post = {"level": "post", "kind": ""}
    cases = [
        ({"parent": RegionFactory(is_active=False)}, "tidak aktif"),
        ({"parent": taken}, "tidak dapat dibuka di bawah"),
        ({**post, "parent": region}, "tidak dapat dibuka di bawah"),
        ({**post, "parent": prison}, "hanya dapat dibuka di bawah sebuah Bapas"),
        ({"valid_from": tomorrow}, "belum tiba"),
        ({"name": "bapas ende"}, "Sudah ada kantor"),
    ]

    for fields, words in cases:
        with pytest.raises(ValidationError, match=words):
            services.create(new_unit(**fields), by=None, decree_number="PAS-1")


def test_an_edit_is_saved_and_said():
    office, by = UnitFactory(), person(Role.HEADQUARTERS)
    office.head_name, office.head_nip = "Maria Uji", "198001012005011001"

    services.update(office, revision=0, by=by)

    office.refresh_from_db()
    assert (office.head_name, office.revision) == ("Maria Uji", 1)
    entry = Entry.objects.about(office).get()
    assert entry.action == "office.changed"
    assert entry.details["fields"] == ["nama kepala", "NIP kepala"]


def test_a_stale_edit_is_refused():
    office = UnitFactory()
    services.update(office, revision=0, by=None)

    with pytest.raises(StaleRecord):
        services.update(office, revision=0, by=None)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"head_nip": "198001012005011001"}, "Isi nama kepala"),
        ({"head_name": "Maria", "head_nip": "1980"}, "18 angka"),
    ],
)
def test_an_edit_with_half_a_head_is_refused(fields, words):
    office = UnitFactory()
    for name, value in fields.items():
        setattr(office, name, value)

    with pytest.raises(ValidationError, match=words):
        services.update(office, revision=0, by=None)


def test_a_closed_office_is_not_edited():
    office = UnitFactory(is_active=False)

    with pytest.raises(ValidationError, match="tidak aktif"):
        services.update(office, revision=0, by=None)
    with pytest.raises(ValidationError, match="tidak aktif"):
        services.set_working_area(office, [office.regency], revision=0, by=None)


def test_a_working_area_is_set_and_said():
    here, there = RegencyFactory(), RegencyFactory(code="53.01", name="Kab. Kupang")
    office, by = UnitFactory(), person(Role.HEADQUARTERS)
    office.working_area.add(here)

    services.set_working_area(office, [there], revision=0, by=by)

    assert list(office.working_area.all()) == [there]
    entry = Entry.objects.about(office).get()
    assert (entry.actor, entry.action) == (by, "office.area_changed")
    assert entry.details == {"added": ["Kab. Kupang"], "removed": ["Kota Kupang"]}


def test_a_working_area_is_refused_with_a_reason():
    prison, bapas = UnitFactory(kind="lapas"), UnitFactory()

    with pytest.raises(ValidationError, match="hanya ada pada Bapas"):
        services.set_working_area(prison, [prison.regency], revision=0, by=None)
    with pytest.raises(ValidationError, match="paling sedikit satu"):
        services.set_working_area(bapas, [], revision=0, by=None)
    services.set_working_area(bapas, [bapas.regency], revision=0, by=None)
    with pytest.raises(StaleRecord):
        services.set_working_area(bapas, [bapas.regency], revision=0, by=None)


def test_two_bapas_with_one_regency_are_found_but_not_a_bapas_and_its_post():
    post, other, closed = PostFactory(), UnitFactory(), UnitFactory(is_active=False)
    bapas, regency = post.parent, RegencyFactory()
    for office in (post, bapas, other, closed):
        office.working_area.add(regency)

    assert services.other_servants(bapas, [regency]) == {regency.pk: [other]}
    assert services.other_servants(post, [regency]) == {regency.pk: [other]}
