from django.utils.translation import gettext_lazy as _

from agreements.register.parts import PARTS, Part, rows_of

PARTS.add(
    Part(
        "texts",
        _("Versi naskah"),
        "agreements/texts/_versions.html",
        order=10,
        counted=rows_of("texts"),
        given=lambda agreement, user: {"versions": agreement.texts.for_list()},
    )
)
