"""What the number book shows."""

from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import display_name_of
from pokmas.lists.columns import (
    Badge,
    Choice,
    Column,
    Day,
    Nothing,
    Office,
    Order,
    Table,
)
from pokmas.lists.columns import Number as Digits
from pokmas.numbering.models import Kind, Number

STATES = {"": "", "cancelled": _("Dibatalkan")}


@dataclass(frozen=True, kw_only=True)
class Sequence(Digits):
    """Written as it stands in the number, without dots."""

    def markup(self, value) -> str:
        return "" if value is None else f"{value:04d}"


@dataclass(frozen=True, kw_only=True)
class Written(Column):
    """A number as it is written: in one line, where a line has room for it."""

    css: ClassVar[str] = "text-nowrap"


NUMBERS = Table(
    model=Number,
    title=_("Buku nomor"),
    list_page="numbering:index",
    page="numbering:detail",
    order="new",
    kept=("new",),
    orders=[Order("new", _("Terbaru"), ("-dated", "-pk"))],
    nothing=Nothing(
        _("Belum ada nomor"),
        _("Nomor yang diberikan kepada naskah tercatat di sini dengan sendirinya."),
    ),
    columns=[
        Written(name="text", label=_("Nomor naskah"), value="text"),
        # On a page it stands within the number, and the gist needs its room.
        Sequence(
            name="sequence",
            label=_("No. urut"),
            value="sequence",
            may_be_empty=True,
            on_page=False,
        ),
        Day(name="dated", label=_("Tanggal"), value="dated"),
        Column(name="to", label=_("Ditujukan kepada"), value="addressed_to"),
        Column(name="gist", label=_("Isi singkat"), value="gist"),
        Choice(
            name="kind",
            label=_("Jenis naskah"),
            value="kind",
            words=dict(Kind.choices),
            under="classification",
        ),
        Column(
            name="classification",
            label=_("Klasifikasi"),
            value="classification__code",
            may_be_empty=True,
        ),
        Column(
            name="by",
            label=_("Oleh"),
            value=display_name_of("created_by"),
            may_be_empty=True,
            empty=_("Portal"),
        ),
        Office(
            name="office",
            label=_("Unit"),
            value="office__name",
            under="by",
            wide=True,
        ),
        Badge(
            name="state",
            label=_("Keadaan"),
            value=Case(
                When(cancelled_at__isnull=False, then=Value("cancelled")),
                default=Value(""),
            ),
            words=STATES,
            tones={"cancelled": "bad"},
            under="text",
            sortable=False,
        ),
        Column(
            name="reason",
            label=_("Alasan pembatalan"),
            value="reason",
            on_page=False,
        ),
    ],
)
