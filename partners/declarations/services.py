"""The applicant answers each declaration; what was said is kept, and on paper."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.declarations.models import Declaration, DeclarationAnswer
from partners.declarations.papers import PartnersDeclaration
from partners.registry.models import Partnership
from pokmas.accounts.models import User
from pokmas.papers import services as papers


@transaction.atomic
def declare(
    partnership: Partnership, said: Collection[Declaration], *, by: User
) -> None:
    """Keep that each was agreed to, and have the paper made; whatever is asked today
    and was not said is named."""
    asked = list(Declaration.objects.holding(partnership.office.today))
    left = [str(each) for each in asked if each not in said]
    if left:
        raise ValidationError(
            _("Belum dinyatakan: %(titles)s."), params={"titles": ", ".join(left)}
        )
    now = timezone.now()
    DeclarationAnswer.objects.bulk_create(
        DeclarationAnswer(
            partnership=partnership, declaration=each, answered_at=now, answered_by=by
        )
        for each in asked
    )
    if asked:
        papers.ask(PartnersDeclaration.kind, partnership, by=by)
