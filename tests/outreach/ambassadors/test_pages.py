"""What a Duta meets: the log, the way on, the numbers; and what others do not see."""

from datetime import timedelta

import pytest
from django.urls import reverse

from outreach.models import Ambassador, Contact
from pokmas.accounts.roles import Role
from tests.factories import (
    AmbassadorFactory,
    ContactFactory,
    ContactResultFactory,
    PartnerKindFactory,
    PartnershipFactory,
    UnitFactory,
    person,
)
from tests.pokmas.documents.corpus import pdf, upload

pytestmark = pytest.mark.django_db
CREATE = "outreach:contact_create"


@pytest.fixture
def duta():
    return person(Role.AMBASSADOR, UnitFactory())


def answers(**more):
    return {
        "name": "Yayasan Uji Kontak",
        "kind": PartnerKindFactory(code="media").code,
        "approach": "education",
        "result": ContactResultFactory(code="interested").pk,
        "met_on": "",
        **more,
    }


def sent(client, duta, address=None, **more):
    day = f"{duta.acting.office.today:%d-%m-%Y}"
    data = answers(met_on=day) | more
    return client.post(address or reverse(CREATE), data)


def test_a_name_that_is_typed_finds_the_partner_on_record(sign_in, duta):
    known = PartnershipFactory(office=duta.acting.office, name="Yayasan Umpama Kasih")
    PartnershipFactory(name="Yayasan Umpama Jauh")
    client = sign_in(duta)

    page = client.post(reverse(CREATE), {"name": "umpama", "choose": "1"})
    assert "Yayasan Umpama Kasih" in page.text
    assert "Yayasan Umpama Jauh" not in page.text
    assert not Contact.objects.exists()

    page = sent(client, duta, partner=known.partner_id, kind="", name="umpama")
    row = Contact.objects.get()
    assert page.url == row.get_absolute_url()
    assert (row.partner, row.name) == (known.partner, "Yayasan Umpama Kasih")


def test_days_ahead_are_chosen_and_a_day_is_asked_for_where_needed(sign_in, duta):
    client, today = sign_in(duta), duta.acting.office.today
    needs = ContactResultFactory(code="follow_up").pk

    page = sent(client, duta, result=needs)
    assert "Isi tanggal tindak lanjutnya." in page.text
    assert "Yayasan Uji Kontak" in page.text
    page = sent(client, duta, again="day")
    assert "Isi tanggal tindak lanjutnya." in page.text
    page = sent(client, duta, follow_up_on="31-02-2026")
    assert page.status_code == 200

    sent(client, duta, result=needs, again="7")
    row = Contact.objects.get()
    assert (row.follow_up_on, row.status) == (today + timedelta(7), "open")


def test_a_name_without_a_kind_is_asked_for_it(sign_in, duta):
    page = sent(sign_in(duta), duta, kind="")
    assert "pilih jenis lembaganya" in page.text
    page = sent(sign_in(duta), duta, name="<script>" + 200 * "x")
    assert page.status_code == 200
    assert not Contact.objects.exists()


def test_what_is_saved_already_is_not_saved_again(sign_in, duta):
    client, key = sign_in(duta), "6b1f3b1e-5d0c-4a57-9d25-0c8e5a1b9f01"
    sent(client, duta, submission_key=key)
    again = sent(client, duta, submission_key=key)
    assert Contact.objects.count() == 1
    assert again.url == Contact.objects.get().get_absolute_url()


def test_the_next_contact_begins_with_what_is_known(sign_in, duta):
    client = sign_in(duta)
    row = ContactFactory(
        office=duta.acting.office,
        person=duta,
        status="open",
        follow_up_on=duta.acting.office.today,
    )
    address = f"{reverse(CREATE)}?after={row.pk}"
    assert 'name="name"' not in client.get(address).text

    sent(client, duta, address)

    later = Contact.objects.get(first=row)
    assert later.name == row.name
    stranger = sign_in(person(Role.AMBASSADOR, UnitFactory()))
    assert stranger.get(address).status_code == 404


