"""What the lists of accounts, of requests and of sign-ins show."""

from dataclasses import replace

from django.db.models import CharField, Func
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pokmas.accounts.models import AssignmentRequest, SignIn, User
from pokmas.accounts.models.people import STATE, TITLE_CODE, titles
from pokmas.lists.columns import (
    Address,
    Badge,
    Choice,
    Column,
    Moment,
    Nothing,
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
    nothing=Nothing(
        _("Belum ada akun"),
        _("Orang yang Anda undang, dan yang mendaftar sendiri, muncul di sini."),
        "user",
    ),
    keys_first=("status",),
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
    nothing=Nothing(
        _("Belum ada permintaan"),
        _("Permintaan Anda dan yang perlu Anda putuskan tampil di sini."),
        "key",
    ),
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

OWN_SIGN_INS = Table(
    model=SignIn,
    title=_("Riwayat masuk"),
    list_page="accounts:my_history",
    order="-at",
    nothing=Nothing(
        _("Belum ada riwayat masuk"),
        _("Setiap kali masuk, gagal masuk, dan keluar tercatat di sini."),
        "history",
    ),
    columns=[
        Moment(name="at", label=_("Waktu"), value="at"),
        Badge(
            name="outcome",
            label=_("Hasil"),
            value="outcome",
            words=dict(SignIn.Outcome.choices),
            tones=SignIn.TONES,
        ),
        Column(
            name="device",
            label=_("Perangkat"),
            value="device",
            empty=_("Tidak dikenal"),
        ),
        Column(
            name="address",
            label=_("Alamat IP"),
            value=Func("address", function="host", output_field=CharField()),
            may_be_empty=True,
        ),
    ],
)
# Where somebody else was is his personal data: to look is noted, to take away is not
# for everybody who may look.
SIGN_INS = replace(
    OWN_SIGN_INS, list_page="accounts:history", export_right="audit.export_entry"
)
