"""What the tests of the whole house must know of this room."""

from datetime import timedelta
from hashlib import sha256

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
)

from pokmas.accounts.models import AssignmentRequest, Consent, ConsentText, SignIn
from pokmas.accounts.roles import Role
from tests.factories import AssignmentFactory, person
from tests.house.access import (
    EVERYBODY,
    HEAD,
    HQ,
    KANWIL,
    KANWIL_HEAD,
    OFFICERS,
    OPERATOR,
    PUBLIC,
    WATCHERS,
    form,
    get,
    post,
)

ACCESS = {
    "account_login": form(PUBLIC),
    "account_logout": form(PUBLIC),
    "account_inactive": get(PUBLIC),
    "account_signup": form(PUBLIC),
    "account_email_verification_sent": get(PUBLIC),
    "accounts:go_on": post(PUBLIC),
    "account_confirm_email": form(PUBLIC, "token"),
    "account_reset_password": form(PUBLIC),
    "account_reset_password_done": get(PUBLIC),
    "account_reset_password_from_key": form(PUBLIC, "uid", "token"),
    "account_reset_password_from_key_done": get(PUBLIC),
    "account_confirm_login_code": form(PUBLIC, leaves=True),
    "mfa_authenticate": form(PUBLIC, leaves=True),
    "mfa_login_webauthn": form(PUBLIC, leaves=True),
    "account_reauthenticate": form(EVERYBODY),
    "account_email": form(EVERYBODY),
    "account_change_password": form(EVERYBODY),
    "account_set_password": form(EVERYBODY),
    "mfa_index": get(EVERYBODY),
    "mfa_reauthenticate": form(EVERYBODY),
    "mfa_activate_totp": form(EVERYBODY),
    "mfa_deactivate_totp": form(EVERYBODY),
    "mfa_view_recovery_codes": get(EVERYBODY),
    "mfa_generate_recovery_codes": form(EVERYBODY),
    "mfa_download_recovery_codes": get(EVERYBODY),
    "mfa_list_webauthn": get(EVERYBODY),
    "mfa_add_webauthn": form(EVERYBODY),
    "mfa_reauthenticate_webauthn": form(EVERYBODY),
    "mfa_remove_webauthn": form(EVERYBODY, "passkey", personal=True),
    "mfa_edit_webauthn": form(EVERYBODY, "passkey", personal=True),
    "usersessions_list": form(EVERYBODY),
    "accounts:me": get(EVERYBODY),
    "accounts:edit": form(EVERYBODY),
    "accounts:my_history": get(EVERYBODY),
    "accounts:give_consent": post(EVERYBODY),
    "accounts:withdraw_consent": form(EVERYBODY, "own_consent", personal=True),
    "accounts:end_session": post(EVERYBODY, "own_session", personal=True),
    "accounts:end_all_sessions": post(EVERYBODY, leaves=True),
    "accounts:switch": post(EVERYBODY),
    "accounts:substitutes": form({KANWIL_HEAD, HEAD}),
    "accounts:end_substitute": post({KANWIL_HEAD, HEAD}, "substitute"),
    "accounts:second_factor": get(EVERYBODY),
    "accounts:save_codes": post(EVERYBODY),
    "accounts:consent_text": get(PUBLIC, "purpose"),
    "accounts:farewell": get(PUBLIC),
    "accounts:accept": form(PUBLIC, "token"),
    "accounts:resume": get(EVERYBODY),
    "accounts:drop_kept": post(EVERYBODY),
    "accounts:request_index": get(EVERYBODY),
    "accounts:request_create": form(OFFICERS),
    "accounts:request_detail": get({HQ, KANWIL, HEAD, OPERATOR}, "request"),
    "accounts:request_approve": form({HQ, KANWIL, HEAD}, "request"),
    "accounts:request_decline": form({HQ, KANWIL, HEAD}, "request"),
    "accounts:request_withdraw": form({HQ, KANWIL, HEAD, OPERATOR}, "request"),
    "accounts:roles": get(OFFICERS),
    "accounts:change_role": form({HQ}, "role"),
    "accounts:index": get(WATCHERS),
    "accounts:invite": form({HQ, KANWIL, HEAD}),
    "accounts:detail": get(WATCHERS, "colleague"),
    "accounts:history": get(WATCHERS, "colleague"),
    "accounts:invite_again": post({HQ, KANWIL, HEAD}, "colleague"),
    "accounts:assign": form({HQ, KANWIL, HEAD}, "colleague"),
    "accounts:deactivate": post({HQ, KANWIL, HEAD}, "colleague"),
    "accounts:reactivate": post({HQ, KANWIL, HEAD}, "colleague"),
    "accounts:reset_second_factor": post({HQ, KANWIL, HEAD}, "colleague"),
    "accounts:end": form({HQ, KANWIL, HEAD}, "assignment"),
}
NOT_SHOWN = {"mfa_download_recovery_codes"}

