"""Signing in and out for real: passwords, codes, sessions, history, brute force."""

import json
import re
import time
from datetime import date, timedelta
from functools import partial

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.auth.hashers import MD5PasswordHasher, make_password
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from pokmas.accounts.mail import send
from pokmas.accounts.middleware import SEEN_AT
from pokmas.accounts.models import Consent, SignIn, User
from pokmas.accounts.roles import Role
from tests.factories import PASSWORD, AssignmentFactory, UserFactory, person
from tests.racing import at_once

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
SIGNUP = "/accounts/signup/"
RESET = "/accounts/password/reset/"
SECRET = "JBSWY3DPEHPK3PXP"
TOKENS = re.compile(r'(csrfmiddlewaretoken" value=)"[^"]+"')


def verified(user):
    EmailAddress.objects.create(
        user=user, email=user.email, primary=True, verified=True
    )
    return user


@pytest.fixture
def volunteer():
    return verified(person(Role.VOLUNTEER))


@pytest.fixture
def operator():
    return verified(person(Role.UNIT_OPERATOR))


def enter(client, user, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": user.email, "password": password}, **extra)


def code_now(secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def words_of(response):
    return TOKENS.sub(r"\1", response.content.decode())


# Sessions


def test_signing_in_gives_a_new_session_id(client, volunteer):
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key

    response = enter(client, volunteer)

    assert response.headers["Location"] == "/"
    assert client.session.session_key != planted
    stranger = Client()
    stranger.cookies["session"] = planted
    assert stranger.get("/people/me/").status_code == 302


def test_signing_out_everywhere_ends_every_session(volunteer):
    here, there = Client(), Client()
    for client in (here, there):
        enter(client, volunteer)
        assert client.get("/people/me/").status_code == 200

    here.post(reverse("accounts:end_all_sessions"))

    assert [c.get("/people/me/").status_code for c in (here, there)] == [302, 302]
    assert not UserSession.objects.exists()


def test_one_other_device_is_signed_out(volunteer):
    here, there = Client(), Client()
    enter(here, volunteer)
    enter(there, volunteer)
    other = UserSession.objects.get(session_key=there.session.session_key)

    here.post(reverse("accounts:end_session", args=[other.pk]))

    assert here.get("/people/me/").status_code == 200
    assert there.get("/people/me/").status_code == 302


def test_all_other_devices_are_signed_out(volunteer):
    here, there = Client(), Client()
    enter(here, volunteer)
    enter(there, volunteer)

    here.post(reverse("usersessions_list"))

    assert here.get("/people/me/").status_code == 200
    assert there.get("/people/me/").status_code == 302


def test_nobody_ends_the_session_of_another(client, volunteer):
    other = Client()
    enter(other, verified(person(Role.VOLUNTEER)))
    theirs = UserSession.objects.get()
    enter(client, volunteer)

    response = client.post(reverse("accounts:end_session", args=[theirs.pk]))

    assert response.status_code == 404
    assert other.get("/people/me/").status_code == 200


def test_a_changed_password_ends_every_session(volunteer):
    here, there = Client(), Client()
    enter(here, volunteer)
    enter(there, volunteer)

    response = here.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "kata sandi yang baru",
            "password2": "kata sandi yang baru",
        },
    )

    assert response.status_code == 302
    assert there.get("/people/me/").status_code == 302
    assert [m.subject for m in mail.outbox] == ["Kata sandi Anda diganti"]


# Second factor


def test_staff_sign_in_with_password_and_code(client, operator):
    TOTP.activate(operator, SECRET)

    first = enter(client, operator)
    halfway = client.get("/people/me/")
    second = client.post(first.headers["Location"], {"code": code_now()})

    assert first.headers["Location"] == reverse("mfa_authenticate")
    assert halfway.status_code == 302
    assert second.headers["Location"] == "/"
    assert client.get("/people/me/").status_code == 200


def passkey_of(user):
    """A passkey as it is stored: a public key that nobody's device holds."""
    secret = ec.generate_private_key(ec.SECP256R1())
    key = ES256.from_cryptography_key(secret.public_key())
    credential = AttestedCredentialData.create(bytes(16), b"kunci-sandi-uji!", key)
    flags = AuthenticatorData.FLAG.AT | AuthenticatorData.FLAG.UP
    data = AuthenticatorData.create(bytes(32), flags, 0, credential)
    made = {"type": "webauthn.create", "challenge": "AA", "origin": "http://testserver"}
    attestation = AttestationObject.create("none", data, {})
    return Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={
            "name": "Ponsel saya",
            "credential": {
                "id": websafe_encode(credential.credential_id),
                "rawId": websafe_encode(credential.credential_id),
                "type": "public-key",
                "response": {
                    "clientDataJSON": websafe_encode(json.dumps(made).encode()),
                    "attestationObject": websafe_encode(attestation),
                },
            },
        },
    )


