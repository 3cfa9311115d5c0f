"""What the queue of verification shows."""

from dataclasses import replace

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, ExtractDay, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from outreach.activities.columns import COMPANY
from outreach.activities.models import Activity
from outreach.evidence.models import Evidence
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
    Waited,
)

PHOTOS = (
    Evidence.objects.present()
    .filter(activity=OuterRef("pk"), kind=Evidence.Kind.PHOTO)
    .order_by()
    .values("activity")
    .annotate(number=Count("pk"))
)

QUEUE = Table(
    model=Activity,
    title=_("Antrean verifikasi"),
    list_page="outreach:queue",
    order="waiting",
    kept=("waiting",),
    orders=[Order("waiting", _("Paling lama menunggu"), ("status_since", "pk"))],
    nothing=Nothing(
        _("Tidak ada yang menunggu"),
        _("Kegiatan yang dilaporkan dan belum diverifikasi tampil di sini."),
        icon="verify",
    ),
    columns=[
        Column(name="title", label=_("Kegiatan"), value="title"),
        Listed(name="type", label=_("Jenis"), value="type__name", under="title"),
        Day(name="held", label=_("Tanggal"), value="held_on"),
        Names(name="company", label=_("Bersama"), value=COMPANY),
        Office(
            name="office",
            label=_("Unit"),
            value="office__name",
            under="company",
            wide=True,
        ),
        Number(name="served", label=_("Terlayani"), value="served", may_be_empty=True),
        Number(
            name="photos",
            label=_("Foto"),
            value=Coalesce(PHOTOS.values("number"), Value(0)),
        ),
        Waited(
            name="waited",
            label=_("Menunggu"),
            value=ExtractDay(Now() - F("status_since")),
        ),
    ],
)


def in_queue(user) -> QuerySet:
    """What was reported and is to be verified, with whether it is for this person."""
    waiting = Activity.objects.visible_to(user).filter(status=Activity.Status.REPORTED)
    his = Activity.objects.awaiting(user).filter(pk=OuterRef("pk"))
    return waiting.with_served().annotate(is_his=Exists(his))


def queue_for(query: str) -> Table:
    """A row leads to the page where this person judges it, if he may; from there he
    goes on within what the list is narrowed to."""

    def page(row) -> str:
        if not row.is_his:
            return row.get_absolute_url()
        url = reverse("outreach:verify", args=[row.pk])
        return f"{url}?{query}" if query else url

    return replace(QUEUE, page=page)
