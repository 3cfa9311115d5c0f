"""Appointments do not overlap; a contact leads to the next and becomes a partner."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from outreach.ambassadors import funnel, services
from outreach.models import Ambassador, Contact
from partners.models import Partnership
from partners.registration import services as registration
from pokmas.accounts.roles import Role
from pokmas.notices.models import Notice
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    AmbassadorFactory,
    AssignmentFactory,
    ContactFactory,
    ContactResultFactory,
    DocumentFactory,
    PartnerKindFactory,
    PartnershipFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db


def appointment(who, office, first=0, days=365, **more):
    start = office.today + timedelta(first)
    return Ambassador(
        office=office,
        person=who,
        letter_number="WP.22.PAS.3-HK.01.05-0001",
        letter_on=office.today,
        starts_on=start,
        ends_on=start + timedelta(days),
        **more,
    )


def appoint(row, by):
    letter = DocumentFactory(uploaded_by=by)
    return services.appoint(row, letter=letter, by=by)


def contact_of(by, **more):
    values = {
        "office": by.acting.office,
        "met_on": by.acting.office.today,
        "name": "Yayasan Uji Kontak",
        "kind": PartnerKindFactory(code="media"),
        "approach": "education",
        "result": ContactResultFactory(),
    } | more
    return Contact(**values)


def said_of(refused, name):
    return refused.value.message_dict[name]


def test_terms_of_one_person_at_an_office_do_not_overlap():
    unit = UnitFactory()
    head, duta = person(Role.UNIT_HEAD, unit), person(Role.AMBASSADOR, unit)
    first = appoint(appointment(duta, unit), head)
    assert Notice.objects.filter(user=duta, kind="ambassador.appointed").exists()

    with pytest.raises(ValidationError, match="sudah ditunjuk"):
        appoint(appointment(duta, unit, first=365), head)
    appoint(appointment(duta, unit, first=366), head)
    with pytest.raises(IntegrityError), transaction.atomic():
        AmbassadorFactory(office=unit, person=duta, starts_on=unit.today)

    services.end(first, reason="Pindah tugas", by=head)
    assert (first.validity, first.reason) == ("ended", "Pindah tugas")
    appoint(appointment(duta, unit, days=100), head)


def test_only_who_works_at_the_office_is_appointed_by_who_is_over_it():
    unit = UnitFactory()
    head, stranger = person(Role.UNIT_HEAD, unit), person(Role.AMBASSADOR)
    with pytest.raises(ValidationError) as refused:
        appoint(appointment(stranger, unit), head)
    assert "tidak bertugas" in said_of(refused, "person")[0]

    with pytest.raises(ValidationError) as refused:
        appoint(appointment(head, unit), person(Role.UNIT_HEAD))
    assert said_of(refused, "office") == ["Unit ini di luar kantor Anda."]

    with pytest.raises(ValidationError) as refused:
        appoint(appointment(head, unit, days=4000), head)
    assert "tahunnya" in said_of(refused, "ends_on")[0]


def test_the_end_of_a_term_is_told_once_thirty_days_ahead():
    row = AmbassadorFactory()
    row.ends_on = row.office.today + timedelta(31)
    row.save()
    services.tell_of_ends()
    assert not Notice.objects.filter(kind="ambassador.term_ends").exists()

    row.ends_on -= timedelta(1)
    row.save()
    services.tell_of_ends()
    services.tell_of_ends()
    assert Notice.objects.get(kind="ambassador.term_ends").user == row.person


def test_a_contact_says_when_to_go_on_and_the_next_one_answers_it():
    duta = person(Role.AMBASSADOR, UnitFactory())
    today = duta.acting.office.today
    needs = ContactResultFactory(code="follow_up")
    with pytest.raises(ValidationError) as refused:
        services.log(contact_of(duta, result=needs), by=duta)
    assert said_of(refused, "follow_up_on") == ["Isi tanggal tindak lanjutnya."]

    first = services.log(
        contact_of(duta, result=needs, follow_up_on=today, follow_up="Bawa naskah"),
        by=duta,
    )
    assert first.status == "open"
    assert list(Contact.objects.awaiting(duta)) == [first]
    other = person(Role.AMBASSADOR, duta.acting.office)
    assert not Contact.objects.awaiting(other).exists()
    with pytest.raises(ValidationError, match="petugas yang mencatatnya"):
        services.log(contact_of(other), after=first, by=other)

    second = services.log(contact_of(duta), after=first, by=duta)
    first.refresh_from_db()
    assert (first.status, second.first) == ("closed", first)
    # The same name, though the button was not pressed, goes on in the same chain.
    third = services.log(contact_of(duta, name="yayasan uji kontak"), by=duta)
    assert third.first == first


def test_who_left_leaves_his_follow_ups_to_the_others():
    duta = person(Role.AMBASSADOR, UnitFactory())
    unit = duta.acting.office
    row = ContactFactory(
        office=unit, person=duta, status="open", follow_up_on=unit.today
    )
    other = person(Role.AMBASSADOR, unit)

    duta.assignments.update(ended_at=timezone.now())

    assert list(Contact.objects.awaiting(other)) == [row]
    assert services.log(contact_of(other), after=row, by=other).first == row


@pytest.mark.parametrize(
    ("days", "name"), [(1, "met_on"), (-400, "met_on")], ids=["ahead", "long ago"]
)
def test_a_day_that_cannot_be_is_refused(days, name):
    duta = person(Role.AMBASSADOR, UnitFactory())
    day = duta.acting.office.today + timedelta(days)
    with pytest.raises(ValidationError) as refused:
        services.log(contact_of(duta, met_on=day), by=duta)
    assert said_of(refused, name)


def test_a_late_follow_up_is_told_once_to_who_noted_it():
    row = ContactFactory(status="open", follow_up_on=UnitFactory().today)
    Contact.objects.filter(pk=row.pk).update(
        met_on=row.office.today - timedelta(5),
        follow_up_on=row.office.today - timedelta(1),
    )
    services.tell_of_late()
    services.tell_of_late()
    assert Notice.objects.get(kind="contact.late").user == row.person


def test_a_contact_becomes_a_registration_to_which_the_whole_chain_is_linked():
    duta = person(Role.AMBASSADOR, UnitFactory())
    first = services.log(contact_of(duta, phone="+6281234567890"), by=duta)
    second = services.log(contact_of(duta), after=first, by=duta)

    services.register(second, by=duta)

    first.refresh_from_db()
    partnership = Partnership.objects.get(partner=first.partner)
    assert first.partner == second.partner
    assert (partnership.status, partnership.office) == ("draft", first.office)
    assert (partnership.partner.name, partnership.partner.kind_id) == (
        "Yayasan Uji Kontak",
        "media",
    )
    with pytest.raises(ValidationError, match="sudah terkait"):
        services.register(first, by=duta)


def test_a_kanwil_registers_at_the_unit_that_will_work_with_him(sign_in):
    unit, strange = UnitFactory(), UnitFactory()
    duta = person(Role.AMBASSADOR, unit.parent)
    row = services.log(contact_of(duta), by=duta)
    with pytest.raises(ValidationError, match="Mitra didaftarkan kantor"):
        services.register(row, by=duta)
    client = sign_in(duta)
    url = reverse("outreach:contact_register_at", args=[row.pk])

    refused = client.post(url, {"unit": strange.pk})
    done = client.post(url, {"unit": unit.pk})

    assert refused.context["form"].has_error("unit")
    row.refresh_from_db()
    partnership = Partnership.objects.get(partner=row.partner)
    assert partnership.office == unit
    assert done.url == reverse("partners:identity", args=[partnership.pk])
    assert client.get(done.url).status_code == 200


def test_after_its_draft_was_thrown_away_a_contact_is_registered_anew(sign_in):
    duta = person(Role.AMBASSADOR, UnitFactory())
    row = services.log(contact_of(duta), by=duta)
    services.register(row, by=duta)
    first = row.partner
    registration.discard(first.at(row.office), reason="Salah ketik", by=duta)
    page = sign_in(duta).get(row.get_absolute_url()).content.decode()
    assert "Belum tercatat sebagai mitra" in page

    services.register(row, by=duta)

    assert row.partner != first
    with pytest.raises(ValidationError, match="sudah terkait"):
        services.register(row, by=duta)


def test_numbers_of_who_became_no_partner_are_removed_in_time():
    old = timezone.localdate() - timedelta(services.PHONE_KEPT_DAYS + 1)
    gone = ContactFactory(met_on=old, phone="+6281234567890")
    spoken = ContactFactory(met_on=old, phone="+6281234567891")
    ContactFactory(office=spoken.office, person=spoken.person, first=spoken)
    ContactFactory(phone="+6281234567892")

    assert services.forget_phones() == 1

    gone.refresh_from_db()
    assert gone.phone == ""
    assert not hasattr(gone.events.first(), "phone")


def test_the_funnel_counts_what_its_lists_show():
    unit = UnitFactory()
    duta, today = person(Role.AMBASSADOR, unit), unit.today
    AssignmentFactory(user=duta, office=unit, role=Role.UNIT_OPERATOR)
    ways = [PartnershipFactory(office=unit, status=s) for s in ("active", "submitted")]
    for way in ways:
        ContactFactory(office=unit, person=duta, partner=way.partner)
    ContactFactory(office=unit, person=duta)
    elsewhere = PartnershipFactory(status="active")
    ContactFactory(office=unit, person=duta, partner=elsewhere.partner)
    agreement = AgreementFactory(
        office=unit,
        partner=ways[0].partner,
        status="signed",
        starts_on=today - timedelta(10),
        ends_on=today + timedelta(10),
    )
    ActivityFactory(
        office=unit, partners=[agreement.partner], status="verified", held_on=today
    )
    rows = Contact.objects.visible_to(duta)

    found = funnel.Funnel(rows, today.replace(month=1, day=1), today)

    numbers = [number for number, _url in found.total().numbers]
    assert numbers == [4, 1, 1, 1]
    assert [[n for n, _url in row.numbers] for row in found.by("person")] == [numbers]
    assert [funnel.at_stage(rows, stage).count() for stage in funnel.STAGES] == numbers
