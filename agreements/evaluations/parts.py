from django.utils.translation import gettext_lazy as _

from agreements.evaluations.due import judged
from agreements.register.models import Agreement
from agreements.register.parts import PARTS
from pokmas.steps.parts import Part, rows_of

PARTS.add(
    Part(
        "evaluations",
        _("Evaluasi"),
        "agreements/evaluations/_evaluations.html",
        order=25,
        serves=lambda agreement, user: user.has_perm("agreements.view_evaluation"),
        counted=rows_of(Agreement, "evaluations"),
        given=lambda agreement, user: {"evaluations": judged(agreement)},
    )
)
