"""What the inbox shows."""

from django.db.models import Case, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pokmas.lists.columns import Badge, Button, Column, Moment, Nothing, Table
from pokmas.notices.models import Notice


def _address(notice: Notice) -> str | None:
    return notice.get_absolute_url() if notice.url else None


def _reading(notice: Notice):
    if notice.read_at:
        return None
    return _("Tandai dibaca"), reverse("notices:read", args=[notice.pk])


NOTICES = Table(
    model=Notice,
    title=_("Pemberitahuan"),
    list_page="notices:index",
    page=_address,
    needs=["url", "read_at"],
    order="-since",
    nothing=Nothing(
        _("Tidak ada pemberitahuan"),
        _("Bila ada yang menunggu Anda, kabarnya muncul di sini dan lewat surel."),
        "bell",
    ),
    columns=[
        Column(name="title", label=_("Pemberitahuan"), value="title"),
        Column(name="body", label=_("Isi"), value="body", under="title"),
        Moment(name="since", label=_("Waktu"), value="due_at"),
        Badge(
            name="state",
            label=_("Keadaan"),
            value=Case(When(read_at=None, then=Value("new")), default=Value("read")),
            words={"new": _("Baru"), "read": _("Dibaca")},
            tones={"new": "info"},
        ),
        Button(name="reading", does=_reading),
    ],
)
