"""Why photos are refused, as headquarters sees it."""

from django.utils.translation import gettext_lazy as _

from outreach.evidence.forms import RefusalForm
from outreach.evidence.models import PhotoRefusal
from pokmas.lists.columns import Listed
from pokmas.reference.lists import ReferenceList, register

register(
    ReferenceList(
        "photo_refusals",
        PhotoRefusal,
        RefusalForm,
        "outreach.manage_activitytype",
        title=_("Alasan penolakan foto"),
        lead=_(
            "Yang dipilih pemeriksa saat menolak foto kegiatan. Yang diarsipkan tetap "
            "tampak pada foto yang sudah ditolak."
        ),
        add=_("Tambah alasan"),
        columns=(Listed(name="name", label=_("Alasan"), value="name"),),
    )
)
