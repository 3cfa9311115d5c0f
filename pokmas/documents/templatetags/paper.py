"""`{% load paper %}`: what official papers need besides words."""

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from pokmas.audit import services as audit
from pokmas.documents import qr
from pokmas.documents.letterhead import letterhead_of, without_scheme

register = template.Library()


@register.simple_tag
def qr_code(issued) -> str:
    """The QR that leads to the check page of an issued document."""
    title = _("Kode QR ke halaman pemeriksaan dokumen %(code)s") % {"code": issued.code}
    return qr.svg(issued.check_address, title=title)


@register.simple_tag
def trail_head() -> str:
    """The head of the trail's chain, of which the paper is a witness."""
    return audit.head()


@register.simple_tag
def cells(table, row) -> str:
    """A row of a table: one call, for some have thousands of them."""
    return mark_safe(
        "".join(
            _cell(cell, place == table.head, column.is_number)
            for place, (cell, column) in enumerate(zip(row, table.columns, strict=True))
        )
    )


def _cell(cell, names_row: bool, is_number: bool) -> str:
    text = escape(str(cell))
    if small := getattr(cell, "small", ""):
        text += f"<br><small>{escape(small)}</small>"
    if names_row:
        return f'<th scope="row">{text}</th>'
    return f'<td class="num">{text}</td>' if is_number else f"<td>{text}</td>"


register.simple_tag(letterhead_of)
register.filter(without_scheme)
