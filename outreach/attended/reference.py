"""The list of ways to follow an activity, as headquarters sees it."""

from django.utils.translation import gettext_lazy as _

from outreach.attended.forms import AttendanceWayForm
from outreach.attended.models import AttendanceWay
from pokmas.lists.columns import Listed
from pokmas.reference.lists import ReferenceList, register

register(
    ReferenceList(
        "attendance-ways",
        AttendanceWay,
        AttendanceWayForm,
        "outreach.manage_attendanceway",
        title=_("Cara mengikuti kegiatan"),
        lead=_(
            "Pilihan saat unit diundang ke kegiatan Kanwil atau Pusat dan menjawabnya. "
            "Yang diarsipkan tidak ditawarkan lagi, tetapi tetap ada pada catatan lama."
        ),
        add=_("Tambah cara"),
        columns=(Listed(name="name", label=_("Cara"), value="name"),),
    )
)
