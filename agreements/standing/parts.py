from django.utils.translation import gettext_lazy as _

from agreements.register.parts import PARTS, Part, rows_of

PARTS.add(
    Part(
        "children",
        _("Perjanjian turunan"),
        "agreements/standing/_children.html",
        order=50,
        counted=rows_of("children"),
        given=lambda agreement, user: {"children": agreement.children.all()},
    )
)
