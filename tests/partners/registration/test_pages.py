"""The way of an applicant through the pages, and what stops him kindly."""

import pytest
from django.urls import reverse

from partners.models import Partner, Partnership
from pokmas.accounts.roles import Role
from tests.factories import (
    DocumentFactory,
    FieldFactory,
    PartnerKindFactory,
    PartnershipFactory,
    ProvinceFactory,
    RegencyFactory,
    RegionFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
    ticks,
)

pytestmark = pytest.mark.django_db
Status = Partnership.Status

IDENTITY = {
    "name": "Yayasan Harapan",
    "leader_name": "Maria",
    "leader_position": "Ketua",
    "address": "Jalan Satu 1",
    "village": "Oebobo",
    "registration_number": "AHU-1",
    "tax_number": "",
    "revision": 0,
}
CONTACT = {
    "contact_name": "Yosef",
    "phone": "0812 3456 7890",
    "email": "harapan@contoh.test",
    "revision": 1,
}


def url(name, partner):
    return reverse(f"partners:{name}", args=[partner.pk])


@pytest.fixture
def unit():
    """A Bapas that serves Kota Kupang, in the region of its province."""
    region = RegionFactory()
    ProvinceFactory(region=region)
    unit = UnitFactory(parent=region, name="Bapas Kupang")
    unit.working_area.add(RegencyFactory())
    return unit


PLACE = reverse("partners:register") + "?province=53&regency=53.71"


def test_a_registration_from_the_start_page_to_the_reference_number(
    sign_in, applicant, unit, pdf
):
    field = FieldFactory()
    client = sign_in(applicant)

    response = client.post(PLACE, {"office": unit.pk, "kind": "foundation"})
    partner = Partnership.objects.get()
    assert response.url == url("identity", partner)
    response = client.post(response.url, IDENTITY)
    assert response.url == url("work", partner)
    work = {
        **CONTACT,
        "fields": [field.pk],
        "services": "Pelatihan menjahit",
        "capacity": "1.000",
        "papers": [pdf("akta.pdf")],
    }
    response = client.post(response.url, work)
    assert response.url == url("check", partner)
    page = client.get(response.url).content.decode()
    assert "Yayasan Harapan" in page
    assert "akta.pdf" in page
    assert f"{url('identity', partner)}?back=check" in page
    response = client.post(url("check", partner), ticks())
    assert response.url == url("submitted", partner)
    page = client.get(response.url).content.decode()

    partner.refresh_from_db()
    assert partner.partner.reference in page
    assert (partner.status, partner.phone) == (Status.SUBMITTED, "+6281234567890")
    assert (partner.capacity, partner.papers.count()) == (1000, 1)


def test_the_start_page_is_for_everybody(client, db):
    page = client.get(reverse("partners:start")).content.decode()

    assert "Yang perlu disiapkan" in page
    assert reverse("partners:register") in page


def test_the_start_page_leads_back_to_an_open_draft(sign_in):
    row = RepresentativeFactory(partner__is_self_registered=True)
    client = sign_in(row.user)

    assert (
        "Lanjutkan pendaftaran"
        in client.get(reverse("partners:start")).content.decode()
    )
    assert client.get(reverse("partners:register")).url == (
        row.partnership.get_absolute_url()
    )
    assert (
        client.get(reverse("partners:mine")).url == row.partnership.get_absolute_url()
    )


def test_without_a_registration_the_own_page_is_the_start_page(sign_in, applicant):
    client = sign_in(applicant)

    assert client.get(reverse("partners:mine")).url == reverse("partners:start")


def test_the_first_screen_narrows_down_to_the_units_that_serve_the_place(
    sign_in, applicant, unit
):
    prison = UnitFactory(
        parent=unit.parent,
        kind="lapas",
        name="Lapas Ende",
        regency=RegencyFactory(code="53.08", name="Kabupaten Ende"),
    )
    UnitFactory(name="Bapas Provinsi Lain")
    client = sign_in(applicant)

    page = client.get(reverse("partners:register")).content.decode()
    assert unit.name not in page
    page = client.get(reverse("partners:register") + "?province=53").content.decode()
    assert "Kota Kupang" in page
    page = client.get(PLACE).content.decode()

    assert page.index("Melayani Kota Kupang") < page.index("Bapas Kupang")
    assert page.index("Bapas Kupang") < page.index("Unit lain di wilayah ini")
    assert page.index("Unit lain di wilayah ini") < page.index(prison.name)
    assert "Bapas Provinsi Lain" not in page


