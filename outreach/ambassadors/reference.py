"""What may come of a contact, as headquarters sees it."""

from django.utils.translation import gettext_lazy as _

from outreach.ambassadors.forms import ResultForm
from outreach.ambassadors.models import ContactResult
from pokmas.lists.columns import Choice, Listed
from pokmas.reference.lists import ReferenceList, register

register(
    ReferenceList(
        "contact_results",
        ContactResult,
        ResultForm,
        "outreach.manage_activitytype",
        title=_("Hasil kontak"),
        lead=_(
            "Yang dipilih Duta Kerja Sama sesudah menghubungi seseorang. Yang "
            "diarsipkan tetap ada pada kontak lama."
        ),
        add=_("Tambah hasil"),
        columns=(
            Listed(name="name", label=_("Hasil"), value="name"),
            Choice(
                name="day",
                label=_("Tanggal tindak lanjut"),
                value="needs_follow_up",
                words={True: _("Wajib"), False: _("Tidak wajib")},
            ),
        ),
    )
)
