"""The archive codes, as headquarters sees them."""

from django.utils.translation import gettext_lazy as _

from pokmas.lists.columns import Column
from pokmas.numbering.forms import ClassificationForm
from pokmas.numbering.models import Classification
from pokmas.reference.lists import ReferenceList, register

register(
    ReferenceList(
        "classifications",
        Classification,
        ClassificationForm,
        "partners.manage_field",
        title=_("Klasifikasi arsip"),
        lead=_("Kode arsip yang berdiri di dalam nomor naskah, misalnya HK.01.05."),
        add=_("Tambah klasifikasi"),
        sheet="classifications",
        columns=(
            Column(name="code", label=_("Kode"), value="code"),
            Column(name="name", label=_("Uraian"), value="name"),
        ),
    )
)
