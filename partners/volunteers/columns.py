"""What the list of volunteers shows."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.volunteers import days
from partners.volunteers.models import Skill, Volunteer
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
    orders=[Order("new", _("Terbaru mendaftar"), ("-created_at", "-pk"))],
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
        Badge(
            name="status",
            label=_("Status"),
            value="status",
            words=dict(Volunteer.Status.choices),
            tones=Volunteer.TONES,
        ),
    ],
)
