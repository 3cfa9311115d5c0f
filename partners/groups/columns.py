"""What the lists of community groups, and of what they lack, show."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.fields.models import Field
from partners.groups.compliance import in_field, totals
from partners.groups.models import CommunityGroup
from pokmas.lists.columns import (
    Badge,
    Column,
    Count,
    Day,
    Listed,
    Names,
    Nothing,
    Number,
    Office,
    Order,
    Table,
)
from pokmas.offices import models as offices

GROUPS = Table(
    model=CommunityGroup,
    title=pgettext_lazy("several", "Kelompok"),
    list_page="partners:group_index",
    page="partners:group_detail",
    order="new",
    kept=lambda asked: ("new",) if asked.get("q") else ("new", "name", "-name"),
    orders=[Order("new", _("Terbaru dicatat"), ("-created_at", "-pk"))],
    columns=[
        Column(name="name", label=_("Nama"), value="name"),
        Column(name="decree", label=_("Nomor SK"), value="decree_number", under="name"),
        Day(
            name="decreed",
            label=_("Tanggal SK"),
            value="decree_on",
            may_be_empty=True,
            on_page=False,
        ),
        Listed(name="field", label=_("Bidang"), value="field__name"),
        Number(name="members", label=_("Mitra"), value="members"),
        Office(name="office", label=_("Unit"), value="office__name", wide=True),
        Badge(
            name="status",
            label=_("Status"),
            value="status",
            words=dict(CommunityGroup.Status.choices),
            tones=CommunityGroup.TONES,
        ),
    ],
)


def groups_of(unit: offices.Office, **asked: object) -> str:
    """The list of groups, narrowed to those that a number of the unit counts."""
    query = urlencode({"office": unit.pk, **asked})
    return f"{reverse('partners:group_index')}?{query}"


def totals_of(filters) -> list[tuple[Promise, int, str]]:
    """What the Bapas of the list have together: each number with the list behind it."""
    found = totals(filters.qs)
    asked = {name: filters.form.data.get(name, "") for name in ("q", "region", "state")}
    units = urlencode(asked), urlencode({**asked, "state": "met"})
    of = {
        "bapas": asked["state"] or "all",
        "bapas_named": asked["q"],
        "office": asked["region"],
    }
    groups = reverse("partners:group_index")
    formed, short = (
        urlencode({"standing": each, **of}) for each in ("formed", "short")
    )
    return [
        (_("Bapas"), found["units"], f"?{units[0]}"),
        (_("Terpenuhi"), found["met"], f"?{units[1]}" if found["met"] else ""),
        (
            _("Kelompok ditetapkan atau aktif"),
            found["groups"],
            f"{groups}?{formed}",
        ),
        (
            _("Kelompok yang mitranya kurang"),
            found["small"],
            f"{groups}?{short}",
        ),
    ]


def compliance_of(fields: Iterable[Field]) -> Table:
    """With a column for each of the fields that every Bapas must have."""
    by_field = [
        Count(
            name=f"field_{field.pk}",
            label=_heading(field),
            value=in_field(field),
            leads=partial(groups_of, standing="formed", field=field.pk),
        )
        for field in fields
    ]
    place = next(
        place for place, each in enumerate(COMPLIANCE.columns) if each.name == "formed"
    )
    columns = [*COMPLIANCE.columns]
    columns[place + 1 : place + 1] = by_field
    return replace(COMPLIANCE, columns=columns)


def _heading(field: Field) -> str:
    """Its name, of which no word makes a column wider than the page has room for."""
    return " ".join(Truncator(word).chars(16) for word in str(field).split())


COMPLIANCE = Table(
    model=offices.Office,
    title=_("Kepatuhan Bapas"),
    list_page="partners:group_compliance",
    page=groups_of,
    order="name",
    exported="office.compliance.exported",
    nothing=Nothing(
        _("Tidak ada Bapas di wilayah Anda"),
        _("Ketentuan jumlah kelompok berlaku bagi Bapas."),
        "office",
    ),
    columns=[
        Office(name="name", label=_("Bapas"), value="name"),
        Office(
            name="region",
            label=_("Kanwil"),
            value="region__name",
            under="name",
            wide=True,
        ),
        Count(
            name="formed",
            label=_("Kelompok"),
            value="formed",
            leads=partial(groups_of, standing="formed"),
        ),
        Names(
            name="uncovered",
            label=_("Bidang wajib tanpa kelompok"),
            value="uncovered",
            on_page=False,
        ),
        Count(
            name="short",
            label=_("Mitranya kurang"),
            value="short",
            leads=partial(groups_of, standing="short"),
        ),
        Names(
            name="small",
            label=_("Kelompok yang mitranya kurang"),
            value="small",
            on_page=False,
        ),
        Count(
            name="chairless",
            label=_("Tanpa ketua"),
            value="chairless",
            leads=partial(groups_of, standing="chairless"),
        ),
        Badge(
            name="state",
            label=_("Keadaan"),
            value="compliance",
            words={"met": _("Terpenuhi"), "lacking": _("Belum")},
            tones={"met": "good", "lacking": "warn"},
        ),
    ],
)
