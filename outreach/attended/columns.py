"""What the list of invitations shows."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from outreach.activities.models import by_nearness
from outreach.attended.models import Attendance
from pokmas.lists.columns import (
    Badge,
    Column,
    Day,
    Listed,
    Nothing,
    Number,
    Office,
    Order,
    Table,
)

ATTENDANCES = Table(
    model=Attendance,
    title=_("Undangan kegiatan"),
    list_page="outreach:attendance_index",
    page="outreach:attendance_detail",
    order="near",
    kept=("near",),
    orders=[
        Order(
            "near",
            _("Hari ini dulu"),
            ("-activity__held_on", "-pk"),
            partial(by_nearness, "activity__held_on"),
        )
    ],
    nothing=Nothing(
        _("Belum ada undangan"),
        _("Kegiatan Kanwil dan Pusat yang mengundang unit tampak di sini."),
        "calendar",
    ),
    columns=[
        Column(name="activity", label=_("Kegiatan"), value="activity__title"),
        Day(name="held", label=_("Tanggal"), value="activity__held_on"),
        Office(
            name="organiser",
            label=_("Penyelenggara"),
            value="activity__office__name",
            under="activity",
        ),
        Office(name="office", label=_("Unit"), value="office__name", wide=True),
        Listed(name="way", label=_("Cara"), value="way__name", under="status"),
        Number(
            name="coming",
            label=_("Akan hadir"),
            value="coming",
            may_be_empty=True,
        ),
        Number(
            name="officers", label=_("Petugas"), value="officers", may_be_empty=True
        ),
        *(
            Number(
                name=name,
                label=label,
                value=name,
                may_be_empty=True,
                on_page=False,
            )
            for name, label in (
                ("partners", _("Mitra")),
                ("groups", _("Kelompok")),
                ("volunteers", _("Sahabat")),
            )
        ),
        Badge(
            name="status",
            label=_("Status"),
            value="status",
            words=dict(Attendance.Status.choices),
            tones=Attendance.TONES,
        ),
    ],
)
