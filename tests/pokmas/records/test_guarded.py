"""Stale forms and double submits, on a real record of the house: a partner."""

import threading
import uuid

import pytest
from django.db import IntegrityError, connections

from partners.models import Partner, Partnership
from pokmas.records.guarded import StaleRecord
from tests.factories import (
    PartnerFactory,
    PartnershipFactory,
    RegencyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def a_partner(**fields):
    """Not yet saved, as a form hands it over."""
    return Partner(
        kind_id="foundation", name="Yayasan Uji", regency=RegencyFactory(), **fields
    )


# Double submits


def test_a_new_record_knows_who_made_it():
    user = UserFactory()

    partner = a_partner()
    made = partner.save_new(user)

    made.refresh_from_db()
    assert (made is partner, made.created_by) == (True, user)


def test_the_same_form_sent_twice_makes_one_record():
    user, key = UserFactory(), uuid.uuid4()

    first = a_partner(submission_key=key).save_new(user)
    second = a_partner(submission_key=key).save_new(user)

    assert (second, Partner.objects.count()) == (first, 1)


def test_the_key_of_another_person_gives_nothing_away():
    key = uuid.uuid4()
    a_partner(submission_key=key).save_new(UserFactory())

    with pytest.raises(IntegrityError):
        a_partner(submission_key=key).save_new(UserFactory())


@pytest.mark.django_db(transaction=True)
def test_eight_submits_at_the_same_moment_make_one_record():
    user, key = UserFactory(), uuid.uuid4()
    start, made = threading.Barrier(8), []

    def submit():
        start.wait()
        made.append(a_partner(submission_key=key).save_new(user).pk)
        connections.close_all()

    threads = [threading.Thread(target=submit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made == [Partner.objects.get().pk] * 8


# Stale forms


def test_an_edit_is_saved_and_counts_the_revision():
    partner = PartnerFactory(name="Lama")

    partner.name = "Baru"
    partner.save_edit(0, ["name"])

    assert Partner.objects.values_list("name", "revision").get() == ("Baru", 1)
    assert partner.revision == 1


def test_an_edit_saves_the_named_fields_alone():
    partner = PartnerFactory(name="Lama", village="Oebobo")

    partner.name, partner.village = "Baru", "Alak"
    partner.save_edit(0, ["name"])

    partner.refresh_from_db()
    assert (partner.name, partner.village) == ("Baru", "Oebobo")


def test_an_edit_of_a_form_opened_earlier_is_refused():
    partner = PartnerFactory(name="Lama")
    mine, theirs = (Partner.objects.get(pk=partner.pk) for _ in range(2))
    theirs.name = "Lebih dulu"
    theirs.save_edit(0, ["name"])

    mine.name = "Terlambat"
    with pytest.raises(StaleRecord, match="sudah diubah orang lain"):
        mine.save_edit(0, ["name"])

    partner.refresh_from_db()
    assert (partner.name, partner.revision) == ("Lebih dulu", 1)


def test_an_edit_after_the_status_moved_on_is_refused():
    partnership = PartnershipFactory(status="draft")
    opened = Partnership.objects.get(pk=partnership.pk)
    partnership.move_to("submitted", by=UserFactory())

    opened.services = "Terlambat"
    with pytest.raises(StaleRecord):
        opened.save_edit(0, ["services"])


def test_the_largest_revision_that_somebody_types_is_refused_like_another():
    partner = PartnerFactory(name="Lama")

    with pytest.raises(StaleRecord):
        partner.save_edit(2**31 - 1, ["name"])
