"""The link in the mail: it names an invitation and when it was sent, so that of one
sent again the newest link holds alone."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from partners.colleagues.models import Invitation

SALT = "partners.colleague"


def link_for(invitation: Invitation) -> str:
    sent = invitation.sent_at.timestamp()
    token = signing.dumps([invitation.pk, sent], salt=SALT)
    return settings.BASE_URL + reverse("partners:join", args=[token])


def read(token: str) -> Invitation | None:
    """Whatever became of it; None for what the portal never sent."""
    try:
        pk, sent = signing.loads(token, salt=SALT)
    except (signing.BadSignature, TypeError):  # What was sent before named no time.
        return None
    rows = Invitation.objects.select_related(
        "invited_by", "partnership__partner", "partnership__office"
    )
    invitation = rows.filter(pk=pk).first()
    if invitation:
        invitation.is_sent_again = invitation.sent_at.timestamp() != sent
    return invitation
