"""The list of outcomes, as headquarters sees it."""

from django.utils.translation import gettext_lazy as _

from outreach.presence.forms import OutcomeForm
from outreach.presence.models import Outcome
from pokmas.lists.columns import Choice, Listed
from pokmas.reference.lists import ReferenceList, register

register(
    ReferenceList(
        "outcomes",
        Outcome,
        OutcomeForm,
        "outreach.manage_outcome",
        title=_("Hasil sesi dan kehadiran"),
        lead=_(
            "Pilihan saat mencatat hasil sesi dan kehadiran, sama di semua unit. Yang "
            "diarsipkan tidak ditawarkan lagi, tetapi tetap ada pada catatan lama."
        ),
        add=_("Tambah hasil"),
        columns=(
            Listed(name="name", label=_("Hasil"), value="name"),
            Choice(
                name="effect",
                label=_("Berlaku sebagai"),
                value="effect",
                words=dict(Outcome.Effect.choices),
            ),
        ),
    )
)
