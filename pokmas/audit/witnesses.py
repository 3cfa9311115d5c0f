"""Heads of the chain leave the house, so that nobody in it can cut the chain unseen.

The seals of the last days can be taken away together with the rows they hold; a head
that somebody keeps elsewhere is then missing. It is printed on every issued paper, and
sent to `POKMAS_WITNESSES` after each night's check. `manage.py check_audit` compares.
"""

import logging
import re
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation

from pokmas.audit.models import Inspection, Seal

logger = logging.getLogger(__name__)

# A head on a line of its own, as in the mails, be it quoted.
HEAD = re.compile(r"^[>\s]*([0-9a-f]{64})\s*$", re.MULTILINE | re.IGNORECASE)


def send_head() -> bool:
    """Send the head that the last check saw, unless that was done before."""
    last = Inspection.objects.newest()
    if not settings.WITNESSES or last is None or not last.head or last.witnessed_at:
        return False
    with translation.override("id"), timezone.override(settings.TIME_ZONE):
        context = {"inspection": last, "portal": settings.BASE_URL}
        subject = render_to_string("pokmas/audit/mail/head_subject.txt", context)
        text = render_to_string("pokmas/audit/mail/head.txt", context)
    mail = EmailMessage(
        subject.strip(),
        text,
        to=settings.WITNESSES,
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        mail.send()
    except (OSError, SMTPException):
        logger.exception("The head of the trail could not be sent")
        return False
    last.witnessed_at = timezone.now()
    last.save(update_fields=["witnessed_at"])
    return True


def heads_in(text: str) -> list[str]:
    """All heads in a text, say a folder of the mails in one file."""
    return [found.lower() for found in HEAD.findall(text)]


def missing(heads: list[str]) -> list[str]:
    """Those of `heads` that are not in the chain (any more)."""
    digests = {head: _digest(head) for head in heads}
    held = {
        bytes(digest)
        for digest in Seal.objects.filter(
            digest__in=[digest for digest in digests.values() if digest]
        ).values_list("digest", flat=True)
    }
    return [head for head, digest in digests.items() if digest not in held]


def _digest(head: str) -> bytes | None:
    try:
        return bytes.fromhex(head)
    except ValueError:
        return None
