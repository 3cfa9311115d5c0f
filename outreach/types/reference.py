"""The list of types, as headquarters sees it."""

from django.utils.translation import gettext_lazy as _

from outreach.types.forms import TypeForm
from outreach.types.models import ActivityType
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
            (_("Jenis"), lambda row: row.name),
            (
                _("Mitra"),
                lambda row: (
                    _("Boleh tanpa mitra") if row.is_internal else _("Bersama mitra")
                ),
            ),
        ),
    )
)
