"""The link in the mail: it names an invitation, which says whether it holds."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from partners.colleagues.models import Invitation

SALT = "partners.colleague"


def link_for(invitation: Invitation) -> str:
    token = signing.dumps(invitation.pk, salt=SALT)
    return settings.BASE_URL + reverse("partners:join", args=[token])


def read(token: str) -> Invitation | None:
    """Whatever became of it; None for what the portal never sent."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    rows = Invitation.objects.select_related(
        "invited_by", "partnership__partner", "partnership__office"
    )
    return rows.filter(pk=pk).first()
