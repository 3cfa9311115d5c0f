"""What the list of agreements shows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from pokmas.lists.columns import (
    Badge,
    Choice,
    Column,
    Day,
    DaysLeft,
    Office,
    Order,
    Table,
)
from pokmas.words import dates


def _order(asked) -> str:
    """What has an end in view is asked for to act on it: the nearest first."""
    return next(iter(_kept(asked)))


def _kept(asked) -> tuple[str, ...]:
    """Of what is asked by days, the newest or the last to end may be none at all."""
    validity = asked.get("validity")
    if validity in ("expired", "renewed"):
        return ("-ends", "ends")
    if validity == "expiring" or asked.get("expiring_on") or asked.get("attention"):
        return ("ends", "-ends")
    if asked.get("in_force_on"):
        return ("ends",)
    return ("new",) if validity == "future" else ("new", "ends", "-ends")


@dataclass(frozen=True, kw_only=True)
class End(DaysLeft):
    """How many days are left, or the day on which it was ended before its time."""

    def markup(self, value) -> str:
        if not value or value.isdecimal():
            return super().markup(int(value) if value else None)
        day = dates.date_brief(date.fromisoformat(value))
        return gettext("diakhiri %(day)s") % {"day": day}


AGREEMENTS = Table(
    model=Agreement,
    title=pgettext_lazy("several", "Kerja sama"),
    list_page="agreements:index",
    page="agreements:detail",
    order=_order,
    kept=_kept,
    keys_first=("status", "validity", "attention"),
    orders=[Order("new", _("Terbaru dicatat"), ("-created_at", "-pk"))],
    columns=[
        Column(name="title", label=_("Judul"), value="title"),
        Column(name="number", label=_("Nomor"), value="our_number", under="title"),
        Choice(
            name="kind",
            label=_("Jenis"),
            value="kind",
            words=dict(Agreement.Kind.choices),
            on_page=False,
        ),
        Column(name="partner", label=_("Mitra"), value="partner__name"),
        Office(
            name="office",
            label=_("Unit"),
            value="office__name",
            under="partner",
            wide=True,
        ),
        Badge(
            name="status",
            label=_("Status"),
            value=Coalesce(NullIf("validity", Value("")), "status"),
            words=dict(Agreement.Status.choices) | Agreement.VALIDITY,
            tones=Agreement.TONES | Agreement.VALIDITY_TONES,
        ),
        Choice(
            name="silent",
            label=_("Kegiatan"),
            value="is_silent",
            words={True: _("tanpa kegiatan 90 hari")},
            on_page=False,
            sortable=False,
        ),
        Choice(
            name="concern",
            label=_("Perhatian"),
            value="concern",
            words={
                "silent": _("tanpa kegiatan 90 hari"),
                "lapsed": _("surat mitra habis masa berlakunya"),
                "both": _("tanpa kegiatan 90 hari; surat mitra habis masa berlakunya"),
            },
            on_sheet=False,
            under="status",
            sortable=False,
        ),
        Day(name="starts", label=_("Mulai"), value="starts_on", on_page=False),
        Day(
            name="ends",
            label=_("Berakhir"),
            value="ends_on",
            ways=(_("terdekat dulu"), _("terjauh dulu")),
        ),
        DaysLeft(
            name="left",
            label=_("Sisa hari"),
            value="ending_in",
            on_page=False,
            sortable=False,
        ),
        Day(
            name="ended",
            label=_("Diakhiri"),
            value="terminated_on",
            on_page=False,
            sortable=False,
        ),
        End(
            name="end",
            label=_("Sisa hari"),
            value="end",
            under="ends",
            on_sheet=False,
            sortable=False,
        ),
    ],
)
