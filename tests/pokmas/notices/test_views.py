from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.models import Partnership
from pokmas.accounts.models import User
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.notices import services
from pokmas.notices.models import Notice
from tests.factories import (
    PartnershipFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator():
    return person(Role.UNIT_OPERATOR)


def tell(user, **more):
    services.notify(user, **{"kind": "uji", "title": "Ada kabar", **more})
    return Notice.objects.latest("pk")


# The inbox


def test_the_inbox_shows_the_own_notices(sign_in, operator):
    tell(operator, title="Mitra diajukan", body="Yayasan Uji", url="/partners/1/")
    tell(person(Role.UNIT_HEAD), title="Bukan untuk Anda")

    page = sign_in(operator).get(reverse("notices:index")).text

    assert "Mitra diajukan" in page
    assert "Yayasan Uji" in page
    assert "Bukan untuk Anda" not in page


def test_an_empty_inbox_says_so(sign_in, operator):
    page = sign_in(operator).get(reverse("notices:index")).text

    assert "Tidak ada pemberitahuan" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_inbox_costs_the_same_for_any_number_of_rows(
    sign_in, django_assert_num_queries, operator, rows
):
    for _ in range(rows):
        tell(operator)
    client = sign_in(operator)
    client.get(reverse("notices:index"))

    with django_assert_num_queries(4):
        response = client.get(reverse("notices:index"))

    assert len(response.context["page"]) == rows


def test_opening_a_notice_reads_it_and_leads_to_its_record(sign_in, operator):
    notice = tell(operator, url="/partners/1/")

    response = sign_in(operator).get(notice.get_absolute_url())

    notice.refresh_from_db()
    assert (response.url, notice.read_at is not None) == ("/partners/1/", True)


def test_whoever_opens_a_record_or_a_step_of_it_has_read_what_is_about_it(
    sign_in, operator
):
    partner = PartnershipFactory(office=operator.acting.office)
    other = PartnershipFactory(office=operator.acting.office)
    about = tell(operator, about=partner)
    elsewhere = tell(operator, about=other)

    page = sign_in(operator).get(partner.get_absolute_url())

    assert page.context["unread"]() == 1
    assert list(Notice.objects.unread()) == [elsewhere]
    about.refresh_from_db()
    assert about.read_at is not None


def test_a_notice_is_read_once(sign_in, operator):
    notice = tell(operator)
    client = sign_in(operator)
    client.post(reverse("notices:read", args=[notice.pk]))
    notice.refresh_from_db()
    first = notice.read_at

    client.post(reverse("notices:read", args=[notice.pk]))

    notice.refresh_from_db()
    assert notice.read_at == first


def test_reading_one_comes_back_to_the_same_list(sign_in, operator):
    notice = tell(operator)

    response = sign_in(operator).post(
        reverse("notices:read", args=[notice.pk]), {"query": "unread=on"}
    )

    assert response.url == "/notices/?unread=on"


def test_a_new_notice_is_marked_as_read_in_its_row(sign_in, operator):
    notice, other = tell(operator, title="Kabar A"), tell(operator, title="Kabar B")
    other.read_at = timezone.now()
    other.save()

    listing = sign_in(operator).get(reverse("notices:index")).context["listing"]

    assert f'formaction="{reverse("notices:read", args=[notice.pk])}"' in listing.rows
    assert reverse("notices:read", args=[other.pk]) not in listing.rows


def test_a_notice_about_nothing_leads_nowhere(sign_in, operator):
    tell(operator, title="Kabar")

    listing = sign_in(operator).get(reverse("notices:index")).context["listing"]

    assert "<span>Kabar</span>" in listing.rows
    assert "row-link" not in listing.rows


def test_all_can_be_marked_as_read(sign_in, operator):
    for _ in range(3):
        tell(operator)
    other = tell(person(Role.UNIT_HEAD))

    sign_in(operator).post(reverse("notices:read_all"))

    assert list(Notice.objects.filter(read_at=None)) == [other]


@pytest.mark.parametrize(
    "query", [{"unread": "on"}, {"q": "mitra"}, {"since": "2 Januari 2020"}]
)
def test_the_list_can_be_narrowed(sign_in, operator, query):
    tell(operator, title="Lama")
    old = datetime(2020, 1, 1, tzinfo=UTC)
    Notice.objects.update(read_at=old, due_at=old)
    new = tell(operator, title="Mitra diajukan")

    response = sign_in(operator).get(reverse("notices:index"), query)

    assert list(response.context["page"]) == [new]


@pytest.mark.parametrize(
    ("method", "name"), [("get", "open"), ("post", "read")], ids=["open", "read"]
)
def test_a_stranger_finds_no_notice(sign_in, operator, method, name):
    notice = tell(person(Role.UNIT_HEAD))

    response = getattr(sign_in(operator), method)(
        reverse(f"notices:{name}", args=[notice.pk])
    )

    notice.refresh_from_db()
    assert (response.status_code, notice.read_at) == (404, None)


# Preferences


def test_a_person_chooses_how_to_be_told(sign_in, operator):
    sign_in(operator).post(reverse("notices:preferences"), {"notify_by_mail": "weekly"})

    operator.refresh_from_db()
    assert operator.notify_by_mail == "weekly"


def test_sms_is_offered_only_where_it_can_be_sent(sign_in, operator, settings):
    client = sign_in(operator)
    settings.SMS_GATEWAY = ""
    without = client.get(reverse("notices:preferences")).text
    settings.SMS_GATEWAY = "http://127.0.0.1:1/"
    with_gateway = client.get(reverse("notices:preferences")).text

    assert ("notify_by_sms" in without, "notify_by_sms" in with_gateway) == (
        False,
        True,
    )


def test_sms_without_a_number_is_refused_beside_the_field(sign_in, operator, settings):
    settings.SMS_GATEWAY = "http://127.0.0.1:1/"

    response = sign_in(operator).post(
        reverse("notices:preferences"),
        {"notify_by_mail": "daily", "notify_by_sms": "on"},
    )

    operator.refresh_from_db()
    assert response.context["form"].errors["notify_by_sms"]
    assert operator.notify_by_mail == "immediate"


@pytest.mark.parametrize("value", ["", "hourly"])
def test_a_choice_that_does_not_exist_is_refused(sign_in, operator, value):
    response = sign_in(operator).post(
        reverse("notices:preferences"), {"notify_by_mail": value}
    )

    assert response.context["form"].errors["notify_by_mail"]


def test_extra_fields_of_a_form_change_nothing(sign_in, operator):
    sign_in(operator).post(
        reverse("notices:preferences"),
        {"notify_by_mail": "daily", "email": "x@y.test", "is_active": "", "phone": "1"},
    )

    fresh = User.objects.get(pk=operator.pk)
    assert (fresh.email, fresh.is_active, fresh.phone) == (
        operator.email,
        True,
        operator.phone,
    )


def path_of(url):
    return url.removeprefix("http://testserver")


def test_one_click_in_the_mail_programme_ends_the_mails(client, operator):
    """As RFC 8058 wants it: a POST without cookies, form token or sign-in."""
    bare = Client(enforce_csrf_checks=True)

    response = bare.post(
        path_of(services.unsubscribe_url(operator)), {"List-Unsubscribe": "One-Click"}
    )

    operator.refresh_from_db()
    entry = Entry.objects.about(operator).get()
    assert (response.status_code, operator.notify_by_mail) == (200, "none")
    assert (entry.actor, entry.action) == (None, "user.preferences")


def test_looking_at_the_link_ends_nothing(client, operator):
    page = client.get(path_of(services.unsubscribe_url(operator))).text

    operator.refresh_from_db()
    assert operator.notify_by_mail == "immediate"
    assert "Berhenti menerima surel" in page


def test_a_false_link_is_not_found(client):
    assert client.post("/notices/unsubscribe/palsu/").status_code == 404


# WhatsApp


@pytest.fixture
def partner(operator):
    return PartnershipFactory(
        office=operator.acting.office, contact_name="Maria Uji", phone="+6281234567890"
    )


def address(partner, name="whatsapp"):
    return reverse(
        f"notices:{name}", args=["partners.partnership", partner.pk, "status"]
    )


def test_the_prepared_text_is_shown_before_it_is_opened(sign_in, operator, partner):
    page = sign_in(operator).get(address(partner)).text

    assert "Yth. Maria Uji" in page
    assert "+62 812-3456-7890" in page
    assert address(partner, "open_whatsapp") in page


def test_whoever_acts_for_the_partner_is_sent_a_link_he_may_open(
    sign_in, operator, partner
):
    link = partner.get_absolute_url()
    client = sign_in(operator)

    before = client.get(address(partner)).context["prepared"].text
    RepresentativeFactory(partner=partner)
    after = client.get(address(partner)).context["prepared"].text

    assert (link in before, link in after) == (False, True)


def test_that_somebody_saw_the_number_is_noted(sign_in, operator, partner):
    sign_in(operator).get(address(partner))

    entry = Entry.objects.about(partner).readings().get()
    assert (entry.actor, entry.details) == (operator, {"fields": ["phone"]})


def test_opening_it_is_noted_and_leads_to_whatsapp(sign_in, operator, partner):
    response = sign_in(operator).get(address(partner, "open_whatsapp"))

    entry = Entry.objects.about(partner).get()
    assert response.url.startswith(
        "https://wa.me/6281234567890?text=Yth.%20Maria%20Uji"
    )
    assert (entry.actor, entry.action, entry.details) == (
        operator,
        "partnership.messaged",
        {"kind": "status"},
    )


def test_another_site_cannot_make_it_look_opened(sign_in, operator, partner):
    response = sign_in(operator).get(
        address(partner, "open_whatsapp"), headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert response.url == address(partner)
    assert Entry.objects.count() == 0


def test_without_a_number_there_is_nothing_to_open(sign_in, operator, partner):
    Partnership.objects.update(phone="", email="surel@contoh.test")
    client = sign_in(operator)

    page = client.get(address(partner)).text
    response = client.get(address(partner, "open_whatsapp"))

    assert "Nomor telepon belum dicatat" in page
    assert response.url == address(partner)


@pytest.mark.parametrize("name", ["whatsapp", "open_whatsapp"])
def test_a_partner_of_another_unit_cannot_be_written_to(sign_in, partner, name):
    stranger = person(Role.UNIT_OPERATOR, UnitFactory())

    assert sign_in(stranger).get(address(partner, name)).status_code == 404


@pytest.mark.parametrize("name", ["whatsapp", "open_whatsapp"])
def test_who_may_not_see_contacts_gets_no_number(sign_in, partner, name):
    ambassador = person(Role.AMBASSADOR, partner.office)

    assert sign_in(ambassador).get(address(partner, name)).status_code == 403


def test_a_text_nobody_prepared_is_not_found(sign_in, operator, partner):
    url = reverse(
        "notices:whatsapp", args=["partners.partnership", partner.pk, "promo"]
    )

    assert sign_in(operator).get(url).status_code == 404


def test_partners_prepare_no_messages(sign_in, partner):
    his_own = person(Role.PARTNER, partner.office)

    assert sign_in(his_own).get(address(partner)).status_code == 403
