"""What the list of partners shows."""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.registry.models import UNNAMED, Partnership
from pokmas.lists.columns import Badge, Column, Listed, Office, Order, Table


@dataclass(frozen=True, kw_only=True)
class Term(Column):
    """Says nothing until the approval of a partner that works is over."""

    def of(self, row) -> bool:
        return row.is_approval_over

    def markup(self, value) -> str:
        return escape(_("persetujuan berakhir")) if value else ""


PARTNERS = Table(
    model=Partnership,
    title=pgettext_lazy("several", "Mitra"),
    list_page="partners:index",
    page="partners:detail",
    order="new",
    kept=lambda asked: ("new",) if asked.get("q") else ("new", "name", "-name"),
    keys_first=("status", "mine"),
    orders=[Order("new", _("Terbaru dicatat"), ("-created_at", "-pk"))],
    # What day it is where the office stands.
    needs=["office__zone"],
    columns=[
        Column(
            name="name",
            label=_("Nama"),
            value="partner__name",
            empty=UNNAMED,
        ),
        Column(
            name="reference",
            label=_("Nomor pendaftaran"),
            value="partner__reference",
            under="name",
        ),
        Listed(name="kind", label=_("Jenis"), value="partner__kind__name"),
        Column(
            name="regency", label=_("Kabupaten/kota"), value="partner__regency__name"
        ),
        Office(name="office", label=_("Unit"), value="office__name", wide=True),
        Badge(
            name="status",
            label=_("Status"),
            value="status",
            words=dict(Partnership.Status.choices),
            tones=Partnership.TONES,
        ),
        Term(
            name="until",
            label=_("Persetujuan berlaku sampai"),
            value="approved_until",
            under="status",
            sortable=False,
            on_sheet=False,
        ),
    ],
)
