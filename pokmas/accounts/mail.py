"""Mails about accounts, in Indonesian: one template of subject and one of text."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from pokmas.records.lines import one_line

logger = logging.getLogger(__name__)

# So that nobody's absence note answers a mail of the portal's.
AUTOMATIC = {"Auto-Submitted": "auto-generated"}


def send(name: str, to: str, **context) -> bool:
    """Send `accounts/mail/<name>`; False if the mail server did not take it."""
    context["base_url"] = settings.BASE_URL
    with translation.override("id"):
        subject = render_to_string(f"pokmas/accounts/mail/{name}_subject.txt", context)
        body = render_to_string(f"pokmas/accounts/mail/{name}.txt", context)
    try:
        EmailMessage(
            one_line(subject), body.strip() + "\n", to=[to], headers=AUTOMATIC
        ).send()
    except (OSError, SMTPException):
        logger.exception("The mail %s could not be sent", name)
        return False
    return True
