"""The list of monthly pages of regions."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.calendar.models import RegionMonth
from pokmas.lists.columns import Month, Nothing, Office, Order, Table

REGION_MONTHS = Table(
    model=RegionMonth,
    title=pgettext_lazy("several", "Halaman bulanan wilayah"),
    list_page="agreements:region_months",
    page="agreements:region_month",
    order="new",
    kept=("new",),
    orders=[Order("new", _("Terbaru dulu"), ("-month", "-pk"))],
    nothing=Nothing(
        _("Belum ada halaman bulanan"),
        _("Halaman bulan berjalan dibuka pada awal bulan, atau oleh Anda sekarang."),
        "calendar",
    ),
    columns=[
        Month(name="month", label=_("Bulan"), value="month"),
        Office(name="office", label=_("Kanwil"), value="office__name", wide=True),
    ],
)
