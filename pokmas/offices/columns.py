"""What the list of offices shows."""

from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from pokmas.lists.columns import Badge, Choice, Column, Office, Table
from pokmas.offices import models

OFFICES = Table(
    model=models.Office,
    title=_("Daftar kantor"),
    list_page="offices:listing",
    page="offices:detail",
    order="name",
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