@pytest.mark.parametrize(
    ("pressed", "asked_for"),
    [
        ("province=&go=1", ["Provinsi"]),
        ("province=53&go=1", []),
        ("province=53&regency=&go=1", ["Kabupaten/kota"]),
        ("province=53&regency=", []),
    ],
)
def test_the_first_screen_says_what_is_missing_once_somebody_goes_on(
    sign_in, applicant, unit, pressed, asked_for
):
    page = sign_in(applicant).get(f"{reverse('partners:register')}?{pressed}")

    where = page.context["where"]
    assert [where.fields[name].label for name in where.errors] == asked_for
    assert ("Ada yang perlu diperbaiki" in page.content.decode()) == bool(asked_for)


@pytest.mark.parametrize(
    "query", ["?province=zz", "?province=53&regency=zz", "?province=&regency=53.71"]
)
def test_the_first_screen_takes_no_notice_of_an_unknown_place(
    sign_in, applicant, unit, query
):
    response = sign_in(applicant).get(reverse("partners:register") + query)

    assert response.status_code == 200
    assert response.context["form"] is None


def test_an_office_of_another_region_cannot_be_sent(sign_in, applicant, unit):
    response = sign_in(applicant).post(
        PLACE, {"office": UnitFactory().pk, "kind": "foundation"}
    )

    assert "office" in response.context["form"].errors
    assert Partnership.objects.count() == 0


def test_staff_are_told_where_to_enter_partners(sign_in, unit):
    client = sign_in(person(Role.UNIT_OPERATOR, unit))

    page = client.get(reverse("partners:start")).content.decode()
    assert reverse("partners:seek") in page
    response = client.post(PLACE, {"office": unit.pk, "kind": "foundation"})

    assert "Akun petugas" in response.content.decode()
    assert Partnership.objects.count() == 0


def test_sending_the_first_screen_twice_makes_one_draft(sign_in, applicant, unit):
    client = sign_in(applicant)
    answers = {"office": unit.pk, "kind": "foundation"}
    client.get(PLACE)

    client.post(PLACE, answers)
    client.post(PLACE, answers)

    assert Partnership.objects.count() == 1


def test_two_devices_go_on_with_one_draft(sign_in, applicant, unit):
    other = UnitFactory(parent=unit.parent)
    desk = sign_in(applicant)
    desk.get(PLACE)
    desk.post(PLACE, {"office": unit.pk, "kind": "foundation"})
    draft = Partnership.objects.get()

    same = desk.post(PLACE, {"office": unit.pk, "kind": "foundation"})
    otherwise = desk.post(PLACE, {"office": other.pk, "kind": "media"})

    assert same.url == url("identity", draft)
    assert otherwise.url == url("place", draft)
    assert "mungkin di perangkat lain" in desk.get(otherwise.url).text
    kept = Partnership.objects.get()
    assert (kept.office, kept.partner.kind_id) == (unit, "foundation")


def test_what_the_account_says_is_not_asked_again(sign_in, applicant, unit):
    applicant.phone = "+6281234567890"
    applicant.save(update_fields=["phone"])
    client = sign_in(applicant)
    client.post(PLACE, {"office": unit.pk, "kind": "person"})
    draft = Partnership.objects.get()

    work = client.get(url("work", draft)).context["form"]
    identity = client.get(url("identity", draft)).context["form"]

    assert [work[name].value() for name in ("contact_name", "phone", "email")] == [
        applicant.full_name,
        "+6281234567890",
        applicant.email,
    ]
    assert identity["name"].value() == applicant.full_name


def test_an_operator_enters_and_submits_for_somebody_without_mail(sign_in, unit):
    field = FieldFactory()
    client = sign_in(person(Role.UNIT_OPERATOR, unit))
    create = reverse("partners:create")
    assert "Bapas Kupang" in client.get(create).content.decode()

    client.post(
        f"{create}?province=53&regency=53.71", {"office": unit.pk, "kind": "person"}
    )
    partner = Partnership.objects.get()
    assert client.post(url("identity", partner), IDENTITY).status_code == 302
    client.post(
        url("work", partner),
        {**CONTACT, "email": "", "fields": [field.pk], "services": "Montir"},
    )
    client.post(url("check", partner), ticks())

    partner.refresh_from_db()
    assert (partner.status, partner.is_self_registered) == (Status.SUBMITTED, False)
    known = partner.partner
    assert (known.leader_name, known.leader_position) == ("Yayasan Harapan", "")
    assert (partner.email, known.registration_number) == ("", "")


