"""What decrees and letters say, as headquarters sees it."""

from django.utils.translation import gettext_lazy as _

from partners.decrees.forms import ClauseForm
from partners.decrees.models import Clause
from pokmas.lists.columns import Choice, Column, Day, Number
from pokmas.reference.lists import ReferenceList, register

register(
    ReferenceList(
        "clauses",
        Clause,
        ClauseForm,
        "partners.manage_field",
        title=_("Bunyi naskah kelompok"),
        lead=_(
            "Dasar hukum, pertimbangan, diktum, dan kalimat surat yang dicetak pada "
            "SK, undangan, dan berita acara kelompok di semua unit, masing-masing "
            "dengan masa berlakunya."
        ),
        add=_("Tambah bunyi"),
        columns=(
            Column(name="text", label=_("Bunyi"), value="text", wide=True),
            Choice(
                name="paper",
                label=_("Naskah"),
                value="paper",
                words=dict(Clause.Paper.choices),
            ),
            Choice(
                name="part",
                label=_("Bagian"),
                value="part",
                words=dict(Clause.Part.choices),
            ),
            Number(name="order", label=_("Urutan"), value="order"),
            Day(name="from", label=_("Sejak"), value="valid_from"),
            Day(
                name="until",
                label=_("Sampai"),
                value="valid_until",
                may_be_empty=True,
            ),
        ),
    )
)
