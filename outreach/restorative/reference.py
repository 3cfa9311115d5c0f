"""The lists of restorative justice, as headquarters sees them."""

from django.utils.translation import gettext_lazy as _

from outreach.restorative.forms import OutcomeForm, RestitutionForm
from outreach.restorative.models import Restitution, RestorativeOutcome
from pokmas.lists.columns import Choice, Listed
from pokmas.reference.lists import ReferenceList, register

LEAD = _(
    "Berlaku bagi semua unit. Yang diarsipkan tidak ditawarkan lagi, tetapi tetap ada "
    "pada laporan lama."
)

register(
    ReferenceList(
        "restorative-outcomes",
        RestorativeOutcome,
        OutcomeForm,
        "outreach.manage_activitytype",
        title=_("Hasil keadilan restoratif"),
        lead=LEAD,
        add=_("Tambah hasil"),
        columns=(
            Listed(name="name", label=_("Hasil"), value="name"),
            Choice(
                name="agreement",
                label=_("Kesepakatan"),
                value="is_agreement",
                words={True: _("Menyebut pemulihan"), False: "–"},
            ),
            Choice(
                name="open",
                label=_("Lanjutan"),
                value="is_open",
                words={True: _("Menyebut hari tindak lanjut"), False: "–"},
            ),
        ),
    )
)
register(
    ReferenceList(
        "restitution",
        Restitution,
        RestitutionForm,
        "outreach.manage_activitytype",
        title=_("Bentuk pemulihan"),
        lead=LEAD,
        add=_("Tambah bentuk"),
        columns=(Listed(name="name", label=_("Bentuk"), value="name"),),
    )
)
