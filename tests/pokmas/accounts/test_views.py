"""What administrators and officers do on the pages, and what they cannot smuggle in."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pokmas.accounts.models import (
    Assignment,
    AssignmentRequest,
    Consent,
    ConsentText,
    RoleOverride,
    SignIn,
    User,
)
from pokmas.accounts.roles import PERMISSIONS, Role
from pokmas.accounts.services import own
from pokmas.audit.models import Entry
from pokmas.forms.choosing import OFFERED
from pokmas.notices.models import Notice
from pokmas.offices.models import Zone
from reports.home.page import tasks
from tests.factories import (
    AssignmentFactory,
    HeadquartersFactory,
    RegionFactory,
    UnitFactory,
    UserFactory,
    person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return RegionFactory(parent=HeadquartersFactory())


@pytest.fixture
def unit(region):
    return UnitFactory(parent=region)


@pytest.fixture
def admin(region):
    return person(Role.REGIONAL_ADMIN, region)


def invitation(office, **changes):
    return {
        "full_name": "Dewi Lestari",
        "email": "Dewi@contoh.test",
        "role": Role.UNIT_OPERATOR,
        "office": office.pk,
        "capacity": "definitive",
        "starts_on": "21-11-2026",
        "ends_on": "",
        "decree_number": "SK-1",
        **changes,
    }


# The whole way of an invitation


def test_an_invited_colleague_comes_in_and_is_led_to_the_second_factor(
    sign_in, admin, unit
):
    today = timezone.localdate().isoformat()
    response = sign_in(admin).post(
        reverse("accounts:invite"), invitation(unit, starts_on=today), follow=True
    )
    assert "Undangan dikirim ke dewi@contoh.test" in response.text
    [letter] = mail.outbox
    link = re.search(r"http://testserver(\S+)", letter.body)[1]
    assert letter.to == ["dewi@contoh.test"]
    assert str(unit) in letter.body

    dewi = Client()
    page = dewi.get(link)
    weak = dewi.post(link, {"password": "pendek"})
    done = dewi.post(link, {"password": "kata sandi dari dewa"}, follow=True)

    assert "Selamat datang, Dewi Lestari" in page.text
    assert weak.context["form"].errors.keys() == {"password"}
    assert done.redirect_chain[-1][0] == reverse("accounts:second_factor")
    assert done.wsgi_request.user.email == "dewi@contoh.test"
    assert EmailAddress.objects.get(user__email="dewi@contoh.test").verified
    again = Client().get(link)
    assert again.status_code == 410
    assert "tidak berlaku lagi" in again.text


def test_a_second_invitation_replaces_the_first(sign_in, admin, unit):
    client = sign_in(admin)
    client.post(reverse("accounts:invite"), invitation(unit))
    dewi = User.objects.get(email="dewi@contoh.test")
    client.post(reverse("accounts:invite_again", args=[dewi.pk]))

    first, second = (
        re.search(r"http://testserver(\S+invitation\S+)", letter.body)[1]
        for letter in mail.outbox
    )
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200


def test_a_colleague_with_an_account_is_told_of_his_new_role(sign_in, admin, unit):
    colleague = person(Role.AMBASSADOR, unit)
    EmailAddress.objects.create(user=colleague, email=colleague.email, verified=True)

    client = sign_in(admin)
    sent = invitation(unit, email=colleague.email)
    asked = client.post(reverse("accounts:invite"), sent)
    before = colleague.assignments.count()
    client.post(reverse("accounts:invite"), {**sent, "owner": colleague.pk})

    assert f"Alamat ini milik {colleague}" in asked.text
    assert "Dewi Lestari" in asked.text
    assert "nama yang Anda ketik tidak dipakai" in asked.text
    assert before == 1
    [letter] = mail.outbox
    assert letter.subject == "Penugasan baru di portal Pokmas"
    assert colleague.assignments.count() == 2


def test_who_sees_that_he_mistyped_an_address_goes_back_to_his_form(
    sign_in, admin, unit
):
    colleague = person(Role.AMBASSADOR, unit)
    sent = invitation(unit, email=colleague.email, owner=colleague.pk, back="1")

    form = sign_in(admin).post(reverse("accounts:invite"), sent)

    assert 'value="Dewi Lestari"' in form.text
    assert colleague.assignments.count() == 1


def test_an_address_that_nobody_proved_is_said_to_be_so(sign_in, admin, unit):
    squatter = UserFactory(full_name="Penyerobot")

    asked = sign_in(admin).post(
        reverse("accounts:invite"), invitation(unit, email=squatter.email)
    )

    assert "Alamat ini belum pernah dibuktikan pemiliknya" in asked.text
    assert User.objects.get(pk=squatter.pk).full_name == "Penyerobot"


def test_a_mail_that_does_not_go_out_is_said_and_the_assignment_kept(
    sign_in, admin, unit, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    response = sign_in(admin).post(
        reverse("accounts:invite"), invitation(unit), follow=True
    )

    assert "belum dapat dikirim" in response.text
    assert User.objects.get(email="dewi@contoh.test").is_invited


def test_a_refused_invitation_keeps_what_was_typed(sign_in, admin, unit):
    response = sign_in(admin).post(
        reverse("accounts:invite"),
        invitation(unit, capacity="daily_acting", role=Role.UNIT_HEAD),
    )

    assert "Plh. harus punya tanggal akhir." in response.text
    assert 'value="Dewi Lestari"' in response.text
    assert not User.objects.filter(email="dewi@contoh.test").exists()


@pytest.mark.parametrize("role", [Role.HEADQUARTERS, Role.REGIONAL_ADMIN, Role.PARTNER])
def test_a_role_that_is_not_offered_is_refused(sign_in, admin, unit, role):
    response = sign_in(admin).post(
        reverse("accounts:invite"), invitation(unit, role=role)
    )

    assert "role" in response.context["form"].errors
    assert not Assignment.objects.filter(role=role).exclude(user=admin).exists()


def test_an_office_of_another_region_is_refused(sign_in, admin):
    response = sign_in(admin).post(
        reverse("accounts:invite"), invitation(UnitFactory())
    )

    assert "office" in response.context["form"].errors


def test_an_office_of_many_is_looked_for_by_name(sign_in, region):
    units = [UnitFactory(parent=region, name=f"Bapas {n:02}") for n in range(OFFERED)]
    UnitFactory(parent=region, name="Bapas Tutup", is_active=False)
    client = sign_in(person(Role.HEADQUARTERS, region.parent))
    url = reverse("accounts:invite")

    first = client.get(url)
    looked = {"find_office": "apas 07", "choose": "office", "full_name": "Dewi"}
    found = client.post(url, looked)

    offered = first.context["form"].fields["office"].choices
    assert [str(label) for _key, label in offered] == [
        *(f"{unit} (UPT)" for unit in units)
    ]
    offered = found.context["form"].fields["office"].choices
    assert [key for key, _label in offered] == [units[7].pk]
    assert 'value="Dewi"' in found.text


@pytest.mark.parametrize("wrong", ["x", "999999999999999999999999", "-1", "\x00"])
def test_an_office_that_is_none_leaves_the_list_of_accounts_as_it_is(sign_in, wrong):
    client = sign_in(person(Role.HEADQUARTERS))

    page = client.get(reverse("accounts:index"), {"region": wrong, "office": wrong})

    assert page.status_code == 200


# Nothing is smuggled in

SMUGGLED = {
    "user": "1",
    "user_id": "1",
    "created_by": "1",
    "ended_at": "",
    "is_active": "",
    "is_demo": "on",
    "is_staff": "on",
    "is_superuser": "on",
    "status": "approved",
    "decided_by": "1",
    "decision": "ya",
    "region": "1",
    "password": "milik penyerang saja",
    "id": "1",
    "pk": "1",
    "submission_key": "x",
    "revision": "9",
}


def state(model, *keep):
    """Every column of every row, but for those the form may set."""
    return {
        row.pop("id"): {k: v for k, v in row.items() if k not in keep}
        for row in model.objects.values()
    }


def test_extra_fields_of_the_profile_change_nothing(sign_in):
    one = person(Role.UNIT_OPERATOR)
    client = sign_in(one)
    before = state(User, "full_name", "phone"), state(Assignment)

    client.post(
        reverse("accounts:edit"),
        {
            **SMUGGLED,
            "full_name": "Nama Baru",
            "phone": "",
            "email": "lain@contoh.test",
            "role": Role.HEADQUARTERS,
            "office": HeadquartersFactory().pk,
            "notify_by_sms": "on",
        },
    )

    assert (state(User, "full_name", "phone"), state(Assignment)) == before
    assert User.objects.get(pk=one.pk).full_name == "Nama Baru"


def test_extra_fields_of_an_invitation_change_nothing(sign_in, admin, unit):
    other = UserFactory()
    sign_in(admin).post(
        reverse("accounts:invite"),
        {**invitation(unit), **SMUGGLED, "user": other.pk, "created_by": other.pk},
    )

    dewi = User.objects.get(email="dewi@contoh.test")
    assignment = dewi.assignments.get()
    assert (dewi.is_active, dewi.is_demo, dewi.is_invited) == (True, False, True)
    assert (assignment.created_by, assignment.ended_at) == (admin, None)
    assert not other.assignments.exists()


def test_extra_fields_of_a_request_change_nothing(sign_in, unit):
    operator = person(Role.UNIT_OPERATOR, unit)
    other = UserFactory()
    sign_in(operator).post(
        reverse("accounts:request_create"),
        {
            **SMUGGLED,
            "user": other.pk,
            "decided_by": other.pk,
            "role": Role.AMBASSADOR,
            "office": unit.pk,
            "capacity": "definitive",
            "starts_on": "21-11-2026",
            "purpose": "Perlu",
        },
    )

    asked = AssignmentRequest.objects.get()
    assert (asked.user, asked.status) == (operator, "requested")
    assert (asked.decided_by, asked.reason) == (None, "")
    assert operator.assignments.count() == 1


def test_extra_fields_of_a_sign_up_change_nothing(client):
    client.post(
        reverse("account_signup"),
        {
            **SMUGGLED,
            "full_name": "Ani",
            "email": "ani@contoh.test",
            "password1": "kata sandi yang panjang",
            "phone": "",
            "consent": "on",
            "role": Role.HEADQUARTERS,
        },
    )

    ani = User.objects.get()
    assert (ani.is_active, ani.is_demo, ani.assignments.count()) == (True, False, 0)
    assert not EmailAddress.objects.get().verified


def test_a_name_too_long_for_an_account_is_said_and_never_cut(client):
    page = client.post(reverse("account_signup"), {"full_name": "x" * 130})

    form = page.context["form"]
    assert "maxlength" not in str(form)
    assert form.errors["full_name"] == [
        "Terlalu panjang: tulis paling banyak 120 karakter (sekarang 130)."
    ]
    assert form["full_name"].value() == "x" * 130


def _confirmation_link(client, aim):
    """The path in the mail that a sign-up on the way to `aim` sends."""
    client.post(
        reverse("account_signup"),
        {
            "full_name": "Ani",
            "email": "ani@contoh.test",
            "password1": "kata sandi yang panjang",
            "phone": "",
            "consent": "on",
            "next": aim,
        },
    )
    body = mail.outbox[-1].body
    return re.search(r"https?://[^/\s]+(/accounts/confirm-email/\S+)", body)[1]


def test_a_mail_confirmed_on_another_device_leads_on_to_the_registration(client):
    aim = reverse("partners:register")
    link = _confirmation_link(client, aim)
    phone = Client()

    page = phone.get(link)
    response = phone.post(page.wsgi_request.path, {"next": aim})

    assert f'value="{aim}"' in page.content.decode()
    assert response.url == aim


def test_such_a_link_leads_nowhere_outside(client):
    link = _confirmation_link(client, "https://penipu.test/")

    assert "penipu" not in link


def test_a_last_day_on_offer_is_the_day_of_the_office(sign_in):
    with time_machine.travel("2026-11-20 15:30Z"):  # the 21st in Jayapura alone
        held = AssignmentFactory(office__zone=Zone.WIT)
        admin = person(Role.REGIONAL_ADMIN, held.office.region)

        page = sign_in(admin).get(reverse("accounts:end", args=[held.pk]))

    assert page.context["form"]["on"].value() == date(2026, 11, 21)


def test_extra_fields_of_closing_and_ending_change_nothing(sign_in, admin, unit):
    operator = person(Role.UNIT_OPERATOR, unit)
    client = sign_in(admin)
    client.post(
        reverse("accounts:end", args=[operator.acting.pk]),
        {
            **SMUGGLED,
            "on": timezone.localdate().isoformat(),
            "reason": "Pindah",
            "role": Role.UNIT_HEAD,
            "starts_on": "2020-01-01",
        },
    )
    client.post(
        reverse("accounts:deactivate", args=[operator.pk]),
        {**SMUGGLED, "reason": "Pindah", "email": "x@contoh.test"},
    )

    assignment = Assignment.objects.get(user=operator)
    operator.refresh_from_db()
    assert (assignment.role, assignment.created_by) == (Role.UNIT_OPERATOR, None)
    assert assignment.starts_on == timezone.localdate()
    assert (operator.is_active, operator.is_demo) == (False, False)
    assert operator.email != "x@contoh.test"


# What is not in the own branch does not exist


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("get", "accounts:detail"),
        ("get", "accounts:history"),
        ("get", "accounts:assign"),
        ("post", "accounts:invite_again"),
        ("post", "accounts:deactivate"),
        ("post", "accounts:reactivate"),
        ("post", "accounts:reset_second_factor"),
    ],
)
def test_a_stranger_is_not_found(sign_in, admin, method, name):
    stranger = person(Role.UNIT_OPERATOR)
    client = sign_in(admin)

    response = getattr(client, method)(
        reverse(name, args=[stranger.pk]), {"reason": "x"}
    )

    assert response.status_code == 404
    assert User.objects.get(pk=stranger.pk).is_active


def test_an_assignment_or_request_of_another_branch_is_not_found(sign_in, admin):
    stranger = person(Role.UNIT_OPERATOR)
    asked = AssignmentRequest.objects.create(
        user=stranger,
        office=stranger.acting.office,
        role=Role.AMBASSADOR,
        purpose="Perlu",
    )
    client = sign_in(admin)

    answers = [
        client.post(reverse("accounts:end", args=[stranger.acting.pk])),
        client.get(reverse("accounts:request_detail", args=[asked.pk])),
        client.post(reverse("accounts:request_approve", args=[asked.pk])),
        client.post(reverse("accounts:request_decline", args=[asked.pk])),
        client.post(reverse("accounts:request_withdraw", args=[asked.pk])),
    ]

    assert [a.status_code for a in answers] == [404] * 5


def test_the_consent_of_another_is_not_found(sign_in):
    other = own.give_consent(
        UserFactory(), ConsentText.objects.newest(ConsentText.ACCOUNT)
    )

    response = sign_in(person(Role.VOLUNTEER)).post(
        reverse("accounts:withdraw_consent", args=[other.pk])
    )

    assert response.status_code == 404


@pytest.mark.parametrize(
    "name",
    ["accounts:index", "accounts:invite", "accounts:roles", "accounts:request_create"],
)
@pytest.mark.parametrize("role", [Role.PARTNER, Role.VOLUNTEER])
def test_partners_and_volunteers_are_refused_the_pages_of_officers(sign_in, role, name):
    assert sign_in(person(role)).get(reverse(name)).status_code == 403


# The person's page


def test_a_person_is_closed_with_a_reason_and_is_out_at_once(sign_in, admin, unit):
    operator = person(Role.UNIT_OPERATOR, unit)
    there = Client()
    there.force_login(operator)
    client = sign_in(admin)

    without = client.post(
        reverse("accounts:deactivate", args=[operator.pk]), {"reason": " "}
    )
    done = client.post(
        reverse("accounts:deactivate", args=[operator.pk]),
        {"reason": "Mutasi"},
        follow=True,
    )

    assert without.context["closing"].errors == {"reason": ["Wajib diisi."]}
    assert without.text.count("data-confirm open>") == 1
    assert "Akun dinonaktifkan" in done.text
    assert "Mutasi" in done.text
    response = there.get("/people/me/")
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_a_reset_second_factor_is_told_by_mail(sign_in, admin, unit):
    operator = person(Role.UNIT_OPERATOR, unit)
    Authenticator.objects.create(user=operator, type="totp", data={})

    sign_in(admin).post(
        reverse("accounts:reset_second_factor", args=[operator.pk]),
        {"reason": "Ponsel hilang"},
    )

    assert [m.to for m in mail.outbox] == [[operator.email]]
    assert not Authenticator.objects.filter(user=operator).exists()


def test_contacts_are_masked_for_whoever_does_not_need_them(sign_in, admin, unit):
    operator = person(Role.UNIT_OPERATOR, unit)
    User.objects.filter(pk=operator.pk).update(phone="+6281234567890")
    page = reverse("accounts:detail", args=[operator.pk])

    from_above = sign_in(admin).get(page).text
    from_the_unit = sign_in(person(Role.UNIT_HEAD, unit)).get(page).text

    assert "+628•••••••890" in from_above
    assert "+6281234567890" not in from_above
    assert "+6281234567890" in from_the_unit


def test_looking_at_a_sign_in_history_is_itself_noted(sign_in, admin, unit):
    operator = person(Role.UNIT_OPERATOR, unit)
    SignIn.objects.create(
        user=operator, outcome="success", address="192.0.2.1", device="Chrome · Android"
    )

    page = sign_in(admin).get(reverse("accounts:history", args=[operator.pk]))

    assert "192.0.2.1" in page.text
    assert Entry.objects.about(operator).readings().get().actor == admin


def test_a_sign_in_history_is_taken_away_by_its_person_and_by_those_above(
    sign_in, admin, unit
):
    operator = person(Role.UNIT_OPERATOR, unit)
    SignIn.objects.create(user=operator, outcome="success", address="192.0.2.1")
    his = reverse("accounts:history", args=[operator.pk]) + "?export=csv"
    own = reverse("accounts:my_history") + "?export=csv"

    answers = [
        sign_in(user).get(address)
        for user, address in (
            (operator, own),
            (admin, his),
            (person(Role.UNIT_HEAD, unit), his),
        )
    ]

    taken = [b"".join(each.streaming_content).decode() for each in answers[:2]]
    assert ["192.0.2.1" in each for each in taken] == [True, True]
    assert answers[2].status_code == 403
    entries = Entry.objects.about(operator).filter(action="signin.exported")
    assert {each.actor for each in entries} == {operator, admin}


# Requests


def test_a_request_is_asked_decided_and_told(sign_in, admin, unit):
    head = person(Role.UNIT_HEAD, unit)
    sign_in(head).post(
        reverse("accounts:request_create"),
        {
            "role": Role.AMBASSADOR,
            "office": unit.pk,
            "capacity": "definitive",
            "starts_on": timezone.localdate().isoformat(),
            "purpose": "Merangkap sementara",
        },
    )
    asked = AssignmentRequest.objects.get()
    own_page = sign_in(head).get(asked.get_absolute_url()).text
    refused = sign_in(head).post(
        reverse("accounts:request_approve", args=[asked.pk]), follow=True
    )
    page = sign_in(admin).get(asked.get_absolute_url()).text
    sign_in(admin).post(reverse("accounts:request_approve", args=[asked.pk]))

    assert "Setujui" not in own_page
    assert "orang lain" in refused.text
    assert "Giliran Anda" in page
    assert "Setujui" in page
    assert head.assignments.filter(role=Role.AMBASSADOR).exists()
    told = Notice.objects.get(user=head)
    assert (told.kind, told.url) == (
        "assignmentrequest.approved",
        asked.get_absolute_url(),
    )


def ask_for(client, role, office, **terms):
    return client.post(
        reverse("accounts:request_create"),
        {
            "role": role,
            "office": office.pk,
            "capacity": "definitive",
            "starts_on": timezone.localdate().isoformat(),
            "purpose": "Perlu",
            **terms,
        },
    )


def test_who_may_decide_a_request_is_told_and_finds_it_on_his_home_page(sign_in, unit):
    operator = person(Role.UNIT_OPERATOR, unit)
    admin = person(Role.REGIONAL_ADMIN, unit.region)
    head = person(Role.UNIT_HEAD, unit)
    person(Role.UNIT_OPERATOR, unit)

    ask_for(sign_in(operator), Role.UNIT_HEAD, unit)

    asked = AssignmentRequest.objects.get()
    assert [(told.user, told.url) for told in Notice.objects.all()] == [
        (admin, asked.get_absolute_url())
    ]
    assert [task.url for task in tasks(admin)] == [asked.get_absolute_url()]
    assert tasks(head) == []


@pytest.mark.parametrize(
    ("zone", "day"), [(Zone.WIB, date(2026, 11, 20)), (Zone.WIT, date(2026, 11, 21))]
)
def test_a_post_begins_on_the_day_it_is_where_it_stands(sign_in, zone, day):
    with time_machine.travel("2026-11-20 16:30Z"):  # the 21st in the east already
        unit = UnitFactory(zone=zone)
        operator = person(Role.UNIT_OPERATOR, unit)
        ask_for(sign_in(operator), Role.AMBASSADOR, unit, starts_on="")

    assert AssignmentRequest.objects.get().starts_on == day


def test_a_request_for_what_one_holds_is_refused_beside_the_role(sign_in, unit):
    operator = person(Role.UNIT_OPERATOR, unit)

    response = ask_for(sign_in(operator), Role.UNIT_OPERATOR, unit)

    assert response.context["form"].errors == {
        "role": ["Anda sudah memegang peran ini di kantor itu."]
    }
    assert not AssignmentRequest.objects.exists()


@pytest.mark.parametrize(
    ("terms", "error"),
    [
        ({"capacity": "daily_acting"}, "Plh. harus punya tanggal akhir."),
        ({"ends_on": "01-01-2020"}, "Tanggal akhir sebelum tanggal mulai."),
    ],
)
def test_what_is_wrong_with_a_term_is_said_beside_its_end(sign_in, unit, terms, error):
    operator = person(Role.UNIT_OPERATOR, unit)

    response = ask_for(sign_in(operator), Role.UNIT_HEAD, unit, **terms)

    assert response.context["form"].errors == {"ends_on": [error]}


def test_a_role_that_the_office_does_not_have_is_said_beside_the_office(sign_in, unit):
    operator = person(Role.UNIT_OPERATOR, unit)

    response = ask_for(sign_in(operator), Role.REGIONAL_ADMIN, unit)

    assert response.context["form"].errors == {
        "office": ["Peran “Admin Kanwil” tidak ada di UPT. Pilih kantor lain."]
    }


def test_it_is_the_turn_of_those_alone_who_may_give_the_role(sign_in, admin, unit):
    """A head cannot make a second head, whoever asks to substitute for him."""
    asked = AssignmentRequest.objects.create(
        user=person(Role.UNIT_OPERATOR, unit),
        office=unit,
        role=Role.UNIT_HEAD,
        purpose="Kepala cuti",
    )

    for_the_head = sign_in(person(Role.UNIT_HEAD, unit)).get(asked.get_absolute_url())
    for_the_admin = sign_in(admin).get(asked.get_absolute_url())

    assert "Giliran Anda" not in for_the_head.text
    assert "<strong>Admin Pusat, Admin Kanwil</strong>" in for_the_head.text
    assert "Giliran Anda" in for_the_admin.text


def test_a_declined_request_says_why_on_its_page(sign_in, admin, unit):
    operator = person(Role.UNIT_OPERATOR, unit)
    asked = AssignmentRequest.objects.create(
        user=operator, office=unit, role=Role.AMBASSADOR, purpose="Perlu"
    )

    sign_in(admin).post(
        reverse("accounts:request_decline", args=[asked.pk]), {"reason": "Sudah ada"}
    )

    assert "Sudah ada" in sign_in(operator).get(asked.get_absolute_url()).text
    assert Notice.objects.get(user=operator).body == "Sudah ada"


# Consents


def test_a_volunteer_withdraws_his_consent_and_is_out(sign_in):
    one = person(Role.VOLUNTEER)
    consent = own.give_consent(one, ConsentText.objects.newest(ConsentText.ACCOUNT))
    client = sign_in(one)
    page = reverse("accounts:withdraw_consent", args=[consent.pk])

    asked = client.get(page)
    done = client.post(page, follow=True)

    assert "Akun Anda ditutup saat ini juga" in asked.text
    assert "3 × 24 jam" in asked.text
    assert "Persetujuan Anda sudah ditarik" in done.text
    assert client.get("/people/me/").status_code == 302
    assert not User.objects.get(pk=one.pk).is_active


def test_an_officer_is_told_that_his_account_stays(sign_in):
    one = person(Role.UNIT_OPERATOR)
    consent = own.give_consent(one, ConsentText.objects.newest(ConsentText.ACCOUNT))
    page = reverse("accounts:withdraw_consent", args=[consent.pk])
    client = sign_in(one)

    asked = client.get(page)
    client.post(page)

    assert "Akun Anda tetap ada" in asked.text
    assert client.get("/people/me/").status_code == 200


def test_a_newer_text_can_be_agreed_to(sign_in):
    one = person(Role.VOLUNTEER)
    client = sign_in(one)
    assert "belum Anda setujui" in client.get(reverse("accounts:me")).text

    client.post(reverse("accounts:give_consent"))

    assert Consent.objects.get(user=one).text.version == 1
    assert "belum Anda setujui" not in client.get(reverse("accounts:me")).text


# Roles


def test_a_change_of_the_table_is_asked_about_first(sign_in):
    client = sign_in(person(Role.HEADQUARTERS))
    page = reverse("accounts:change_role", args=["outreach.judge_programme"])
    form = {"roles": ["unit_head", "regional_admin"], "reason": "Uji coba"}

    asked = client.post(page, form)
    assert "Diberikan kepada" in asked.text
    assert not RoleOverride.objects.exists()

    done = client.post(page, {**form, "confirmed": "1"}, follow=True)
    assert "langsung berlaku" in done.text
    override = RoleOverride.objects.get()
    assert (override.role, override.granted) == (Role.REGIONAL_ADMIN, True)
    assert "Memberikan kepada Admin Kanwil" in client.get(page).text


def test_a_locked_role_cannot_be_smuggled_into_the_table(sign_in):
    client = sign_in(person(Role.HEADQUARTERS))
    page = reverse("accounts:change_role", args=["partners.approve_partner"])

    response = client.post(
        page,
        {"roles": ["unit_head", "partner"], "reason": "x", "confirmed": "1"},
    )

    assert "roles" in response.context["form"].errors
    assert not RoleOverride.objects.exists()


def test_the_table_can_be_read_for_one_role(sign_in):
    client = sign_in(person(Role.UNIT_OPERATOR))

    page = client.get(reverse("accounts:roles"), {"role": "unit_head"})

    assert "Kepala UPT memegang" in page.text
    assert "Menyetujui mitra" in page.text
    assert "Menelaah naskah" not in page.text


def test_the_table_has_one_fold_a_subject_and_every_right_once(sign_in):
    page = sign_in(person(Role.UNIT_OPERATOR)).get(reverse("accounts:roles"))

    labels = [
        row["permission"].label
        for _heading, rows in page.context["subjects"]
        for row in rows
    ]
    assert sorted(labels) == sorted(permission.label for permission in PERMISSIONS)
    assert page.text.count('<details class="fold">') == len(page.context["subjects"])
    assert '<td data-label="Peran">Kepala UPT</td>' in page.text


def test_what_is_locked_is_said_in_the_words_of_the_roles(sign_in):
    page = sign_in(person(Role.HEADQUARTERS)).get(
        reverse("accounts:change_role", args=["accounts.change_role"])
    )

    assert "Terkunci, tidak dapat diubah: Admin Pusat." in page.text


def test_an_unknown_permission_is_not_found(sign_in):
    page = reverse("accounts:change_role", args=["partners.fly"])

    assert sign_in(person(Role.HEADQUARTERS)).get(page).status_code == 404


# The list


def test_the_list_is_narrowed_by_role_office_state_and_words(sign_in, admin, unit):
    maria = person(Role.UNIT_HEAD, unit, full_name="Maria Tefa")
    closed = person(Role.UNIT_OPERATOR, unit, full_name="Agus")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    idle = AssignmentFactory(
        user=UserFactory(full_name="Lama"),
        office=unit,
        starts_on=timezone.localdate() - timedelta(9),
        ends_on=timezone.localdate() - timedelta(1),
    ).user
    client = sign_in(admin)

    found = {
        query: {p.pk for p in client.get(f"/people/?{query}").context["page"]}
        for query in (
            "role=unit_head",
            f"office={unit.pk}",
            "status=closed",
            "status=idle",
            "q=mari",
        )
    }

    assert found == {
        "role=unit_head": {maria.pk},
        f"office={unit.pk}": {maria.pk, closed.pk},
        "status=closed": {closed.pk},
        "status=idle": {idle.pk},
        "q=mari": {maria.pk},
    }


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("accounts:index", 6), ("accounts:request_index", 4), ("accounts:my_history", 4)],
)
def test_lists_cost_the_same_for_any_number_of_rows(
    sign_in, django_assert_num_queries, admin, unit, rows, name, queries
):
    for _row in range(rows):
        operator = person(Role.UNIT_OPERATOR, unit)
        AssignmentRequest.objects.create(
            user=operator, office=unit, role=Role.AMBASSADOR, purpose="Perlu"
        )
        SignIn.objects.create(user=admin, outcome="success")
    client = sign_in(admin)
    client.get(reverse(name))

    with django_assert_num_queries(queries):
        response = client.get(reverse(name))

    assert len(response.context["page"]) >= rows


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("accounts:me", 9), ("accounts:detail", 10), ("usersessions_list", 4)],
)
def test_pages_cost_the_same_for_any_number_of_rows(
    sign_in, django_assert_num_queries, admin, unit, rows, name, queries
):
    operator = person(Role.UNIT_OPERATOR, unit)
    for _row in range(rows):
        AssignmentFactory(user=operator, office=UnitFactory(parent=unit.parent))
        SignIn.objects.create(user=operator, outcome="success")
        SignIn.objects.create(user=admin, outcome="success")
    client = sign_in(admin)
    args = [operator.pk] if name == "accounts:detail" else []
    client.get(reverse(name, args=args))

    with django_assert_num_queries(queries):
        client.get(reverse(name, args=args))
