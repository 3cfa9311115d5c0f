from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from outreach.programmes.models import Phase, Programme
from pokmas.lists.columns import Badge, Choice, Column, Nothing, Office, Order, Table

PROGRAMMES = Table(
    model=Programme,
    title=_("Program mandiri"),
    list_page="outreach:programme_index",
    page="outreach:programme_detail",
    order="new",
    kept=("new",),
    orders=[Order("new", _("Terbaru dimulai"), ("-pk",))],
    nothing=Nothing(
        _("Belum ada program mandiri"),
        _("Sahabat tahap pembinaan mandiri dan mitra dapat memulainya."),
    ),
    columns=[
        Column(name="title", label=_("Program"), value="title"),
        Column(
            name="lead",
            label=_("Dipimpin"),
            value=Coalesce("volunteer__name", "partner__name"),
        ),
        Office(name="office", label=_("Unit"), value="office__name", wide=True),
        Choice(name="phase", label=_("Fase"), value="phase", words=dict(Phase.choices)),
        Badge(
            name="status",
            label=_("Status"),
            value="status",
            words=dict(Programme.Status.choices),
            tones=Programme.TONES,
        ),
    ],
)