@pytest.mark.parametrize(
    ("has_app", "has_passkey", "lead", "label"),
    [
        (True, False, "Buka aplikasi", "Kode dari aplikasi, atau kode pemulihan"),
        (False, True, "Buka kunci sandi", "Kode pemulihan"),
        (True, True, "Buka aplikasi", "Kode dari aplikasi, atau kode pemulihan"),
    ],
)
def test_the_second_step_asks_for_what_the_person_has(
    client, operator, has_app, has_passkey, lead, label
):
    if has_app:
        TOTP.activate(operator, SECRET)
    if has_passkey:
        passkey_of(operator)

    page = client.get(enter(client, operator).headers["Location"])

    assert lead in page.text
    assert ("Pakai kunci sandi" in page.text) == has_passkey
    assert page.context["form"].fields["code"].label == label


@pytest.mark.parametrize("has_app", [True, False])
def test_a_second_step_that_was_not_shown_is_asked_for_as_the_person_has_it(
    client, operator, has_app
):
    TOTP.activate(operator, SECRET) if has_app else passkey_of(operator)
    client.force_login(operator)

    page = client.get(reverse("accounts:second_factor"))

    assert ("Isi kode<" in page.text, "Pakai kunci sandi" in page.text) == (
        has_app,
        not has_app,
    )


def test_a_new_passkey_opens_the_door_alone_unless_one_says_otherwise(client, operator):
    enter(client, operator)

    page = client.get(reverse("mfa_add_webauthn"))

    assert page.context["form"]["passwordless"].value() is True


def test_the_list_of_passkeys_says_what_each_is_good_for(client, volunteer):
    key = passkey_of(volunteer)
    client.force_login(volunteer)
    before = client.get(reverse("mfa_list_webauthn"))
    key.data["credential"]["clientExtensionResults"] = {"credProps": {"rk": True}}
    key.save()
    after = client.get(reverse("mfa_list_webauthn"))

    assert "Langkah kedua, sesudah kata sandi" in before.text
    assert "Masuk tanpa kata sandi, dan langkah kedua" in after.text


def end_by_time(client):
    session = client.session
    session[SEEN_AT] = 0
    session.save()
    client.get("/people/me/")


def test_who_signs_in_again_after_his_session_ended_goes_on_in_the_same_post(client):
    used = AssignmentFactory(role=Role.VOLUNTEER, starts_on=date(2025, 1, 1))
    volunteer = verified(used.user)
    AssignmentFactory(user=volunteer, role=Role.VOLUNTEER)
    enter(client, volunteer)
    client.post(reverse("accounts:switch"), {"assignment": used.pk})
    end_by_time(client)

    enter(client, volunteer)
    page = client.get("/people/me/")

    assert page.wsgi_request.user.acting == used


def test_another_person_at_the_same_device_begins_in_his_own_post(client, volunteer):
    other = verified(person(Role.PARTNER))
    enter(client, volunteer)
    end_by_time(client)

    enter(client, other)
    page = client.get("/people/me/")

    assert page.wsgi_request.user.acting.user == other
    assert "Penugasan yang Anda pakai sudah berakhir" not in page.text


def test_a_code_is_taken_once(operator):
    TOTP.activate(operator, SECRET)
    code = code_now()
    answers = []
    for client in (Client(), Client()):
        enter(client, operator)
        answers.append(client.post(reverse("mfa_authenticate"), {"code": code}))

    assert [a.status_code for a in answers] == [302, 200]
    assert "sudah tidak berlaku" in answers[1].text


@pytest.mark.usefixtures("stopped_clock")
def test_wrong_codes_are_counted_and_noted(client, operator):
    TOTP.activate(operator, SECRET)
    enter(client, operator)

    texts = [
        client.post(reverse("mfa_authenticate"), {"code": f"{n:06d}"}).text
        for n in range(6)
    ]

    assert "Terlalu banyak percobaan" in texts[-1]
    outcomes = set(operator.sign_ins.values_list("outcome", flat=True))
    assert outcomes == {SignIn.Outcome.WRONG_CODE}


