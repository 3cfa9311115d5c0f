"""What the list of community groups shows."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.groups.models import CommunityGroup
from pokmas.lists.columns import (
    Badge,
    Column,
    Day,
    Listed,
    Number,
    Office,
    Order,
    Table,
)

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
