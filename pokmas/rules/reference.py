"""The numbers of the guidebook, as headquarters sees them."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.lists.columns import Choice, Column, Day, Number
from pokmas.reference.lists import ReferenceList, register
from pokmas.rules.forms import RuleForm
from pokmas.rules.models import Rule


@dataclass(frozen=True, kw_only=True)
class Since(Day):
    """The day from which a number holds; of one to come, that it does not yet."""

    def markup(self, value) -> str:
        day = super().markup(value)
        if value <= timezone.localdate():
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
            Choice(
                name="code",
                label=_("Ketentuan"),
                value="code",
                words=dict(Rule.Code.choices),
            ),
            Number(name="value", label=_("Angka"), value="value"),
            Since(name="since", label=_("Berlaku sejak"), value="valid_from"),
            Column(name="source", label=_("Dasar"), value="source"),
        ),
        is_fixed=True,
    )
)
