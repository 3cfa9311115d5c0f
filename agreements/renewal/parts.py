from django.db.models import IntegerField, OuterRef
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agreements.evaluations.models import Evaluation, Outcome
from agreements.register.models import Agreement
from agreements.register.parts import PARTS
from agreements.renewal import services
from pokmas.steps.parts import Part, RowCount

RENEWALS = Agreement.objects.filter(renews=OuterRef("pk")).exclude(
    status=Agreement.Status.DROPPED
)

CONFIRMED = Outcome.objects.filter(
    evaluation__kind=Evaluation.Kind.FINAL,
    evaluation__status=Evaluation.Status.CONFIRMED,
)
OUTCOMES = CONFIRMED.filter(evaluation__agreement=OuterRef("renews"))


def _outcomes(renewal, user):
    """What was wanted of the one that it renews, and what remains of it."""
    rows = CONFIRMED.visible_to(user).filter(evaluation__agreement=renewal.renews_id)
    return {"outcomes": rows}


PARTS.add(
    Part(
        "renewal",
        _("Perpanjangan"),
        "agreements/renewal/_renewal.html",
        order=20,
        is_beside=True,
        counted=Coalesce(
            RowCount(RENEWALS.order_by().values("pk"), output_field=IntegerField()), 0
        ),
        given=lambda agreement, user: {"renewal": services.made_of(agreement)},
    ),
    Part(
        "outcomes",
        _("Laporan akhir masa sebelumnya"),
        "agreements/renewal/_outcomes.html",
        order=35,
        is_beside=True,
        serves=lambda agreement, user: user.has_perm("agreements.view_evaluation"),
        counted=Coalesce(
            RowCount(OUTCOMES.order_by().values("pk"), output_field=IntegerField()), 0
        ),
        given=_outcomes,
    ),
)
