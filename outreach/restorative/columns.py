"""What the list of meetings shows; its sheet holds each figure."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.utils.translation import gettext_lazy as _

from outreach.restorative.models import AgreedRestitution, RestorativeMeeting
from pokmas.lists.columns import (
    Column,
    Day,
    Listed,
    Names,
    Nothing,
    Number,
    Office,
    Order,
    Table,
)

AGREED = AgreedRestitution.objects.filter(restorativemeeting=OuterRef("pk"))


def _figure(name: str) -> Number:
    return Number(
        name=name,
        label=RestorativeMeeting._meta.get_field(name).verbose_name,
        value=name,
        on_page=False,
    )


def _side(name: str, label) -> Number:
    return Number(
        name=name,
        label=label,
        value=F(f"{name}_male") + F(f"{name}_female"),
        on_sheet=False,
    )


MEETINGS = Table(
    model=RestorativeMeeting,
    title=_("Keadilan restoratif"),
    list_page="outreach:restorative_index",
    page=lambda row: f"{row.activity.get_absolute_url()}?tab=restorative#tabs",
    needs=("activity__title",),
    order="new",
    kept=("new",),
    orders=[Order("new", _("Terbaru dulu"), ("-activity__held_on", "-pk"))],
    nothing=Nothing(
        _("Belum ada pertemuan keadilan restoratif"),
        _("Muncul sesudah kegiatan dengan jenis itu dilaporkan."),
        "group",
    ),
    columns=[
        Column(name="title", label=_("Kegiatan"), value="activity__title"),
        Day(name="held", label=_("Tanggal"), value="activity__held_on"),
        Office(
            name="office",
            label=_("Unit"),
            value="activity__office__name",
            under="title",
            wide=True,
        ),
        *(_side(side.value, side.label) for side in RestorativeMeeting.Side),
        *map(_figure, RestorativeMeeting.FIGURES),
        Listed(name="outcome", label=_("Hasil"), value="outcome__name"),
        Names(
            name="restitution",
            label=_("Bentuk pemulihan"),
            value=ArraySubquery(
                AGREED.order_by("restitution__name").values("restitution__name")
            ),
            under="outcome",
            empty="",
        ),
        Day(
            name="agreed_on",
            label=_("Hari tindak lanjut"),
            value="agreed_on",
            may_be_empty=True,
        ),
        Column(name="agreed", label=_("Tindak lanjut"), value="agreed", on_page=False),
    ],
)
