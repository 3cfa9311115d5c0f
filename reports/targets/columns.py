"""What the list of entered values shows."""

from django.utils.translation import gettext_lazy as _

from pokmas.lists.columns import (
    Amount,
    Badge,
    Choice,
    Column,
    Day,
    Nothing,
    Office,
    Order,
    Table,
)
from reports.figures.periods import Kind
from reports.targets.models import EnteredValue

VALUES = Table(
    model=EnteredValue,
    title=_("Nilai indikator yang diisi unit"),
    list_page="reports:value_index",
    page="reports:value_detail",
    order="new",
    kept=("new",),
    orders=[Order("new", _("Terbaru dulu"), ("-starts_on", "-pk"))],
    nothing=Nothing(
        _("Belum ada nilai yang diisi"),
        _("Indikator yang tidak dihitung portal diisi unit beserta buktinya."),
        "chart",
    ),
    columns=[
        Column(name="code", label=_("Indikator"), value="code"),
        Choice(
            name="kind",
            label=_("Masa"),
            value="kind",
            words=dict(Kind.choices),
            under="code",
        ),
        Day(name="starts_on", label=_("Sejak"), value="starts_on"),
        Office(name="office", label=_("Unit"), value="office__name", wide=True),
        Amount(
            name="numerator",
            label=_("Angka"),
            value="numerator",
            may_be_empty=True,
        ),
        Amount(
            name="denominator",
            label=_("Penyebut"),
            value="denominator",
            may_be_empty=True,
        ),
        Badge(
            name="status",
            label=_("Status"),
            value="status",
            words=dict(EnteredValue.Status.choices),
            tones=EnteredValue.TONES,
        ),
    ],
)
