"""What the lists of accounts and of requests show."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pokmas.accounts.models import AssignmentRequest, User
from pokmas.accounts.models.people import STATE, TITLE_CODE, titles
from pokmas.lists.columns import (
    Address,
    Badge,
    Choice,
    Column,
    Moment,
    Number,
    Office,
    Order,
    Table,
)


def _kept(asked) -> tuple[str, ...]:
    """Whom a word finds stand anywhere in an order of names, or all at its end."""
    return ("new",) if asked.get("q") else ("name", "-name", "email", "-email", "new")


PEOPLE = Table(
    model=User,
    title=pgettext_lazy("several", "Akun"),
    list_page="accounts:index",
    page="accounts:detail",
    order="name",
    kept=_kept,
    orders=[Order("new", _("Terbaru terdaftar"), ("-pk",))],
    columns=[
        # By the index of names, for there are many people.
        Column(
            name="name",
            label=_("Nama"),
            value="full_name",
            empty=_("Belum mengisi nama"),
            folds_case=False,
        ),
        Address(
            name="email",
            label=_("Alamat surel"),
            value="email",
            under="name",
            folds_case=False,
        ),
        Choice(
            name="role",
            label=_("Peran"),
            value="title",
            words=titles,
            empty=_("Tanpa penugasan"),
            sortable=False,
        ),
        Office(
            name="office",
            label=_("Kantor"),
            value="office_name",
            under="role",
            sortable=False,
        ),
        Number(name="assigned", label=_("Penugasan"), value="assigned", sortable=False),
        Badge(
            name="state",
            label=_("Keadaan"),
            value=STATE,
            words={
                "active": _("Aktif"),
                "invited": _("Diundang"),
                "closed": _("Nonaktif"),
            },
            tones={"active": "good", "invited": "info", "closed": "bad"},
            sortable=False,
        ),
    ],
)

REQUESTS = Table(
    model=AssignmentRequest,
    title=_("Permintaan penugasan"),
    list_page="accounts:request_index",
    page="accounts:request_detail",
    order="-asked",
    kept=("-asked", "asked"),
    columns=[
        Column(name="user", label=_("Pemohon"), value="user__full_name"),
        Choice(name="role", label=_("Peran"), value=TITLE_CODE, words=titles),
        Office(name="office", label=_("Kantor"), value="office__name", under="role"),
        Moment(name="asked", label=_("Diajukan"), value="created_at"),
        Badge(
            name="status",
            label=_("Status"),
            value="status",
            words=dict(AssignmentRequest.Status.choices),
            tones=AssignmentRequest.TONES,
        ),
    ],
)