def test_an_ambassador_enters_a_draft_that_the_operator_submits(sign_in, unit):
    ambassador = person(Role.AMBASSADOR, unit)
    client = sign_in(ambassador)
    client.post(
        reverse("partners:create") + "?province=53&regency=53.71",
        {"office": unit.pk, "kind": "foundation"},
    )
    partner = Partnership.objects.get()

    assert client.post(url("identity", partner), IDENTITY).status_code == 302
    response = client.post(
        url("work", partner),
        {**CONTACT, "fields": [FieldFactory().pk], "services": "Pelatihan"},
    )

    assert response.url == partner.get_absolute_url()
    assert client.post(url("check", partner), ticks()).status_code == 403
    operator = person(Role.UNIT_OPERATOR, unit)
    assert list(Partnership.objects.awaiting(operator)) == [partner]


def test_an_ambassador_changes_no_draft_of_others(sign_in):
    partner = PartnershipFactory()

    response = sign_in(person(Role.AMBASSADOR, partner.office)).get(
        url("identity", partner)
    )

    assert response.url == partner.get_absolute_url()


def test_an_operator_is_offered_his_own_branch_only(sign_in, unit):
    other = UnitFactory(parent=unit.parent)
    client = sign_in(person(Role.UNIT_OPERATOR, unit))

    response = client.post(
        reverse("partners:create") + "?province=53&regency=53.71",
        {"office": other.pk, "kind": "foundation"},
    )

    assert "office" in response.context["form"].errors


@pytest.fixture
def draft():
    return RepresentativeFactory(
        partner__is_self_registered=True, partner__name="Yayasan Lama"
    )


def test_a_form_says_all_that_is_missing_beside_the_fields(sign_in, draft):
    response = sign_in(draft.user).post(
        url("identity", draft.partnership), {"revision": 0, "village": "Oebobo"}
    )

    assert set(response.context["form"].errors) == {
        "name",
        "leader_name",
        "leader_position",
        "address",
    }
    page = response.content.decode()
    assert "Oebobo" in page
    assert "Kesalahan:" in page


@pytest.mark.parametrize("name", ["name", "leader_name", "address"])
def test_three_hundred_characters_are_refused_kindly(sign_in, draft, name):
    response = sign_in(draft.user).post(
        url("identity", draft.partnership), {**IDENTITY, "revision": 0, name: "x" * 300}
    )

    [error] = response.context["form"].errors[name]
    assert "300" in error
    kept = getattr(Partner.objects.get(), name)
    assert kept == getattr(draft.partner, name)


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("work", "phone", "12"),
        ("work", "email", "bukan surel"),
        ("identity", "name", "   "),
    ],
)
def test_what_cannot_be_is_refused(sign_in, draft, section, name, value):
    work = {**CONTACT, "fields": [FieldFactory().pk], "services": "x"}
    response = sign_in(draft.user).post(
        url(section, draft.partnership),
        {**IDENTITY, **work, "revision": 0, name: value},
    )

    assert set(response.context["form"].errors) == {name}


@pytest.mark.parametrize("value", ["-1", "banyak", "1,5"])
def test_a_capacity_that_is_no_count_is_refused(sign_in, draft, value):
    response = sign_in(draft.user).post(
        url("work", draft.partnership),
        {
            **CONTACT,
            "revision": 0,
            "fields": [FieldFactory().pk],
            "services": "x",
            "capacity": value,
        },
    )

    assert set(response.context["form"].errors) == {"capacity"}


def test_extra_fields_in_a_form_change_nothing(sign_in, draft):
    stranger = UnitFactory()
    extra = {
        "status": "active",
        "office": stranger.pk,
        "region": stranger.region_id,
        "is_self_registered": "",
        "submitted_by": draft.user.pk,
        "services": "lain",
        "reason": "lain",
    }
    known = {"reference": "AAAA-AAAA-AAAA", "kind": "media"}
    rows = Partnership.objects.filter(pk=draft.partnership.pk).values(*extra)
    partners = Partner.objects.values(*known)
    before, known_before = rows.get(), partners.get()

    sign_in(draft.user).post(
        url("identity", draft.partnership), {**IDENTITY, **known, **extra}
    )

    assert Partner.objects.get().name == "Yayasan Harapan"
    assert (rows.get(), partners.get()) == (before, known_before)


