"""`{% load paper %}`: what official papers need besides words."""

import re

from django import template
from django.utils.translation import gettext as _

from pokmas.documents import qr

register = template.Library()


@register.simple_tag
def qr_code(issued) -> str:
    """The QR that leads to the check page of an issued document."""
    title = _("Kode QR ke halaman pemeriksaan dokumen %(code)s") % {"code": issued.code}
    return qr.svg(issued.check_address, title=title)


@register.simple_tag
def letterhead_lines(office, issued=None) -> list[str]:
    """As they are, or as they were on the day on which a paper was issued."""
    return issued.letterhead_lines if issued else office.letterhead_lines


@register.filter
def without_scheme(address: str) -> str:
    return re.sub(r"^https?://", "", address).rstrip("/")
