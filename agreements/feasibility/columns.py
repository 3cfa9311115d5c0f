"""What the list of feasibility sheets shows."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.feasibility.models import Feasibility
from pokmas.lists.columns import Badge, Column, Day, Nothing, Office, Order, Table

SHEETS = Table(
    model=Feasibility,
    title=pgettext_lazy("several", "Lembar kelayakan"),
    list_page="agreements:feasibility_index",
    page="agreements:feasibility_detail",
    order="new",
    kept=lambda asked: ("new",),
    orders=[Order("new", _("Terbaru dicatat"), ("-created_at", "-pk"))],
    nothing=Nothing(
        _("Belum ada lembar kelayakan"),
        _("Lembar kelayakan menimbang rencana kerja sama sebelum naskahnya disusun."),
    ),
    columns=[
        Column(name="title", label=_("Judul"), value="title"),
        Column(name="partner", label=_("Mitra"), value="partner__name"),
        Office(
            name="office",
            label=_("Unit"),
            value="office__name",
            under="partner",
            wide=True,
        ),
        Badge(
            name="status",
            label=_("Status"),
            value="status",
            words=dict(Feasibility.Status.choices),
            tones=Feasibility.TONES,
        ),
        Day(name="starts", label=_("Mulai"), value="starts_on", on_page=False),
        Day(name="ends", label=_("Berakhir"), value="ends_on", on_page=False),
    ],
)
