"""The list of kinds of partner, as headquarters sees it."""

from django.utils.translation import gettext_lazy as _

from partners.kinds.forms import PartnerKindForm
from partners.kinds.models import PartnerKind
from pokmas.lists.columns import Choice, Listed
from pokmas.reference.lists import ReferenceList, register

register(
    ReferenceList(
        "partner_kinds",
        PartnerKind,
        PartnerKindForm,
        "partners.manage_field",
        title=_("Jenis mitra"),
        lead=_("Jenis lembaga atau perorangan yang dapat mendaftar sebagai mitra."),
        add=_("Tambah jenis mitra"),
        columns=(
            Listed(name="name", label=_("Jenis mitra"), value="name"),
            Choice(
                name="person",
                label=_("Bentuk"),
                value="is_person",
                words={True: _("Perorangan"), False: _("Lembaga")},
            ),
            Listed(
                name="number",
                label=_("Nomor yang ditanya"),
                value="number_name",
                may_be_empty=True,
            ),
        ),
    )
)
