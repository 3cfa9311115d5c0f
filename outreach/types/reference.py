"""The list of types, as headquarters sees it."""

from django.utils.translation import gettext_lazy as _

from outreach.types.forms import TypeForm
from outreach.types.models import ActivityType
from pokmas.lists.columns import Choice, Listed
from pokmas.reference.lists import ReferenceList, register

register(
    ReferenceList(
        "types",
        ActivityType,
        TypeForm,
        "outreach.manage_activitytype",
        title=_("Jenis kegiatan"),
        lead=_(
            "Berlaku bagi semua unit. Yang diarsipkan tidak ditawarkan lagi, tetapi "
            "tetap ada pada kegiatan lama."
        ),
        add=_("Tambah jenis"),
        columns=(
            Listed(name="name", label=_("Jenis"), value="name"),
            Choice(
                name="company",
                label=_("Mitra"),
                value="is_internal",
                words={True: _("Boleh tanpa mitra"), False: _("Bersama mitra")},
            ),
            Choice(
                name="restorative",
                label=_("Keadilan restoratif"),
                value="is_restorative",
                words={True: _("Dengan formulirnya"), False: "–"},
            ),
        ),
    )
)
