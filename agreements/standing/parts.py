from django.utils.translation import gettext_lazy as _

from agreements.register.parts import PARTS, Part

PARTS.add(
    Part(
        "children",
        _("Perjanjian turunan"),
        "agreements/standing/_children.html",
        order=50,
        serves=lambda agreement, user: agreement.is_nota,
        given=lambda agreement, user: {
            "children": agreement.children.visible_to(user).select_related(
                "partner", "office"
            )
        },
    )
)
