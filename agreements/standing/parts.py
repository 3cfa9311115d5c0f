from django.utils.translation import gettext_lazy as _

from agreements.register.parts import PARTS
from agreements.signing.forms import free_for
from pokmas.steps.parts import Part


def _children(nota, user):
    rows = nota.children.visible_to(user).with_validity()
    may_sign = user.has_perm("agreements.sign_agreement")
    return {
        "children": rows.select_related("partner", "office").order_by("title", "pk"),
        "nota": nota,
        "may_plan": may_sign and free_for(user).filter(umbrella=nota).exists(),
    }


PARTS.add(
    Part(
        "children",
        _("Perjanjian turunan"),
        "agreements/standing/_children.html",
        order=50,
        serves=lambda agreement, user: agreement.is_nota,
        given=_children,
    )
)
