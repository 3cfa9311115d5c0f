"""What the queue of examinations shows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.registry.models import Partnership
from pokmas.accounts.models import display_name_of
from pokmas.lists.columns import (
    Badge,
    Button,
    Column,
    Day,
    Listed,
    Nothing,
    Office,
    Order,
    Table,
    Waited,
)


@dataclass(frozen=True, kw_only=True)
class Submitted(Day):
    """Since when the applicant waits, however often it went to and fro since."""

    def markup(self, value) -> str:
        return _("diajukan %(day)s") % {"day": super().markup(value)} if value else ""


LATE: Mapping[bool, str | Promise] = {
    True: _("Terlambat"),
    False: _("Masih dalam waktu"),
}

QUEUE = Table(
    model=Partnership,
    title=_("Antrean pemeriksaan"),
    list_page="partners:queue",
    page="partners:detail",
    order="waiting",
    orders=[Order("waiting", _("Paling lama menunggu"), ("status_since", "pk"))],
    needs=["handler_id"],
    nothing=Nothing(
        _("Tidak ada yang menunggu"),
        _("Pendaftaran yang harus diperiksa atau diputuskan tampil di sini."),
        icon="verify",
    ),
    columns=[
        Column(name="name", label=_("Nama"), value="partner__name"),
        Listed(
            name="kind", label=_("Jenis"), value="partner__kind__name", under="name"
        ),
        Office(name="office", label=_("Unit"), value="office__name", wide=True),
        Badge(
            name="status",
            label=_("Status"),
            value="status",
            words=dict(Partnership.Status.choices),
            tones=Partnership.TONES,
        ),
        Waited(name="waited", label=_("Menunggu"), value="waited"),
        Submitted(
            name="submitted",
            label=_("Diajukan pada"),
            value="submitted_on",
            under="waited",
            sortable=False,
        ),
        Badge(
            name="late",
            label=_("Batas waktu"),
            value="is_late",
            words=LATE,
            tones={True: "bad"},
            under="status",
        ),
        Column(
            name="handler",
            label=_("Pemeriksa"),
            value=display_name_of("handler"),
            empty=_("Belum diambil"),
            may_be_empty=True,
        ),
        Button(name="take", does=lambda row: _take(row)),
    ],
)


def queue_for(user, query: str) -> Table:
    """A row leads to the page where this person judges it, if he may; from there he
    goes on within what the list is narrowed to."""
    columns = [
        each
        for each in QUEUE.columns
        if each.name != "take" or user.has_perm(_step("take").permission)
    ]
    return replace(QUEUE, columns=columns, page=lambda row: _page(row, user, query))


def _step(name):
    return Partnership.STEPS[name]


def _page(row, user, query) -> str:
    step = Partnership.STEPS.awaited_at(row.status)
    if user.has_perm(step.permission):
        url = reverse(f"partners:{step.name}", args=[row.pk])
        return f"{url}?{query}" if query else url
    return reverse("partners:detail", args=[row.pk])


def _take(row):
    if row.handler_id or row.status not in Partnership.STEPS.statuses(_step("take")):
        return None
    return _("Saya periksa"), reverse("partners:take", args=[row.pk])
