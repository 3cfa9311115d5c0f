"""The list of fields, as headquarters sees it."""

from django.utils.translation import gettext_lazy as _

from partners.fields.forms import FieldForm
from partners.fields.models import Field
from pokmas.reference.lists import ReferenceList, register

register(
    ReferenceList(
        "fields",
        Field,
        FieldForm,
        "partners.manage_field",
        title=_("Bidang"),
        lead=_("Bidang kerja kelompok dan mitra, sama untuk semua unit."),
        add=_("Tambah bidang"),
        columns=(
            (_("Bidang"), lambda row: row.name),
            (_("Bagian dari"), lambda row: row.parent.name if row.parent else "–"),
            (
                _("Wajib"),
                lambda row: _("Wajib bagi Bapas") if row.is_mandatory else "–",
            ),
        ),
        related=("parent",),
    )
)
