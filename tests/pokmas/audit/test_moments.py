"""The timeline: entries with the fields that changed, in words."""

import pghistory
import pytest
from django.db import connection

from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.audit.moments import Change
from pokmas.audit.services import timeline
from tests.factories import PartnershipFactory, RegencyFactory, UnitFactory, person

pytestmark = pytest.mark.django_db


def edit(record, *, by=None, action=None, **values):
    """What a service does in one request: save the fields, write the entry."""
    with pghistory.context(user=by and by.pk):
        for name, value in values.items():
            setattr(record, name, value)
        record.save(update_fields=list(values))
        if action:
            return Entry.record(by, action, record)


def newest(record, user=None):
    return timeline(record, user).moments[0]


def test_an_entry_tells_who_did_what_and_which_fields_changed():
    unit = UnitFactory(website="")
    admin = person(Role.REGIONAL_ADMIN, unit.region, full_name="Maria Uji")

    edit(unit, by=admin, action="office.changed", website="https://contoh.test")

    moment = newest(unit)
    assert (moment.actor, moment.capacity, moment.phrase) == (
        "Maria Uji",
        str(admin.acting),
        "Mengubah data kantor",
    )
    assert moment.changes == [Change("Laman", "–", "https://contoh.test")]


def test_choices_and_truth_are_shown_in_words():
    unit = UnitFactory(zone="Asia/Jakarta")

    edit(unit, zone="Asia/Makassar", is_active=False)

    assert newest(unit).changes == [
        Change("Zona waktu", "WIB", "WITA"),
        Change("Aktif", "Ya", "Tidak"),
    ]


def test_a_record_pointed_at_is_shown_by_its_name():
    unit = UnitFactory(regency=RegencyFactory(code="53.71", name="Kota Kupang"))
    belu = RegencyFactory(code="53.04", name="Kabupaten Belu")

    edit(unit, regency=belu)

    (change,) = newest(unit).changes
    assert (change.before, change.after) == ("Kota Kupang", "Kabupaten Belu")


def test_two_entries_of_one_request_each_tell_their_own_changes():
    unit = UnitFactory(website="", address="")
    with pghistory.context(user=None):
        edit(unit, action="office.changed", website="https://contoh.test")
        edit(unit, action="office.renamed", address="Jalan Uji 1")

    later, earlier = timeline(unit).moments[:2]
    assert [change.label for change in earlier.changes] == ["Laman"]
    assert [change.label for change in later.changes] == ["Alamat"]


def test_a_change_without_an_entry_is_told_too_with_its_person():
    unit = UnitFactory(website="")
    admin = person(Role.REGIONAL_ADMIN, unit.region, full_name="Maria Uji")

    edit(unit, by=admin, website="https://contoh.test")

    moment = newest(unit)
    assert (moment.actor, moment.phrase) == ("Maria Uji", "Mengubah kantor")


def test_a_change_past_the_portal_is_told_as_nobodys():
    unit = UnitFactory(website="")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE offices_office SET website = 'https://lain.test'")

    moment = newest(unit)
    assert (moment.actor, moment.changes) == (
        "Portal",
        [Change("Laman", "–", "https://lain.test")],
    )


def test_a_status_move_tells_its_reason():
    partner = PartnershipFactory(status="verifying")
    head = person(Role.UNIT_HEAD, partner.office)

    partner.move_to("returned", by=head, reason="Akta belum dilampirkan.")

    assert newest(partner).reason == "Akta belum dilampirkan."


def test_a_status_move_does_not_repeat_the_status_among_its_changes():
    partner = PartnershipFactory(status="submitted")
    operator = person(Role.UNIT_OPERATOR, partner.office)

    with pghistory.context(user=operator.pk):
        partner.move_to("verifying", by=operator)

    assert newest(partner).changes == []


def test_private_fields_only_say_that_they_changed():
    partner = PartnershipFactory(phone="+6281111111111")
    may = person(Role.UNIT_OPERATOR, partner.office)
    may_not = person(Role.AMBASSADOR, partner.office)

    edit(partner, phone="+6282222222222")

    (seen,) = newest(partner, may).changes
    (hidden,) = newest(partner, may_not).changes
    (nobody,) = newest(partner).changes
    assert (seen.before, seen.after) == ("+6281111111111", "+6282222222222")
    assert (hidden.before, hidden.after) == ("disembunyikan", "disembunyikan")
    assert nobody == hidden


def test_what_nobody_edits_is_not_told():
    partner = PartnershipFactory()

    edit(partner, revision=7)

    assert [moment.changes for moment in timeline(partner)] == [[]]


def test_who_only_read_is_not_part_of_the_history():
    unit = UnitFactory()
    Entry.record(person(Role.UNIT_HEAD, unit), "office.viewed", unit)

    assert [moment.phrase for moment in timeline(unit)] == ["Mencatat kantor"]


def test_the_history_goes_back_in_pages_without_gaps():
    unit = UnitFactory(address="")
    for n in range(12):
        edit(unit, action="office.changed", address=f"Jalan Uji {n}")

    pages, before = [], None
    while True:
        page = timeline(unit, limit=5, before=before)
        pages.append([[c.after for c in moment.changes] for moment in page])
        before = page.older
        if before is None:
            break

    told = [texts for page in pages for texts in page]
    assert told == [[f"Jalan Uji {n}"] for n in range(11, -1, -1)] + [[]]
    assert max(map(len, pages)) == 5


@pytest.mark.parametrize("changes", [1, 15])
def test_it_costs_the_same_however_much_happened(django_assert_num_queries, changes):
    unit = UnitFactory(website="")
    admin = person(Role.REGIONAL_ADMIN, unit.region)
    belu = RegencyFactory(code="53.04", name="Kabupaten Belu")
    kupang = RegencyFactory(code="53.71", name="Kota Kupang")
    for n in range(changes):
        where = belu if n % 2 == 0 else kupang
        edit(unit, by=admin, action="office.changed", regency=where)
    timeline(unit)

    with django_assert_num_queries(4):
        assert len(timeline(unit)) == changes + 1
