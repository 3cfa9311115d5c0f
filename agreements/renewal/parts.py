from django.db.models import IntegerField, OuterRef
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.register.parts import PARTS, Part, RowCount
from agreements.renewal import services

RENEWALS = Agreement.objects.filter(renews=OuterRef("pk")).exclude(
    status=Agreement.Status.DROPPED
)

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
    )
)
