from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.register.parts import PARTS
from agreements.texts.compare import latest_text
from agreements.texts.differences import annex_cautions, differences, what_to_do
from pokmas.steps.parts import Part, rows_of


def _differing(agreement, user) -> dict:
    text = latest_text(agreement)
    said = text and text.content
    return {
        "differences": differences(agreement, said),
        "cautions": annex_cautions(agreement, said),
        "what_to_do": what_to_do(agreement),
    }


PARTS.add(
    Part(
        "differences",
        _("Naskah berbeda dari data"),
        "agreements/texts/_differences.html",
        order=4,
        is_beside=True,
        serves=lambda agreement, user: bool(
            agreement.status in agreement.OPEN and agreement.number_of_texts
        ),
        given=_differing,
    ),
    Part(
        "texts",
        _("Versi naskah"),
        "agreements/texts/_versions.html",
        order=10,
        counted=rows_of(Agreement, "texts"),
        given=lambda agreement, user: {"versions": agreement.texts.for_list()},
    ),
)