def test_a_stale_form_keeps_what_was_typed_and_shows_what_is_new(sign_in, draft):
    client = sign_in(draft.user)
    Partner.objects.update(revision=4, village="Penfui")

    response = client.post(url("identity", draft.partnership), IDENTITY)

    page = response.content.decode()
    assert "sudah diubah orang lain" in page
    assert "Penfui" in page
    assert 'value="Yayasan Harapan"' in page
    again = {**IDENTITY, "revision": response.context["form"].data["revision"]}
    assert client.post(url("identity", draft.partnership), again).status_code == 302


def test_a_draft_can_still_turn_to_another_unit(sign_in, applicant, unit):
    client = sign_in(applicant)
    client.post(PLACE, {"office": unit.pk, "kind": "foundation"})
    partner = Partnership.objects.get()
    other = UnitFactory(parent=unit.parent)

    response = client.post(
        url("place", partner) + "?province=53&regency=53.71&back=check",
        {
            "office": other.pk,
            "kind": "media",
            "revision": 0,
            "submission_key": "11111111-1111-4111-8111-111111111111",
        },
    )

    partner.refresh_from_db()
    assert response.url == url("check", partner)
    assert (partner.office, partner.partner.kind_id) == (other, "media")
    assert [row.office for row in applicant.assignments.all()] == [other]


def test_a_change_link_of_the_check_page_returns_there(sign_in, draft):
    client = sign_in(draft.user)

    response = client.post(f"{url('identity', draft.partnership)}?back=check", IDENTITY)

    assert response.url == url("check", draft.partnership)


def test_the_check_page_names_what_is_missing_and_offers_no_submission(sign_in):
    row = RepresentativeFactory(partner__phone="", partner__fields=[])
    client = sign_in(row.user)

    page = client.get(url("check", row.partnership)).content.decode()

    assert "Belum dapat diajukan" in page
    assert "Nomor telepon" in page
    assert "Ajukan pendaftaran" not in page
    response = client.post(url("check", row.partnership), ticks())
    assert response.context["form"].non_field_errors() == [
        "Belum dapat diajukan. Masih kosong: nomor telepon, bidang."
    ]


def test_submitting_twice_shows_the_same_confirmation(sign_in, draft):
    client = sign_in(draft.user)
    client.post(url("check", draft.partnership), ticks())

    response = client.post(url("check", draft.partnership), ticks())

    assert response.url == url("submitted", draft.partnership)


@pytest.mark.parametrize("name", ["place", "identity", "work"])
def test_a_submitted_registration_is_closed_for_changes(sign_in, name):
    row = RepresentativeFactory(partner__status=Status.SUBMITTED)

    response = sign_in(row.user).get(url(name, row.partnership), follow=True)

    assert "tidak dapat Anda ubah" in response.content.decode()
    assert response.request["PATH_INFO"] == row.partnership.get_absolute_url()


def test_an_approved_partner_is_asked_only_what_it_may_change(sign_in):
    row = RepresentativeFactory(partner__status=Status.APPROVED)

    client = sign_in(row.user)
    identity = client.get(url("identity", row.partnership)).context["form"]
    work = client.get(url("work", row.partnership)).context["form"]

    assert [field.name for field in identity.visible_fields()] == ["address", "village"]
    assert [field.name for field in work.visible_fields()] == [
        "contact_name",
        "phone",
        "email",
        "services",
        "capacity",
    ]


def test_a_person_is_asked_for_his_own_name_alone(sign_in):
    row = RepresentativeFactory(partner__kind=PartnerKindFactory(code="person"))

    form = sign_in(row.user).get(url("identity", row.partnership)).context["form"]

    names = [field.name for field in form.visible_fields()]
    assert {"leader_name", "leader_position", "registration_number"}.isdisjoint(names)
    assert form["name"].label == "Nama lengkap"


