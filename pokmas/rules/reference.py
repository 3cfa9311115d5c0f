"""The numbers of the guidebook, as headquarters sees them."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.reference.lists import ReferenceList, register
from pokmas.rules.forms import RuleForm
from pokmas.rules.models import Rule
from pokmas.words import dates


def _since(row: Rule) -> str:
    day = dates.date_long(row.valid_from)
    if row.valid_from <= timezone.localdate():
        return day
    return _("%(day)s (belum berlaku)") % {"day": day}


register(
    ReferenceList(
        "rules",
        Rule,
        RuleForm,
        "partners.manage_field",
        title=_("Angka ketentuan"),
        lead=_(
            "Angka dari pedoman, masing-masing dengan tanggal mulai berlakunya. Angka "
            "baru tidak menghapus yang lama."
        ),
        add=_("Tetapkan angka baru"),
        columns=(
            (_("Ketentuan"), lambda row: row.get_code_display()),
            (_("Angka"), lambda row: dates.number(row.value)),
            (_("Berlaku sejak"), _since),
            (_("Dasar"), lambda row: row.source),
        ),
        is_fixed=True,
    )
)
