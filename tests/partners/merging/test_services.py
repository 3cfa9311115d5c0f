"""Two partners on record that are the same become one, and nothing is lost."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, transaction

from partners.known.models import Distinction
from partners.merging import services
from partners.models import Partner, Representative
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.audit.services import timeline
from pokmas.notices.models import Notice
from pokmas.records.constraints import in_words
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    GroupMembershipFactory,
    PartnerKindFactory,
    PartnershipFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)
from tests.waiting import PATIENCE, wait_until

pytestmark = pytest.mark.django_db


@pytest.fixture
def hq():
    return person(Role.HEADQUARTERS)


@pytest.fixture
def pair():
    """The same foundation, known to two units as two partners."""
    here, there = (
        PartnershipFactory(office=UnitFactory(), status="active", name=name)
        for name in ("Yayasan Sukma Jaya", "Yys. Soekma Djaja")
    )
    return here, there


def test_what_the_one_had_is_the_others(hq, pair):
    here, there = pair
    agreement = AgreementFactory(partner=there.partner, office=there.office)
    activity = ActivityFactory(office=there.office)
    activity.partners.set([there.partner])
    both = ActivityFactory(office=there.office)
    both.partners.set([here.partner, there.partner])
    membership = GroupMembershipFactory(partner=there, group__office=there.office)
    acting = RepresentativeFactory(partner=there)

    services.merge(here.partner, there.partner, by=hq)

    for row in (there, agreement, membership, acting):
        row.refresh_from_db()
    kept = here.partner
    assert (there.partner, agreement.partner, acting.partner) == (kept, kept, kept)
    assert membership.partnership.partner == kept
    assert [*activity.partners.all()] == [*both.partners.all()] == [kept]


def test_answers_are_taken_as_chosen(hq, pair):
    here, there = pair
    Partner.objects.filter(pk=there.partner_id).update(
        tax_number="01.234.567.8-901.000", registration_number="AHU-1"
    )

    services.merge(here.partner, there.partner, taken=["tax_number"], by=hq)

    kept = Partner.objects.get(pk=here.partner_id)
    assert (kept.tax_number, kept.registration_number) == ("01.234.567.8-901.000", "")
    assert kept.name == "Yayasan Sukma Jaya"


def test_the_one_that_went_is_not_found_any_more(hq, pair):
    here, there = pair
    gone = there.partner

    services.merge(here.partner, gone, by=hq)

    assert [*Partner.objects.visible_to(hq)] == [here.partner]
    gone.refresh_from_db()
    assert (gone.merged_into, gone.merged_by) == (here.partner, hq)


def test_both_histories_stay(hq, pair):
    here, there = pair
    gone, states = there.partner, there.partner.events.count()

    services.merge(here.partner, gone, by=hq)

    gone.refresh_from_db()
    assert gone.events.count() == states + 1
    told = [moment.phrase for moment in timeline(gone, hq)]
    assert told[0] == "Menggabungnya dengan mitra lain"
    for partnership in pair:
        entries = Entry.objects.about(partnership).filter(action="partnership.merged")
        assert entries.get().details["merged"] == gone.reference


def test_a_kind_that_was_taken_is_told_by_its_name(hq, pair):
    here, there = pair
    kind = PartnerKindFactory(code="health")
    Partner.objects.filter(pk=there.partner_id).update(kind=kind)

    services.merge(here.partner, there.partner, taken=["kind"], by=hq)

    changes = [
        (change.before, change.after)
        for moment in timeline(here, hq)
        for change in moment.changes
    ]
    assert (str(here.partner.kind), str(kind)) in changes


def test_all_units_and_the_partners_people_are_told(hq, pair):
    here, there = pair
    people = [
        person(Role.UNIT_OPERATOR, here.office),
        person(Role.UNIT_OPERATOR, there.office),
        RepresentativeFactory(partner=there).user,
    ]

    services.merge(here.partner, there.partner, by=hq)

    told = Notice.objects.filter(kind__startswith="partnership.merged_")
    assert {notice.user for notice in told} >= set(people)


def test_who_acts_for_both_acts_once(hq, pair):
    here, there = pair
    user = RepresentativeFactory(partner=here).user
    Representative.objects.create(partner=there.partner, user=user)

    services.merge(here.partner, there.partner, by=hq)

    rows = Representative.objects.filter(user=user, partner=here.partner)
    assert (rows.count(), rows.current().count()) == (2, 1)


def test_two_running_partnerships_with_one_unit_are_refused(hq):
    unit = UnitFactory(name="Bapas Uji")
    here = PartnershipFactory(office=unit, status="active")
    there = PartnershipFactory(office=unit, status="submitted")

    with pytest.raises(ValidationError, match="Keduanya masih berjalan di Bapas Uji"):
        services.merge(here.partner, there.partner, by=hq)

    there.refresh_from_db()
    assert there.partner != here.partner


def test_one_that_came_to_an_end_there_is_no_obstacle(hq):
    unit = UnitFactory()
    here = PartnershipFactory(office=unit, status="active")
    there = PartnershipFactory(office=unit, status="ended")

    services.merge(here.partner, there.partner, by=hq)

    there.refresh_from_db()
    assert there.partner == here.partner


def test_a_head_merges_what_only_his_unit_knows(pair):
    here, there = pair
    unit = here.office
    own = PartnershipFactory(office=unit, status="ended")
    head = person(Role.UNIT_HEAD, unit)

    services.merge(here.partner, own.partner, by=head)
    with pytest.raises(ValidationError, match="di luar kantor Anda"):
        services.merge(here.partner, there.partner, by=head)

    there.refresh_from_db()
    assert there.partner != here.partner


def test_who_represents_one_of_them_does_not_merge_them(hq, pair):
    here, there = pair
    Representative.objects.create(partner=there.partner, user=hq)

    with pytest.raises(ValidationError, match="mewakili"):
        services.merge(here.partner, there.partner, by=hq)


def test_what_was_said_to_be_two_is_not_merged(hq, pair):
    here, there = pair
    first, second = sorted([here.partner_id, there.partner_id])
    Distinction.objects.create(first_id=first, second_id=second, said_by=hq)

    with pytest.raises(ValidationError, match="dinyatakan bukan yang sama"):
        services.merge(here.partner, there.partner, by=hq)


def test_a_third_that_one_was_told_from_is_told_from_both(hq, pair):
    here, there = pair
    third = PartnershipFactory(status="active").partner
    for one in (here.partner, there.partner):
        first, second = sorted([one.pk, third.pk])
        Distinction.objects.create(first_id=first, second_id=second, said_by=hq)

    services.merge(here.partner, there.partner, by=hq)

    [said] = Distinction.objects.of(here.partner)
    assert said.other_than(here.partner) == third.pk


def test_a_person_and_an_organisation_are_not_merged(hq, pair):
    here, _there = pair
    kind = here.partner.kind.__class__.objects.create(
        code="uji", name="Orang uji", is_person=True
    )
    lone = PartnershipFactory(status="active", kind=kind)

    with pytest.raises(ValidationError, match="Perorangan dan lembaga"):
        services.merge(here.partner, lone.partner, by=hq)


def test_merging_twice_is_refused(hq, pair):
    here, there = pair
    services.merge(here.partner, there.partner, by=hq)

    with pytest.raises(ValidationError, match="sudah digabung"):
        services.merge(here.partner, there.partner, by=hq)


def test_what_was_merged_into_the_one_that_goes_goes_along(hq, pair):
    here, there = pair
    older = PartnershipFactory(status="ended").partner
    services.merge(there.partner, older, by=hq)

    services.merge(here.partner, there.partner, by=hq)

    older.refresh_from_db()
    assert older.merged_into == here.partner


def point(partner, other):
    """Past the service, as a program with a fault or a hand in the database would."""
    Partner.objects.filter(pk=partner.pk).update(merged_into=other)


def test_the_database_keeps_mergers_from_circles_and_chains(pair):
    here, there = (each.partner for each in pair)
    third = PartnershipFactory(status="active").partner
    point(here, there)

    for wrong in [(there, here), (third, here), (there, third), (third, third)]:
        with pytest.raises(IntegrityError), transaction.atomic():
            point(*wrong)

    assert list(Partner.objects.filter(merged_into__isnull=False)) == [here]


def test_no_unit_begins_with_a_partner_that_was_merged(hq, pair):
    here, there = pair
    services.merge(here.partner, there.partner, by=hq)

    with pytest.raises(ValidationError, match="sudah digabung"), in_words():
        PartnershipFactory(partner=there.partner, status="proposed")


@pytest.mark.django_db(transaction=True)
def test_of_two_mergers_at_once_that_would_make_a_chain_one_is_refused(pair):
    here, there = (each.partner for each in pair)
    third = PartnershipFactory(status="active").partner
    refused = []

    def other_merger():
        try:
            point(there, third)
        except IntegrityError as error:
            refused.append(error)
        finally:
            connections.close_all()

    other = threading.Thread(target=other_merger, daemon=True)
    with transaction.atomic(), connection.cursor() as cursor:
        point(here, there)
        other.start()

        def is_waiting():
            cursor.execute("SELECT FROM pg_locks WHERE NOT granted")
            return cursor.fetchone() is not None

        wait_until(is_waiting)
    other.join(PATIENCE)

    there.refresh_from_db()
    assert (len(refused), there.merged_into) == (1, None)
