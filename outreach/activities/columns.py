"""What the list of activities shows."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, Func, OuterRef, Q, Value, When
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from pokmas.lists.columns import (
    Badge,
    Choice,
    Column,
    Day,
    Listed,
    Names,
    Number,
    Office,
    Table,
)

# With whom it is held: the group first, then the partners that take part.
TAKING_PART = Activity.partners.through.objects.filter(activity=OuterRef("pk"))
PARTNERS = ArraySubquery(
    TAKING_PART.order_by(Lower("partner__name")).values("partner__name")
)
COMPANY = Func(
    Func(F("group__name"), PARTNERS, function="array_prepend"),
    Value(None),
    function="array_remove",
    output_field=PARTNERS.output_field,
)

ACTIVITIES = Table(
    model=Activity,
    title=_("Kegiatan"),
    list_page="outreach:index",
    page="outreach:detail",
    order="-held",
    kept=("-held", "held"),
    columns=[
        Column(name="title", label=_("Kegiatan"), value="title"),
        Listed(name="type", label=_("Jenis"), value="type__name", under="title"),
        Day(name="held", label=_("Tanggal"), value="held_on"),
        Names(name="company", label=_("Bersama"), value=COMPANY),
        Column(name="place", label=_("Tempat"), value="place", on_page=False),
        Office(
            name="office",
            label=_("Unit"),
            value="office__name",
            under="company",
            wide=True,
        ),
        Number(name="served", label=_("Terlayani"), value="served", may_be_empty=True),
        Badge(
            name="status",
            label=_("Status"),
            value="status",
            words=dict(Activity.Status.choices),
            tones=Activity.TONES,
        ),
        Choice(
            name="correction",
            label=_("Koreksi"),
            value=Case(
                When(superseded_on__isnull=False, then=Value("superseded")),
                When(~Q(correction=""), then=Value("correction")),
            ),
            words={"correction": _("Koreksi"), "superseded": _("Diganti koreksi")},
            under="status",
            sortable=False,
        ),
    ],
)