def test_a_change_of_the_day_opens_it_again_and_a_stale_tab_is_told(sign_in, duta):
    client = sign_in(duta)
    row = ContactFactory(office=duta.acting.office, person=duta)
    address = reverse("outreach:contact_change", args=[row.pk])
    day = f"{duta.acting.office.today:%d-%m-%Y}"

    sent(client, duta, address, revision=0, follow_up_on=day)
    row.refresh_from_db()
    assert (row.status, row.name) == ("open", "Yayasan Uji Kontak")

    page = sent(client, duta, address, revision=0, note="Dari tab lama")
    assert page.status_code == 200
    assert "Dari tab lama" in page.text


def test_a_number_is_shown_to_its_unit_alone(sign_in, duta):
    unit = duta.acting.office
    row = ContactFactory(office=unit, person=duta, phone="+6281234567890")
    seen = {
        who: "tel:+6281234567890" in sign_in(user).get(row.get_absolute_url()).text
        for who, user in {
            "own": duta,
            "head": person(Role.UNIT_HEAD, unit),
            "colleague": person(Role.AMBASSADOR, unit),
            "kanwil": person(Role.REGIONAL_ADMIN, unit.region),
        }.items()
    }
    assert seen == {"own": True, "head": True, "colleague": False, "kanwil": False}


def test_a_head_appoints_with_the_letter(sign_in, duta):
    head = person(Role.UNIT_HEAD, duta.acting.office)
    today = duta.acting.office.today
    data = {
        "person": duta.pk,
        "letter_number": "WP.22.PAS.3-HK.01.05-0012 TAHUN 2026",
        "letter_on": f"{today:%d-%m-%Y}",
        "starts_on": f"{today:%d-%m-%Y}",
        "ends_on": f"{today + timedelta(300):%d-%m-%Y}",
    }
    address, client = reverse("outreach:ambassador_create"), sign_in(head)

    page = client.post(address, data | {"letter": upload("surat.pdf", b"")})
    assert page.status_code == 200
    page = client.post(address, data | {"letter": upload("surat.pdf", pdf())})

    row = Ambassador.objects.get()
    assert page.url == row.get_absolute_url()
    assert "Bertugas" in client.get(row.get_absolute_url()).text
    page = client.post(address, data | {"letter": upload("surat.pdf", pdf())})
    assert "sudah ditunjuk" in page.text
    assert sign_in(duta).get(address).status_code == 403


def test_each_number_of_the_funnel_opens_a_list_of_as_many(sign_in, duta):
    unit = duta.acting.office
    for status in ("active", "submitted"):
        way = PartnershipFactory(office=unit, status=status)
        ContactFactory(office=unit, person=duta, partner=way.partner)
    AmbassadorFactory(office=unit, person=duta)
    client = sign_in(person(Role.HEADQUARTERS))

    for group in ("person", "unit", "region"):
        day = f"{unit.today:%d-%m-%Y}"
        asked = {"since": day, "until": day, "by": group}
        page = client.get(reverse("outreach:contact_funnel"), asked)
        for row in page.context["rows"]:
            assert [number for number, _url in row.numbers] == [2, 1, 0, 0]
            for number, url in row.numbers:
                assert client.get(url).context["page"].count == number, url


def test_his_home_shows_his_own_work(sign_in, duta):
    unit = duta.acting.office
    common = {"office": unit, "person": duta, "status": "open"}
    due = ContactFactory(**common, follow_up_on=unit.today)
    later = ContactFactory(**common, follow_up_on=unit.today + timedelta(9))
    waiting = PartnershipFactory(office=unit, status="submitted", created_by=duta)

    page = sign_in(duta).get(reverse("reports:home"))

    work = page.context["outreach"]
    assert [task.title for task in page.context["tasks"]] == [due.name]
    assert (list(work["later"]), list(work["waiting"])) == ([later], [waiting])
    assert page.context["actions"][0]["url"] == reverse(CREATE)
    assert "figures" not in page.context