WORDS = {
    "token": "tidak-ada",
    "uid": "zzzzz",  # of nobody, however many people there are
    "purpose": "pendaftaran",
    "role": "partners.add_partner",
}
COMMON = {"role"}
MARKED = {"colleague": ["full_name"], "request": ["purpose"]}
ANSWERS = {"role": "unit_head"}
# django-allauth asks for a password, a key or a code; the rest changes the session or a
# password and no record.
CLOSED = {
    *("account_change_password", "account_confirm_email", "account_login"),
    *("account_confirm_login_code", "account_reset_password", "account_set_password"),
    *("account_reset_password_from_key", "account_signup", "mfa_activate_totp"),
    *("mfa_add_webauthn", "mfa_authenticate", "mfa_deactivate_totp"),
    *("mfa_login_webauthn", "mfa_reauthenticate_webauthn", "mfa_edit_webauthn"),
    *("accounts:save_codes", "accounts:switch", "accounts:drop_kept"),
    *("accounts:accept", "accounts:invite_again"),
    # Nobody waits for the mail of his sign-up.
    "accounts:go_on",
}


def rows(world):
    colleague = person(Role.UNIT_OPERATOR, world.unit)
    for outcome in SignIn.Outcome:
        SignIn.objects.create(user=colleague, outcome=outcome, address="192.0.2.1")
    return {
        "colleague": colleague,
        "assignment": colleague.assignments.get(),
        "substitute": AssignmentFactory(
            user=person(Role.UNIT_OPERATOR, world.unit, full_name="Pengganti"),
            office=world.unit,
            role=Role.UNIT_HEAD,
            capacity="daily_acting",
            # A month on, so that another can be named for these days.
            starts_on=world.unit.today + timedelta(days=30),
            ends_on=world.unit.today + timedelta(days=30),
        ),
        "request": AssignmentRequest.objects.create(
            user=world.people[Role.UNIT_OPERATOR],
            office=world.unit,
            role=Role.AMBASSADOR,
            purpose="Membantu",
        ),
    }


def colleagues(world):
    """Somebody with another role, somebody not yet here, somebody shut out."""
    names = ["Rekan", "Undangan", "Nonaktif"]
    found = [person(Role.AMBASSADOR, world.unit, full_name=name) for name in names]
    found[1].set_unusable_password()
    found[1].save()
    found[2].is_active = False
    found[2].save()
    TOTP.activate(found[0], generate_totp_secret())
    return found


VARIANTS = {"colleague": colleagues}


def own_consent(user):
    text = ConsentText.objects.first()
    return Consent.objects.get_or_create(user=user, text=text)[0]


def own_session(user):
    return UserSession.objects.get_or_create(
        user=user, session_key=f"uji-{user.pk}", defaults={"ip": "127.0.0.1"}
    )[0]


def passkey(user):
    return Authenticator.objects.get_or_create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        defaults={"data": {"name": "Uji", "credential": CREDENTIAL}},
    )[0]


def credential() -> dict:
    """As a telephone answers that makes a key for this portal."""
    key = ec.derive_private_key(7, ec.SECP256R1()).public_key()
    made = AttestedCredentialData.create(
        b"\0" * 16, b"kunci", ES256.from_cryptography_key(key)
    )
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
    data = AuthenticatorData.create(
        sha256(b"testserver").digest(), flags | AuthenticatorData.FLAG.AT, 0, made
    )
    said = b'{"type": "webauthn.create", "challenge": "AAAA", "origin": "http://x"}'
    return {
        "id": websafe_encode(b"kunci"),
        "rawId": websafe_encode(b"kunci"),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(said),
            "attestationObject": websafe_encode(
                AttestationObject.create("none", data, {})
            ),
        },
    }


CREDENTIAL = credential()


OWN = {"own_consent": own_consent, "own_session": own_session, "passkey": passkey}
