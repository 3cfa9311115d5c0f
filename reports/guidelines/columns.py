"""What the lists of guidelines and of their readers show."""

from dataclasses import replace

from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from partners.models import Partner
from pokmas.lists.columns import (
    Badge,
    Choice,
    Column,
    Day,
    Moment,
    Names,
    Nothing,
    Number,
    Office,
    Order,
    Table,
)
from pokmas.offices.models import Office as OfficeRow
from reports.guidelines.models import ACKNOWLEDGE, Guideline
from reports.guidelines.reading import READ, UNREAD

GUIDELINES = Table(
    model=Guideline,
    title=_("Pedoman"),
    list_page="reports:guideline_index",
    page="reports:guideline_detail",
    order="new",
    kept=("new",),
    orders=[Order("new", _("Terbaru berlaku dulu"), ("-in_force_from", "-pk"))],
    nothing=Nothing(
        _("Belum ada pedoman"),
        _("Pedoman Pusat dan Kanwil tampil di sini sejak diterbitkan."),
    ),
    columns=[
        Column(name="title", label=_("Judul"), value="title"),
        Number(name="version", label=_("Versi"), value="version"),
        Office(name="office", label=_("Penerbit"), value="office__name"),
        Choice(
            name="audience",
            label=_("Untuk siapa"),
            value="audience",
            words=dict(Guideline.Audience.choices),
            under="office",
        ),
        Day(name="since", label=_("Berlaku sejak"), value="in_force_from"),
        Badge(
            name="mine",
            label=_("Bagi Anda"),
            value=Case(
                When(is_unread=True, then=Value(UNREAD)),
                When(is_read=True, then=Value(READ)),
                default=Value(""),
            ),
            words={UNREAD: _("Belum Anda baca"), READ: _("Sudah Anda baca")},
            tones={UNREAD: "warn", READ: "good"},
        ),
        Badge(
            name="status",
            label=_("Status"),
            value="status",
            words=dict(Guideline.Status.choices),
            tones=Guideline.TONES,
        ),
    ],
)


def guidelines_for(user) -> Table:
    """Whoever has none to confirm is not told which he has read."""
    if user.has_perm(ACKNOWLEDGE):
        return GUIDELINES
    shown = [each for each in GUIDELINES.columns if each.name != "mine"]
    return replace(GUIDELINES, columns=shown)


STATE = Badge(
    name="state",
    label=_("Pedoman ini"),
    value="state",
    words={UNREAD: _("Belum membaca"), READ: _("Sudah membaca")},
    tones={UNREAD: "warn", READ: "good"},
)
READING = [
    STATE,
    Names(name="readers", label=_("Dibaca oleh"), value="readers"),
    Moment(
        name="read_at",
        label=_("Pertama dibaca"),
        value="read_at",
        may_be_empty=True,
    ),
]

UNITS = Table(
    model=OfficeRow,
    title=_("Unit yang harus membaca"),
    list_page="reports:guideline_units",
    page="offices:detail",
    order="name",
    nothing=Nothing(
        _("Tidak ada unit yang harus membaca"),
        _("Pedoman ini untuk mitra, atau di lingkup Anda belum ada unit."),
        "office",
    ),
    columns=[
        Office(name="name", label=_("Unit"), value="name"),
        Office(name="region", label=_("Kanwil"), value="region__name"),
        *READING,
    ],
)

PARTNERS = Table(
    model=Partner,
    title=_("Mitra yang harus membaca"),
    list_page="reports:guideline_partners",
    page="partners:partner",
    order="name",
    nothing=Nothing(
        _("Tidak ada mitra yang harus membaca"),
        _("Pedoman ini untuk unit, atau di lingkup Anda belum ada mitra aktif."),
        "partners",
    ),
    columns=[
        Column(name="name", label=_("Mitra"), value="name"),
        Names(name="offices", label=_("Unit"), value="offices"),
        *READING,
    ],
)
