"""Links by which a colleague comes to work for the same partner. Nothing is stored: a
link holds for some days, as long as whoever sent it acts for the partner himself."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from partners.registry.models import Partnership
from pokmas.accounts.models import User
from pokmas.accounts.services.people import has_proved_address

VALID_FOR = timedelta(days=7)
SALT = "partners.colleague"


@dataclass(frozen=True)
class Invitation:
    partnership: Partnership
    email: str
    by: User

    @property
    def owner(self) -> User | None:
        """Who has an account with this address, proved or not."""
        return User.objects.filter(email=self.email).first()

    @property
    def has_account(self) -> bool:
        """Whether somebody proved that the address is his; else the link proves it."""
        owner = self.owner
        return owner is not None and has_proved_address(owner)


def link_for(partnership: Partnership, email: str, *, by: User) -> str:
    token = signing.dumps([partnership.pk, email.lower(), by.pk], salt=SALT)
    return settings.BASE_URL + reverse("partners:join", args=[token])


def read(token: str) -> Invitation | None:
    try:
        pk, email, by = signing.loads(token, salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    sent_by = User.objects.filter(pk=by, is_active=True).first()
    if sent_by is None:
        return None
    theirs = Partnership.objects.represented_by(sent_by).for_page().filter(pk=pk)
    partnership = theirs.first()
    return partnership and Invitation(partnership, email, sent_by)
