from django.utils.translation import gettext_lazy as _

from agreements.register.parts import PARTS, Part, rows_of
from agreements.texts.compare import latest_text
from agreements.texts.composing import annex_cautions


def _given(agreement, user):
    is_open = agreement.status in agreement.OPEN
    text = latest_text(agreement) if is_open else None
    return {
        "versions": agreement.texts.for_list(),
        "cautions": annex_cautions(agreement, text and text.content),
    }


PARTS.add(
    Part(
        "texts",
        _("Versi naskah"),
        "agreements/texts/_versions.html",
        order=10,
        counted=rows_of("texts"),
        given=_given,
    )
)
