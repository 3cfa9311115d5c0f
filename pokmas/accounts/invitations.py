"""One-time links with which an invited person chooses his password.

A link is bound to the unusable password of the account: choosing a password, or sending
another link, ends it. Nothing is stored.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from pokmas.accounts.models import User

VALID_FOR = timedelta(days=7)
SALT = "pokmas.invitation"


def link_for(user: User) -> str:
    token = signing.dumps([user.pk, _state(user)], salt=SALT)
    return settings.BASE_URL + reverse("accounts:accept", args=[token])


def user_of(token: str) -> User | None:
    """The person this link invites, if it is whole, young and not used."""
    try:
        pk, state = signing.loads(token, salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk).first()
    if user is None or not user.is_invited:
        return None
    return user if constant_time_compare(state, _state(user)) else None


def _state(user):
    return salted_hmac(SALT, user.password).hexdigest()[:32]
