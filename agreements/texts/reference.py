"""What texts of agreements say, as headquarters sees it."""

from django.utils.translation import gettext_lazy as _

from agreements.texts.forms import ClauseForm
from agreements.texts.models import Clause
from pokmas.lists.columns import Choice, Column, Day, Number
from pokmas.reference.lists import ReferenceList, register

register(
    ReferenceList(
        "agreement-clauses",
        Clause,
        ClauseForm,
        "agreements.manage_clause",
        title=_("Klausul naskah kerja sama"),
        lead=_(
            "Butir Menimbang, dasar hukum, dan Pasal yang menyusun naskah kerja sama "
            "di semua unit, masing-masing dengan syarat dan masa berlakunya."
        ),
        add=_("Tambah klausul"),
        columns=(
            Column(name="heading", label=_("Judul"), value="heading"),
            Choice(
                name="part",
                label=_("Bagian"),
                value="part",
                words=dict(Clause.Part.choices),
            ),
            Choice(
                name="serves",
                label=_("Naskah"),
                value="serves",
                words=dict(Clause.Serves.choices),
            ),
            Choice(
                name="condition",
                label=_("Dipakai bila"),
                value="condition",
                words=dict(Clause.Condition.choices),
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
