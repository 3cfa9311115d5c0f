"""What the lists of offices and of what is planned for them show."""

from django.db.models import Case, CharField, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pokmas.lists.columns import (
    Badge,
    Choice,
    Column,
    Day,
    DaysLeft,
    Nothing,
    Office,
    Table,
)
from pokmas.offices import models

OFFICES = Table(
    model=models.Office,
    title=_("Daftar kantor"),
    list_page="offices:listing",
    page="offices:detail",
    order="name",
    nothing=Nothing(
        _("Tidak ada kantor"), _("Di lingkup Anda belum ada kantor."), "office"
    ),
    columns=[
        Office(name="name", label=_("Nama"), value="name"),
        Choice(
            name="level",
            label=_("Tingkat"),
            value="level",
            words=dict(models.Office.Level.choices),
        ),
        Choice(
            name="kind",
            label=_("Jenis"),
            value="kind",
            words=dict(models.Office.Kind.choices),
        ),
        Office(
            name="parent", label=_("Induk"), value="parent__name", may_be_empty=True
        ),
        Column(
            name="place", label=_("Letak"), value="regency__name", may_be_empty=True
        ),
        Badge(
            name="state",
            label=_("Keadaan"),
            value=Case(
                When(is_active=True, then=Value("active")),
                When(successor__isnull=False, then=Value("merged")),
                When(valid_to__isnull=False, then=Value("closed")),
                default=Value("idle"),
            ),
            words={
                "active": _("Aktif"),
                "idle": _("Tidak aktif"),
                "merged": _("Digabung"),
                "closed": _("Ditutup"),
            },
            tones={"active": "good", "idle": "warn"},
        ),
    ],
)

CHANGES = Table(
    model=models.OfficeChange,
    title=_("Perubahan kantor yang menunggu"),
    list_page="offices:changes",
    page=lambda change: reverse("offices:detail", args=[change.office_id]),
    needs=["office_id"],
    order="since",
    nothing=Nothing(
        _("Tidak ada perubahan yang menunggu"),
        _("Perubahan dicatat dari halaman kantornya, lewat “Tata ulang”."),
        "office",
    ),
    columns=[
        Office(name="office", label=_("Kantor"), value="office__name"),
        Column(
            name="refusal", label=_("Sebab tertahan"), value="refusal", under="office"
        ),
        Choice(
            name="kind",
            label=_("Perubahan"),
            value="kind",
            words=dict(models.OfficeChange.Kind.choices),
        ),
        Column(
            name="becomes",
            label=_("Menjadi"),
            value=Coalesce("other__name", KT("after__name"), output_field=CharField()),
            under="kind",
            may_be_empty=True,
        ),
        Column(name="decree", label=_("Dasar"), value="decree_number"),
        Day(
            name="since",
            label=_("Berlaku sejak"),
            value="effective_on",
            ways=(_("terdekat dulu"), _("terjauh dulu")),
        ),
        DaysLeft(
            name="left",
            label=_("Sisa hari"),
            value="days_left",
            under="since",
            sortable=False,
        ),
        Badge(
            name="state",
            label=_("Keadaan"),
            value=Case(
                When(refusal="", then=Value("planned")), default=Value("blocked")
            ),
            words=dict(models.OfficeChange.State.choices),
            tones={"planned": "info", "blocked": "bad"},
        ),
    ],
)
