"""The checklist, as headquarters sees it."""

from django.utils.translation import gettext_lazy as _

from partners.questions.columns import OF_WHOM_AND_WHEN
from partners.vetting.forms import CriterionForm
from partners.vetting.models import Criterion
from pokmas.lists.columns import Choice, Listed
from pokmas.reference.lists import ReferenceList, register

register(
    ReferenceList(
        "criteria",
        Criterion,
        CriterionForm,
        "partners.manage_field",
        title=_("Kriteria pemeriksaan"),
        lead=_(
            "Yang diperiksa petugas pada setiap pendaftaran mitra. Kriteria wajib "
            "harus terpenuhi sebelum kepala dapat menyetujui."
        ),
        add=_("Tambah kriteria"),
        columns=(
            Listed(name="text", label=_("Kriteria"), value="text"),
            Choice(
                name="required",
                label=_("Wajib"),
                value="is_required",
                words={True: _("Wajib"), False: _("Tidak mutlak")},
            ),
            *OF_WHOM_AND_WHEN,
        ),
    )
)
