"""What the list of volunteers shows."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.volunteers import days
from partners.volunteers.models import OVER, Skill, Volunteer
from pokmas.lists.columns import (
    Badge,
    Choice,
    Column,
    Names,
    Nothing,
    Office,
    Order,
    Table,
)

SKILLS = ArraySubquery(
    Skill.objects.filter(volunteers=OuterRef("pk")).order_by("name").values("name")
)

LAPSED = "lapsed"


@dataclass(frozen=True, kw_only=True)
class State(Badge):
    """The status; of one whose term is over that it is."""

    def of(self, row) -> str:
        return LAPSED if row.is_over else row.status


VOLUNTEERS = Table(
    model=Volunteer,
    title=pgettext_lazy("several", "Sahabat"),
    list_page="partners:volunteer_index",
    page="partners:volunteer_detail",
    order="new",
    kept=lambda asked: ("new",) if asked.get("q") else ("new", "name", "-name"),
    nothing=Nothing(
        _("Belum ada Sahabat"), _("Yang mendaftar sendiri tampil di sini."), "user"
    ),
    keys_first=("q", "mine"),
    orders=[Order("new", _("Terbaru mendaftar"), ("-created_at", "-pk"))],
    # When his term ends, and what day it is where the office stands.
    needs=["accepted_until", "office__zone"],
    columns=[
        Column(name="name", label=_("Nama"), value="name"),
        Column(
            name="reference",
            label=_("Nomor pendaftaran"),
            value="reference",
            under="name",
        ),
        Choice(
            name="stage",
            label=_("Tahap"),
            value="stage",
            words=dict(Volunteer.Stage.choices),
            under="status",
        ),
        Names(name="skills", label=_("Keahlian"), value=SKILLS),
        Column(
            name="days",
            label=_("Ada waktu"),
            value=days.in_brief("availability"),
            sortable=False,
        ),
        Column(name="regency", label=_("Kabupaten/kota"), value="regency__name"),
        Office(name="office", label=_("Unit"), value="office__name", wide=True),
        State(
            name="status",
            label=_("Status"),
            value="status",
            words=dict(Volunteer.Status.choices) | {LAPSED: OVER},
            tones=Volunteer.TONES | {LAPSED: "bad"},
        ),
    ],
)