@pytest.mark.django_db(transaction=True)
def test_a_second_factor_is_set_up_and_proves_itself_in_that_session(client, operator):
    response = enter(client, operator)
    gate = client.get(response.headers["Location"])
    page = client.get(reverse("mfa_activate_totp"))
    code = code_now(page.context["form"].secret)
    done = client.post(reverse("mfa_activate_totp"), {"code": code})
    codes = client.get(done.headers["Location"])

    assert gate.headers["Location"] == reverse("accounts:second_factor")
    assert len(codes.context["unused_codes"]) == 10
    assert client.get("/people/me/").status_code == 200
    again = client.get(reverse("mfa_view_recovery_codes"))
    assert set(again.context["unused_codes"]) == {"****"}
    assert [m.subject for m in mail.outbox] == ["Aplikasi autentikator dipasang"]


def test_recovery_codes_come_back_as_a_file(client, volunteer):
    enter(client, volunteer)

    response = client.post(
        reverse("accounts:save_codes"), {"code": ["12345678", "<script>", "123"]}
    )

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert lines[-1] == "12345678"
    assert "<script>" not in response.content.decode()


def test_staff_do_not_take_off_their_last_second_factor(client, operator):
    TOTP.activate(operator, SECRET)
    enter(client, operator)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})

    page = client.get(reverse("mfa_deactivate_totp"))
    client.post(reverse("mfa_deactivate_totp"))

    assert "mewajibkan langkah kedua" in page.text
    assert Authenticator.objects.filter(user=operator, type="totp").exists()


def test_a_recovery_code_opens_the_door_once(operator):
    TOTP.activate(operator, SECRET)
    client = Client()
    enter(client, operator)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    client.post(reverse("mfa_generate_recovery_codes"))
    code = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    answers = []
    for other in (Client(), Client()):
        enter(other, operator)
        answers.append(other.post(reverse("mfa_authenticate"), {"code": code}))

    assert [a.status_code for a in answers] == [302, 200]


# History


def test_every_attempt_goes_into_the_history(client, volunteer):
    agent = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile"}
    enter(client, volunteer, "salah", headers=agent)
    enter(client, volunteer, headers=agent)
    client.post(reverse("account_logout"), headers=agent)

    rows = volunteer.sign_ins.values_list("outcome", "address", "device")
    assert list(rows.order_by("pk")) == [
        ("failure", "127.0.0.1", "Chrome · Android"),
        ("success", "127.0.0.1", "Chrome · Android"),
        ("sign_out", "127.0.0.1", "Chrome · Android"),
    ]


