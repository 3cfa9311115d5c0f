"""The checklist, as headquarters sees it."""

from django.utils.translation import gettext_lazy as _

from partners.vetting.forms import CriterionForm
from partners.vetting.models import Criterion
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
            (_("Kriteria"), lambda row: row.text),
            (
                _("Wajib"),
                lambda row: _("Wajib") if row.is_required else _("Tidak mutlak"),
            ),
        ),
    )
)