def test_what_is_right_is_kept_although_something_else_is_missing(sign_in, draft, pdf):
    client = sign_in(draft.user)
    answers = {"services": "", "phone": "0812 3456 7899", "revision": 0}

    response = client.post(
        url("work", draft.partnership), {**answers, "papers": [pdf("akta.pdf")]}
    )

    draft.partnership.refresh_from_db()
    assert draft.partnership.phone == "+6281234567899"
    assert draft.partnership.papers.count() == 1
    page = response.content.decode()
    assert "Isian yang benar sudah tersimpan" in page
    assert page.count("akta.pdf</a>") == 1
    again = {"revision": response.context["form"].data["revision"]}
    answers |= {**CONTACT, "services": "x", "fields": [FieldFactory().pk], **again}
    assert client.post(url("work", draft.partnership), answers).status_code == 302


def test_an_approved_partner_saves_all_or_nothing(sign_in):
    row = RepresentativeFactory(partner__status=Status.APPROVED)

    response = sign_in(row.user).post(
        url("work", row.partnership),
        {"contact_name": "Lain", "phone": "12", "services": "x", "revision": 0},
    )

    row.partnership.refresh_from_db()
    assert row.partnership.contact_name == "Yosef Uji"
    assert "belum disimpan" in response.content.decode()


def test_a_paper_of_the_wrong_kind_is_refused_by_name(sign_in, draft, pdf):
    from django.core.files.uploadedfile import SimpleUploadedFile

    text = SimpleUploadedFile("akta.pdf", b"bukan pdf", "application/pdf")

    response = sign_in(draft.user).post(
        url("work", draft.partnership),
        {**CONTACT, "services": "x", "fields": [FieldFactory().pk], "papers": [text]},
    )

    [error] = response.context["form"].errors["papers"]
    assert "akta.pdf" in error


def test_a_paper_can_be_taken_back_while_it_is_a_draft(sign_in, draft):
    paper = DocumentFactory(owner=draft.partnership, uploaded_by=draft.user)
    client = sign_in(draft.user)

    client.post(reverse("partners:remove_paper", args=[draft.partnership.pk, paper.pk]))

    assert draft.partnership.papers.count() == 0


def test_a_paper_of_another_partner_cannot_be_taken_back(sign_in, draft):
    paper = DocumentFactory(owner=PartnershipFactory())

    response = sign_in(draft.user).post(
        reverse("partners:remove_paper", args=[draft.partnership.pk, paper.pk])
    )

    assert response.status_code == 404


def test_the_applicant_always_sees_status_reason_and_history(sign_in):
    row = RepresentativeFactory(
        partner__status=Status.RETURNED,
        partner__is_self_registered=True,
        partner__reason="Akta belum terbaca",
    )

    page = sign_in(row.user).get(row.partnership.get_absolute_url()).content.decode()

    assert "Perlu perbaikan" in page
    assert "Akta belum terbaca" in page
    assert "Giliran Anda" in page
    assert "Riwayat" in page
    assert url("identity", row.partnership) in page


def test_who_begins_without_an_account_is_led_to_make_one(client):
    register = reverse("partners:register")

    page = client.get(reverse("partners:start")).content.decode()

    signup, login = reverse("account_signup"), reverse("account_login")
    assert f'<a class="btn btn-primary" href="{signup}?next={register}">' in page
    assert f'<a href="{login}?next={register}">Masuk</a>' in page


def test_the_page_around_a_form_names_the_partner_as_it_is_stored(sign_in):
    partner = PartnershipFactory(status="draft", name="Yayasan Lama")
    client = sign_in(person(Role.UNIT_OPERATOR, partner.office))

    page = client.post(
        url("identity", partner), IDENTITY | {"name": "Yayasan Baru", "address": ""}
    ).content.decode()

    trail = page.partition('class="breadcrumbs"')[2].partition("</nav>")[0]
    assert "Yayasan Lama" in trail
    assert "Yayasan Baru" not in trail


def test_an_officer_who_hands_in_a_partner_is_spoken_to_as_one(sign_in):
    partnership = PartnershipFactory(status="draft")
    operator = person(Role.UNIT_OPERATOR, partnership.office)

    page = sign_in(operator).post(url("check", partnership), ticks(), follow=True)

    assert "Pernyataan mitra disimpan sebagai PDF berkode" in page.text
    assert "sampaikan sendiri kepadanya" in page.text
    told = ["Pernyataan Anda disimpan", "Anda diberi tahu", "Mungkin Anda dihubungi"]
    assert [words for words in told if words in page.text] == []
