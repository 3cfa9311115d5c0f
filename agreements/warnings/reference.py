"""The ladder of warnings, as headquarters sees it."""

from django.db.models import CharField, F, Func, Value
from django.utils.translation import gettext_lazy as _

from agreements.warnings.forms import WarningLadderForm
from agreements.warnings.models import WarningLadder
from pokmas.lists.columns import Column
from pokmas.reference.lists import ReferenceList, register
from pokmas.rules.reference import Since

LISTED = Func(
    F("days"),
    Value(", "),
    function="array_to_string",
    output_field=CharField(),
)

register(
    ReferenceList(
        "warning-ladder",
        WarningLadder,
        WarningLadderForm,
        "partners.manage_field",
        title=_("Peringatan akhir kerja sama"),
        lead=_(
            "Berapa hari sebelum kerja sama berakhir unit, Kanwil, dan mitra diberi "
            "tahu. Yang baru tidak menghapus yang lama."
        ),
        add=_("Tetapkan tangga baru"),
        columns=(
            Column(name="days", label=_("Hari sebelum berakhir"), value=LISTED),
            Since(name="since", label=_("Berlaku sejak"), value="valid_from"),
            Column(name="source", label=_("Dasar"), value="source"),
        ),
        is_fixed=True,
    )
)
