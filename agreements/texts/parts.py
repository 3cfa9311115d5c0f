from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.register.parts import PARTS
from pokmas.steps.parts import Part, rows_of

PARTS.add(
    Part(
        "texts",
        _("Versi naskah"),
        "agreements/texts/_versions.html",
        order=10,
        counted=rows_of(Agreement, "texts"),
        given=lambda agreement, user: {"versions": agreement.texts.for_list()},
    )
)
