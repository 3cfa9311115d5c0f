"""The declarations, as headquarters sees them."""

from django.utils.translation import gettext_lazy as _

from partners.declarations.forms import DeclarationForm
from partners.declarations.models import Declaration
from pokmas.lists.columns import Day, Listed
from pokmas.reference.lists import ReferenceList, register
from pokmas.rules.reference import Since

register(
    ReferenceList(
        "declarations",
        Declaration,
        DeclarationForm,
        "partners.manage_field",
        title=_("Pernyataan mitra"),
        lead=_(
            "Yang dinyatakan setiap pendaftar, satu per satu, sebelum mengajukan. "
            "Naskah baru tidak mengubah yang sudah dinyatakan."
        ),
        add=_("Tambah naskah"),
        columns=(
            Listed(name="title", label=_("Pernyataan"), value="title"),
            Listed(name="text", label=_("Naskah"), value="text"),
            Since(name="since", label=_("Berlaku sejak"), value="valid_from"),
            Day(
                name="until",
                label=_("Berlaku sampai"),
                value="valid_until",
                may_be_empty=True,
            ),
        ),
    )
)
