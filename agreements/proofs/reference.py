"""The elements of the evidence card, as headquarters sees them."""

from django.utils.translation import gettext_lazy as _

from agreements.proofs.forms import ElementForm
from agreements.proofs.models import ProofElement
from pokmas.lists.columns import Choice, Listed, Number
from pokmas.reference.lists import ReferenceList, register

register(
    ReferenceList(
        "proof_elements",
        ProofElement,
        ElementForm,
        "partners.manage_field",
        title=_("Unsur bukti kerja sama"),
        lead=_(
            "Yang ditunjukkan kartu bukti setiap kerja sama, dengan bukti paling "
            "sedikit. Dua belas unsur awal dijawab catatan portal; unsur baru diisi "
            "petugas unit."
        ),
        add=_("Tambah unsur"),
        columns=(
            Listed(name="name", label=_("Unsur"), value="name"),
            Listed(name="least", label=_("Bukti paling sedikit"), value="least"),
            Listed(name="source", label=_("Sumber"), value="source"),
            Choice(
                name="typed",
                label=_("Diisi petugas"),
                value="is_typed",
                words={True: _("Boleh"), False: _("Hanya catatan portal")},
            ),
            Number(name="order", label=_("Urutan"), value="order"),
        ),
    )
)
