from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.register.parts import PARTS
from agreements.texts.compare import latest_text
from agreements.texts.composing import annex_cautions, data_cautions
from pokmas.steps.parts import Part, rows_of


def _given(agreement, user):
    text = latest_text(agreement) if agreement.status in agreement.OPEN else None
    said = text and text.content
    cautions = [*annex_cautions(agreement, said), *data_cautions(agreement, said)]
    return {"versions": agreement.texts.for_list(), "cautions": cautions}


PARTS.add(
    Part(
        "texts",
        _("Versi naskah"),
        "agreements/texts/_versions.html",
        order=10,
        counted=rows_of(Agreement, "texts"),
        given=_given,
    )
)
