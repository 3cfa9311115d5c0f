"""What the list of coverage shows."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from outreach.coverage.models import Coverage
from pokmas.lists.columns import (
    Choice,
    Column,
    Day,
    Nothing,
    Office,
    Order,
    Table,
)
from pokmas.words.addresses import breakable


@dataclass(frozen=True, kw_only=True)
class Link(Column):
    """Where it can be read, on its own page."""

    sortable: bool = False

    def markup(self, value) -> str:
        if not value:
            return ""
        return format_html(
            '<a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>',
            value,
            breakable(value),
        )


COVERAGE = Table(
    model=Coverage,
    title=_("Liputan media"),
    list_page="outreach:coverage_index",
    page=lambda row: row.get_absolute_url(),
    needs=("activity__status",),
    order="new",
    kept=("new",),
    orders=[Order("new", _("Terbaru dulu"), ("-published_on", "-pk"))],
    nothing=Nothing(
        _("Belum ada liputan media"),
        _("Catat dari halaman kegiatan yang diliput, juga sesudah diverifikasi."),
        "file",
    ),
    columns=[
        Column(name="headline", label=_("Judul berita"), value="headline"),
        Column(name="outlet", label=_("Media"), value="outlet"),
        Choice(
            name="kind",
            label=_("Jenis media"),
            value="kind",
            words=dict(Coverage.Kind.choices),
            under="outlet",
        ),
        Day(name="published", label=_("Tanggal tayang"), value="published_on"),
        Column(name="activity", label=_("Kegiatan"), value="activity__title"),
        Office(
            name="office",
            label=_("Unit"),
            value="office__name",
            under="activity",
            wide=True,
        ),
        Link(name="link", label=_("Tautan"), value="link", on_page=False),
    ],
)