@pytest.mark.parametrize(
    ("proxies", "address"), [(0, "10.0.0.9"), (1, "203.0.113.7"), (2, "198.51.100.1")]
)
def test_the_address_in_the_history_is_the_one_the_trusted_proxies_saw(
    client, settings, volunteer, proxies, address
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    enter(
        client,
        volunteer,
        REMOTE_ADDR="10.0.0.9",
        HTTP_X_FORWARDED_FOR="6.6.6.6, 198.51.100.1, 203.0.113.7",
    )

    assert volunteer.sign_ins.get().address == address


def test_a_deactivated_person_is_told_so_only_with_the_right_password(
    client, volunteer
):
    User.objects.filter(pk=volunteer.pk).update(is_active=False)

    wrong = enter(client, volunteer, "salah")
    right = enter(client, volunteer)

    assert "Alamat surel atau kata sandi salah" in wrong.text
    assert right.headers["Location"] == reverse("account_inactive")


# Brute force


@pytest.mark.exhaustive
@pytest.mark.usefixtures("stopped_clock")
def test_a_thousand_tries_from_fifty_addresses_leave_five_real_ones(volunteer):
    """With a forged X-Forwarded-For each; the honest user still comes in."""
    home = {"REMOTE_ADDR": "198.51.100.77"}
    honest = Client()
    enter(honest, volunteer, **home)
    honest.post(reverse("account_logout"), **home)
    refused = tried = 0

    for number in range(1000):
        attacker = Client(REMOTE_ADDR=f"203.0.113.{number % 50 + 1}")
        response = enter(
            attacker,
            volunteer,
            f"tebakan-{number}",
            HTTP_X_FORWARDED_FOR=f"10.1.{number // 250}.{number % 250}",
        )
        tried += "kata sandi salah" in response.text
        refused += "Terlalu banyak percobaan" in response.text

    known_device = enter(honest, volunteer, REMOTE_ADDR="192.0.2.200")
    known_address = enter(Client(), volunteer, **home)
    unknown = enter(Client(), volunteer, REMOTE_ADDR="192.0.2.201")
    assert (tried, refused) == (5, 995)
    assert known_device.status_code == known_address.status_code == 302
    assert "Terlalu banyak percobaan" in unknown.text
    failures = volunteer.sign_ins.filter(outcome=SignIn.Outcome.WRONG_PASSWORD)
    assert failures.count() == 5


def guess(client, email, **extra):
    """Whether a wrong password was looked at."""
    answer = client.post(LOGIN, {"login": email, "password": "tebakan"}, **extra)
    return "kata sandi salah" in answer.text


@pytest.mark.usefixtures("stopped_clock")
def test_one_address_does_not_try_many_accounts_without_end(client):
    tried = [guess(client, f"orang-{n}@contoh.test") for n in range(62)]

    assert tried == [True] * 60 + [False] * 2


@pytest.mark.usefixtures("stopped_clock")
def test_a_known_device_comes_in_while_its_address_is_limited(volunteer):
    honest = Client()
    enter(honest, volunteer)
    honest.post(reverse("account_logout"))
    for n in range(61):
        guess(Client(), f"orang-{n}@contoh.test")

    known = enter(honest, volunteer)
    unknown = enter(Client(), verified(person(Role.VOLUNTEER)))

    assert known.status_code == 302
    assert "Tunggu 5 menit" in unknown.text


@pytest.mark.usefixtures("stopped_clock")
def test_refused_tries_for_one_account_do_not_limit_the_address(volunteer):
    attacker = Client()
    for _number in range(80):
        guess(attacker, "orang@contoh.test")

    assert enter(Client(), volunteer).status_code == 302


@pytest.mark.exhaustive
@pytest.mark.usefixtures("stopped_clock")
def test_an_office_of_many_signs_in_within_a_minute():
    people = [verified(UserFactory()) for _number in range(40)]

    assert {enter(Client(), one).status_code for one in people} == {302}


def test_the_refusal_says_how_long_to_wait(client, volunteer, stopped_clock):
    for _number in range(5):
        enter(client, volunteer, "tebakan")
    stopped_clock.shift(timedelta(minutes=2, seconds=1))
    early = enter(client, volunteer)
    stopped_clock.shift(timedelta(minutes=3))
    later = enter(client, volunteer)

    assert "Tunggu 3 menit" in early.text
    assert later.status_code == 302


def test_codes_guessed_elsewhere_do_not_keep_a_known_device_out(
    operator, stopped_clock
):
    TOTP.activate(operator, SECRET)
    honest, thief = Client(), Client(REMOTE_ADDR="203.0.113.1")
    enter(honest, operator)
    honest.post(reverse("mfa_authenticate"), {"code": code_now()})
    honest.post(reverse("account_logout"))
    enter(thief, operator)
    for n in range(6):
        refused = thief.post(reverse("mfa_authenticate"), {"code": f"{n:06d}"})

    stopped_clock.shift(timedelta(minutes=3))
    enter(honest, operator)
    inside = honest.post(reverse("mfa_authenticate"), {"code": code_now()})

    assert "Terlalu banyak percobaan" in refused.text
    assert inside.headers["Location"] == "/"


@pytest.mark.usefixtures("stopped_clock")
def test_a_device_cookie_of_another_account_counts_for_nothing(volunteer):
    other = verified(person(Role.VOLUNTEER))
    attacker = Client(REMOTE_ADDR="203.0.113.1")
    enter(attacker, other)
    attacker.post(reverse("account_logout"))

    texts = [enter(attacker, volunteer, f"tebakan-{n}").text for n in range(6)]

    assert "Terlalu banyak percobaan" in texts[-1]


@pytest.mark.usefixtures("stopped_clock")
def test_a_forged_device_cookie_counts_for_nothing(volunteer):
    attacker = Client()
    attacker.cookies["device"] = "eyJpZCI6IngiLCJwZW9wbGUiOltdfQ:1x:zzz"

    texts = [enter(attacker, volunteer, f"tebakan-{n}").text for n in range(6)]

    assert "Terlalu banyak percobaan" in texts[-1]


@pytest.mark.usefixtures("stopped_clock")
def test_too_many_tries_end_on_a_page_with_a_way_on(client):
    for _try in range(6):
        response = client.post(RESET, {"email": "ani@contoh.test"})

    assert response.status_code == 429
    assert "Terlalu banyak percobaan" in response.text
    assert reverse("account_reset_password") in response.text


# Who has an account is nobody's business


def sign_up(client, email, password="kata sandi yang panjang"):
    return client.post(
        SIGNUP,
        {
            "full_name": "Orang Baru",
            "email": email,
            "password1": password,
            "phone": "",
            "consent": "on",
        },
    )


def test_sign_in_says_the_same_for_a_known_and_an_unknown_address(volunteer):
    known = enter(Client(), volunteer, "salah")
    unknown = Client().post(LOGIN, {"login": "x@contoh.test", "password": "salah"})

    assert words_of(known).replace(volunteer.email, "") == words_of(unknown).replace(
        "x@contoh.test", ""
    )


def test_sign_up_says_the_same_for_a_known_and_an_unknown_address(volunteer):
    answers = {}
    for email in (volunteer.email, "baru@contoh.test"):
        client = Client()
        first = sign_up(client, email)
        second = client.get(first.headers["Location"])
        answers[email] = (
            first.status_code,
            first.headers["Location"],
            words_of(second).replace(email, ""),
        )

    assert answers[volunteer.email] == answers["baru@contoh.test"]
    assert [m.to for m in mail.outbox] == [[volunteer.email], ["baru@contoh.test"]]
    assert mail.outbox[0].subject == "Akun Anda sudah ada"


@pytest.mark.django_db(transaction=True)
def test_of_two_sign_ups_at_once_with_one_address_both_are_answered_alike():
    answers = at_once(
        "accounts_user",
        partial(sign_up, Client(), "ani@contoh.test"),
        partial(sign_up, Client(), "ani@contoh.test"),
    )

    assert {(each.status_code, each["Location"]) for each in answers} == {
        (302, reverse("account_email_verification_sent"))
    }
    assert User.objects.filter(email="ani@contoh.test").count() == 1
    assert [letter.subject for letter in mail.outbox] == ["Pastikan alamat surel Anda"]


def test_a_reset_says_the_same_for_a_known_and_an_unknown_address(volunteer):
    answers = []
    for email in (volunteer.email, "baru@contoh.test"):
        client = Client()
        first = client.post(RESET, {"email": email})
        answers.append(
            (first.headers["Location"], words_of(client.get(first.headers["Location"])))
        )

    assert answers[0] == answers[1]
    assert [m.to for m in mail.outbox] == [[volunteer.email], ["baru@contoh.test"]]


def work_of(act, email):
    """What a clock outside could see: mails sent, and questions to the database."""
    before = len(mail.outbox)
    with CaptureQueriesContext(connection) as asked:
        act(Client(), email)
    return len(mail.outbox) - before, len(asked)


def try_to_sign_in(client, email):
    return client.post(LOGIN, {"login": email, "password": "salah"})


def ask_for_a_reset(client, email):
    return client.post(RESET, {"email": email})


@pytest.mark.parametrize(
    ("act", "questions"), [(try_to_sign_in, 0), (ask_for_a_reset, 1), (sign_up, 25)]
)
def test_a_clock_outside_does_not_tell_whether_an_address_has_an_account(
    act, questions
):
    """Some milliseconds of questions are lost beside a hash, which is counted below."""
    act(Client(), "pemanasan@contoh.test")
    known = verified(UserFactory(password=make_password(PASSWORD))).email

    mails, asked = work_of(act, known)
    mails_without, asked_without = work_of(act, f"tidak-{known}")

    assert mails == mails_without
    assert abs(asked - asked_without) <= questions


@pytest.mark.parametrize("act", [try_to_sign_in, sign_up])
def test_a_password_is_hashed_once_with_and_without_an_account(
    settings, volunteer, act
):
    invited = verified(UserFactory(password=make_password(None)))
    settings.PASSWORD_HASHERS = ["tests.pokmas.accounts.test_sign_in.CountingHasher"]
    counts = []
    for email in (volunteer.email, invited.email, "baru@contoh.test"):
        CountingHasher.count = 0
        act(Client(), email)
        counts.append(CountingHasher.count)

    assert counts == [1, 1, 1]


class CountingHasher(MD5PasswordHasher):
    count = 0

    def encode(self, password, salt):
        type(self).count += 1
        return super().encode(password, salt)


# Sign-up and password reset from end to end


def test_a_person_signs_up_proves_his_address_and_is_in(client):
    sign_up(client, "Ani@Contoh.test")
    [letter] = mail.outbox
    link = re.search(r"http://testserver(\S+confirm-email\S+)", letter.body)[1]
    page = client.get(link)
    done = client.post(link)

    ani = User.objects.get(email="ani@contoh.test")
    consent = Consent.objects.get(user=ani)
    assert letter.subject == "Pastikan alamat surel Anda"
    assert "ani@contoh.test" in page.text
    assert done.headers["Location"] == "/"
    assert client.get("/people/me/").status_code == 200
    assert ani.full_name == "Orang Baru"
    assert (consent.text.version, consent.withdrawn_at) == (1, None)


def test_nobody_signs_up_without_consent_or_with_a_weak_password(client):
    response = client.post(
        SIGNUP,
        {
            "full_name": "Ani",
            "email": "ani@contoh.test",
            "password1": "pendek",
            "phone": "12",
        },
    )

    assert set(response.context["form"].errors) == {"password1", "phone", "consent"}
    assert not User.objects.exists()


def test_signing_in_waits_for_the_proof_of_the_address(client):
    sign_up(client, "ani@contoh.test")
    other = Client()

    response = other.post(
        LOGIN, {"login": "ani@contoh.test", "password": "kata sandi yang panjang"}
    )

    assert response.headers["Location"] == reverse("account_email_verification_sent")
    assert other.get("/people/me/").status_code == 302


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(client, volunteer):
    there = Client()
    enter(there, volunteer)
    client.post(RESET, {"email": volunteer.email})
    link = re.search(r"http://testserver(\S+reset/key\S+)", mail.outbox[0].body)[1]
    form = client.get(link).headers["Location"]
    new = {"password1": "kata sandi yang baru", "password2": "kata sandi yang baru"}
    client.post(form, new)

    volunteer.refresh_from_db()
    assert volunteer.check_password("kata sandi yang baru")
    assert there.get("/people/me/").status_code == 302
    assert "Tautan ini sudah dipakai" in Client().get(link).text


def test_links_in_mails_do_not_follow_the_host_header(client, volunteer, settings):
    settings.ALLOWED_HOSTS = ["*"]

    client.post(RESET, {"email": volunteer.email}, headers={"Host": "jahat.test"})

    assert "jahat.test" not in mail.outbox[0].body
    assert "http://testserver/accounts/password/reset/key/" in mail.outbox[0].body


def test_a_new_address_replaces_the_old_one_when_it_is_proved(client, volunteer):
    enter(client, volunteer)
    old = volunteer.email
    client.post(
        reverse("account_email"), {"email": "lain@contoh.test", "action_add": "1"}
    )
    volunteer.refresh_from_db()
    assert volunteer.email == old
    assert mail.outbox[0].to == ["lain@contoh.test"]
    assert mail.outbox[0].subject == "Pastikan alamat surel baru Anda"
    assert f"Pemilik akun {old}" in mail.outbox[0].body

    link = re.search(r"http://testserver(\S+confirm-email\S+)", mail.outbox[0].body)[1]
    client.post(link)

    volunteer.refresh_from_db()
    assert volunteer.email == "lain@contoh.test"
    assert mail.outbox[1].to == [old]
    assert mail.outbox[1].subject == "Alamat surel akun Anda diganti"


def test_no_mail_about_an_account_is_answered_by_a_machine(client, volunteer):
    sign_up(client, "ani@contoh.test")
    sign_up(client, volunteer.email)
    client.post(RESET, {"email": volunteer.email})
    client.post(RESET, {"email": "tidak-ada@contoh.test"})
    send("second_factor_reset", volunteer.email, person=volunteer)
    enter(client, volunteer)
    client.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "kata sandi yang baru",
            "password2": "kata sandi yang baru",
        },
    )

    said = [each.message()["Auto-Submitted"] for each in mail.outbox]
    assert said == ["auto-generated"] * 6


def test_a_mail_server_that_is_down_breaks_nothing(client, settings, volunteer):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    reset = client.post(RESET, {"email": volunteer.email})
    joined = sign_up(client, "ani@contoh.test")

    assert [reset.status_code, joined.status_code] == [302, 302]


def test_whoever_asks_for_the_link_again_too_soon_is_told_when_it_went(client):
    sign_up(client, "ani@contoh.test")
    asked = client.post(
        LOGIN,
        {"login": "ani@contoh.test", "password": "kata sandi yang panjang"},
        follow=True,
    )

    assert len(mail.outbox) == 1
    assert "Tidak ada surel baru: yang terakhir dikirim pukul" in asked.text
