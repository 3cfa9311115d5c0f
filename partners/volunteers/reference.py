"""The skills and the promise, as headquarters sees them."""

from django.utils.translation import gettext_lazy as _

from partners.volunteers.forms import PromiseForm, SkillForm
from partners.volunteers.models import Promise, Skill
from pokmas.lists.columns import Listed
from pokmas.reference.lists import ReferenceList, register
from pokmas.rules.reference import Since

register(
    ReferenceList(
        "skills",
        Skill,
        SkillForm,
        "partners.manage_field",
        title=_("Keahlian Sahabat"),
        lead=_("Yang dapat dipilih seorang Sahabat, dan yang dapat dicari petugas."),
        add=_("Tambah keahlian"),
        columns=(Listed(name="name", label=_("Keahlian"), value="name"),),
    )
)
register(
    ReferenceList(
        "promises",
        Promise,
        PromiseForm,
        "partners.manage_field",
        title=_("Naskah janji Sahabat"),
        lead=_(
            "Janji yang dibuat setiap Sahabat saat mendaftar. Naskah baru tidak "
            "mengubah janji yang sudah dibuat."
        ),
        add=_("Tetapkan naskah baru"),
        columns=(
            Listed(name="title", label=_("Judul"), value="title"),
            Since(name="since", label=_("Berlaku sejak"), value="valid_from"),
            Listed(name="text", label=_("Naskah janji"), value="text"),
        ),
        is_fixed=True,
    )
)
