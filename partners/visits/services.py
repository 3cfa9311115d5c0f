"""An officer writes down what he saw at the place of a partner."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from partners.registry.models import Partnership
from partners.visits.models import FieldVisit, VisitAnswer, VisitQuestion
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document


@transaction.atomic
def visit(
    partnership: Partnership,
    *,
    visited_on: date,
    visitors: str,
    result: str,
    seen: dict[VisitQuestion, str],
    point: tuple[Decimal, Decimal] | None = None,
    note: str = "",
    photos: Iterable[Document] = (),
    by: User,
) -> FieldVisit:
    """Keep the sheet; whoever is about to judge the partner is shown that it came."""
    partnership.begin("visit", by=by)
    if visited_on > partnership.office.today:
        raise ValidationError({"visited_on": _("Tanggal ini belum tiba.")})
    latitude, longitude = point or (None, None)
    made = FieldVisit(
        partnership=partnership,
        visited_on=visited_on,
        visitors=visitors,
        latitude=latitude,
        longitude=longitude,
        result=result,
        note=note,
        created_by=by,
    )
    made.full_clean()
    made.save()
    VisitAnswer.objects.bulk_create(
        VisitAnswer(visit=made, question=question, seen=words)
        for question, words in seen.items()
    )
    documents.attach_all([(photo, made) for photo in photos], by=by)
    partnership.touch()
    Entry.record(
        by, "partnership.visited", partnership, result=made.get_result_display()
    )
    return made
