"""Where allauth asks us: addresses in mails, limits per account, who may do without."""

import logging
import math
import time
import uuid
from datetime import datetime, timedelta
from smtplib import SMTPException

import segno
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from pokmas.accounts import sealed
from pokmas.accounts.backends import SECOND_FACTORS
from pokmas.accounts.mail import AUTOMATIC
from pokmas.accounts.middleware import (
    EXPIRED,
    IN_USE,
    LEFT,
    SEEN_AT,
    SIGNED_IN_AT,
    SIGNING_UP,
)
from pokmas.accounts.models import SignIn
from pokmas.accounts.services import sign_ins
from pokmas.records import tries
from pokmas.words import dates

logger = logging.getLogger(__name__)

# Sign-ups take a whole number of these, so that the clock does not tell of accounts.
TICK_SECONDS = 0.6

# Wrong ones, of an account and of all unknown devices at one address.
TRIES_SECONDS = 5 * 60
ACCOUNT_TRIES, ADDRESS_TRIES = 5, 60

DEVICE_COOKIE = "device"
# Below it are the log-in and the second step.
DEVICE_PATH = "/accounts/"
DEVICE_SALT = "pokmas.device"
DEVICE_DAYS = 180
PEOPLE_PER_DEVICE = 8
KNOWN_ADDRESS = timedelta(days=30)


