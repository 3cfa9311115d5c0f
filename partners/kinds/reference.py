"""The kinds of partner and the papers asked of them, as headquarters sees them."""

from django.utils.translation import gettext_lazy as _

from partners.kinds.forms import PartnerKindForm, RequiredPaperForm
from partners.kinds.models import Level, PartnerKind, RequiredPaper
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
register(
    ReferenceList(
        "required_papers",
        RequiredPaper,
        RequiredPaperForm,
        "partners.manage_field",
        title=_("Surat mitra"),
        lead=_(
            "Surat yang diminta dari tiap jenis mitra, dan langkah yang menunggunya."
        ),
        add=_("Tambah surat"),
        columns=(
            Listed(name="name", label=_("Surat"), value="name"),
            Listed(name="kind", label=_("Diminta dari"), value="kind__name"),
            Choice(
                name="needed_for",
                label=_("Diperlukan untuk"),
                value="needed_for",
                words=dict(Level.choices),
            ),
            Choice(
                name="expires",
                label=_("Masa berlaku"),
                value="expires",
                words={True: _("Punya masa berlaku"), False: _("Tidak")},
            ),
        ),
    )
)
