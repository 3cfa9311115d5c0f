"""The list of fields, as headquarters sees it."""

from django.utils.translation import gettext_lazy as _

from partners.fields.forms import FieldForm
from partners.fields.models import Field
from pokmas.lists.columns import Choice, Listed
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
            Listed(name="name", label=_("Bidang"), value="name"),
            Listed(
                name="parent",
                label=_("Bagian dari"),
                value="parent__name",
                may_be_empty=True,
            ),
            Choice(
                name="mandatory",
                label=_("Wajib"),
                value="is_mandatory",
                words={True: _("Wajib bagi Bapas"), False: _("Tidak")},
            ),
        ),
    )
)