# allauth confirms an address once in so long.
MAIL_PAUSE = timedelta(minutes=3)
OF_SIGN_UPS = {
    "account/email/email_confirmation_signup",
    "account/email/email_confirmation",
    "account/email/account_already_exists",
}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is open to partners and volunteers; staff are invited."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Akun ini dinonaktifkan."),
        "duplicate_email": _("Alamat surel ini sudah menjadi alamat akun Anda."),
        "email_password_mismatch": _(
            "Alamat surel atau kata sandi salah. Periksa lagi, atau atur ulang kata "
            "sandi Anda."
        ),
        "enter_current_password": _("Kata sandi Anda saat ini salah."),
        "incorrect_code": _(
            "Kode salah atau sudah tidak berlaku. Tunggu kode berikutnya, lalu coba "
            "lagi."
        ),
        "incorrect_password": _("Kata sandi salah."),
        "rate_limited": _("Terlalu banyak permintaan. Tunggu beberapa menit."),
    }

    # Addresses in mails come from the setting, never from the Host header

    def get_email_confirmation_url(self, request, emailconfirmation):
        path = reverse("account_confirm_email", args=[emailconfirmation.key])
        # So that the mail leads on also on another device, where no session knows.
        return settings.BASE_URL + path + self._aim_of(request)

    def _aim_of(self, request) -> str:
        """Where this person was going, to be added to an address."""
        aim = request.POST.get("next") or request.GET.get("next") or ""
        if not (aim.startswith("/") and self.is_safe_url(aim)):
            return ""
        return f"?{urlencode({'next': aim})}"

    def get_reset_password_from_key_url(self, key):
        uid, _dash, token = key.partition("-")
        return settings.BASE_URL + reverse(
            "account_reset_password_from_key", kwargs={"uidb36": uid, "key": token}
        )

    def send_mail(self, template_prefix, email, context):
        context = {**context, "base_url": settings.BASE_URL}
        if _confirms_another_address(template_prefix, email, context):
            template_prefix = "account/email/email_change_confirmation"
        if template_prefix in OF_SIGN_UPS and self.request is not None:
            self.request.has_mailed = True
            cache.set(_mailed(email), int(time.time()), MAIL_PAUSE.total_seconds())
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            # The same for every address, so that it tells nothing about accounts.
            logger.exception("The mail %s could not be sent", template_prefix)

    def render_mail(self, template_prefix, email, context, headers=None):
        headers = {**AUTOMATIC, **(headers or {})}
        return super().render_mail(template_prefix, email, context, headers)

    def respond_email_verification_sent(self, request, user):
        """The end of a sign-up, whether or not there was such an account already."""
        if began := getattr(request, "sign_up_began", None):
            time.sleep(-(time.monotonic() - began) % TICK_SECONDS)
        if not getattr(request, "has_mailed", False):
            messages.warning(request, _held_back(user and user.email))
        # He comes in here once the address is proved, if it is still his password.
        request.session[SIGNING_UP] = user.get_session_auth_hash() if user else ""
        response = super().respond_email_verification_sent(request, user)
        response["Location"] += self._aim_of(request)
        return response

    # Who signs in, out, and fails to

    def login(self, request, user):
        if request.session.get(EXPIRED) != user.pk:
            request.session.pop(IN_USE, None)
        super().login(request, user)
        now = int(time.time())
        request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = now
        request.session.pop(EXPIRED, None)
        request.session.pop(LEFT, None)
        request.session.pop(SIGNING_UP, None)
        sign_ins.record(request, user, SignIn.Outcome.SUCCESS)

    def logout(self, request):
        user = request.user
        sign_ins.record(request, user, SignIn.Outcome.SIGN_OUT)
        super().logout(request)
        request.session[LEFT] = user.pk

    def authentication_failed(self, request, **credentials):
        sign_ins.record_failure(request, credentials.get("email", ""))

    # Five tries in five minutes per account, but a stranger's tries never lock out
    # whoever has signed in from this device or this address before (OWASP's "device
    # cookies"): he counts in a bucket of his own. Offices and phones share addresses,
    # so an address as such is limited for unknown devices alone.

    def pre_authenticate(self, request, **credentials):
        email = credentials.get("email", "")
        buckets = {account_of(request, email): ACCOUNT_TRIES}
        if not _knows(request, email):
            buckets[f"address:{get_ip(request)}"] = ADDRESS_TRIES
        self.counted = []
        for key, times in buckets.items():
            try:
                count_try(key, times=times)
            except ValidationError:
                self._rollback_login_failed_rl_usage()
                raise
            self.counted.append(key)

    def _rollback_login_failed_rl_usage(self):
        for key in self.counted:
            tries.give_back(key, seconds=TRIES_SECONDS)

    def _delete_login_attempts_cached_email(self, request, **credentials):
        tries.forget(account_of(request, credentials.get("email", "")))

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        device = _read_device(request) or {"id": uuid.uuid4().hex, "people": []}
        person = _fingerprint(user.email)
        people = [person, *(p for p in device["people"] if p != person)]
        response.set_cookie(
            DEVICE_COOKIE,
            signing.dumps(
                {**device, "people": people[:PEOPLE_PER_DEVICE]}, salt=DEVICE_SALT
            ),
            max_age=DEVICE_DAYS * 24 * 60 * 60,
            path=DEVICE_PATH,
            secure=settings.SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not right after the sign-in: whoever just typed it is not asked again."""
        fresh = time.time() - self.request.session.get(SIGNED_IN_AT, 0)
        if fresh < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _(
            "Peran Anda mewajibkan langkah kedua. Tambahkan dahulu cara lain, baru "
            "hapus yang ini."
        ),
    }

    def encrypt(self, text):
        return sealed.seal(text)

    def decrypt(self, encrypted_text):
        return sealed.unseal(encrypted_text)

    def build_totp_svg(self, url):
        return segno.make(url, error="m").svg_inline(
            scale=5, border=2, light="#fff", svgclass=None, lineclass=None
        )

    def get_public_key_credential_rp_entity(self):
        entity = super().get_public_key_credential_rp_entity()
        return {**entity, "name": settings.MFA_TOTP_ISSUER}

    def generate_authenticator_name(self, user, type):  # noqa: A002
        count = Authenticator.objects.filter(user=user, type=type).count()
        return str(_("Kunci sandi %(number)d") % {"number": count + 1})

    def can_delete_authenticator(self, authenticator):
        """Staff keep at least one second factor."""
        if not any(a.is_staff for a in authenticator.user.assignments.not_over()):
            return True
        return (
            Authenticator.objects.filter(
                user=authenticator.user, type__in=SECOND_FACTORS
            )
            .exclude(pk=authenticator.pk)
            .exists()
        )


def _mailed(email: str) -> str:
    return f"mailed:{salted_hmac('pokmas.mailed', email.lower()).hexdigest()}"


def _held_back(email: str | None) -> str:
    """Why no mail went now: so soon after the last one none does."""
    sent_at = email and cache.get(_mailed(email))
    if not sent_at:
        return _("Tidak ada surel baru: tautan dikirim paling banyak sekali 3 menit.")
    sent = datetime.fromtimestamp(sent_at, timezone.get_current_timezone())
    words = _(
        "Tidak ada surel baru: yang terakhir dikirim pukul %(sent)s %(zone)s, yang "
        "berikutnya dapat diminta sesudah pukul %(next)s %(zone)s."
    )
    return words % {
        "sent": dates.clock(sent),
        "next": dates.clock(sent + MAIL_PAUSE),
        "zone": dates.zone_name(timezone.get_current_timezone()),
    }


def _confirms_another_address(template_prefix, email, context):
    """A new address of an account that is at work; else it is a new account."""
    return (
        template_prefix == "account/email/email_confirmation"
        and context["user"].email.lower() != email.lower()
    )


def count_try(key: str, *, times: int = ACCOUNT_TRIES) -> None:
    """Count a try to get in, or refuse it and say how long to wait."""
    wait = tries.take(key, times=times, seconds=TRIES_SECONDS)
    if wait:
        raise ValidationError(
            _(
                "Terlalu banyak percobaan yang gagal. Tunggu %(minutes)d menit, lalu "
                "coba lagi, atau atur ulang kata sandi Anda."
            ),
            code="too_many_login_attempts",
            params={"minutes": math.ceil(wait / 60)},
        )


def account_of(request, email: str) -> str:
    """Where tries for an account are counted: here, or with those of all strangers."""
    email = email.lower()
    if _knows(request, email):
        return f"{email}:device:{_read_device(request)['id']}"
    address = get_ip(request)
    if SignIn.objects.known(email, address, timezone.now() - KNOWN_ADDRESS):
        return f"{email}:address:{address}"
    return email


def _knows(request, email):
    """Whether this device has signed in to the account before."""
    device = _read_device(request)
    return bool(device) and _fingerprint(email) in device["people"]


def _fingerprint(email):
    return salted_hmac(DEVICE_SALT, email.lower()).hexdigest()[:20]


def _read_device(request):
    try:
        return signing.loads(
            request.COOKIES.get(DEVICE_COOKIE, ""),
            salt=DEVICE_SALT,
            max_age=DEVICE_DAYS * 24 * 60 * 60,
        )
    except signing.BadSignature:
        return None
