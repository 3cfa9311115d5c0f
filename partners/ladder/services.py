"""An officer leads a volunteer to the next stage, on evidence."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from partners.ladder.models import Promotion
from partners.volunteers.models import Volunteer
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.notices.telling import own_people, tell
from pokmas.words import dates

STAGES = list(Volunteer.Stage)


def next_stage(volunteer: Volunteer) -> Volunteer.Stage | None:
    """The one above his own; None at the top, or before he was accepted."""
    if volunteer.stage not in STAGES[:-1]:
        return None
    return STAGES[STAGES.index(volunteer.stage) + 1]


def since(volunteer: Volunteer) -> date:
    """From which day on he is at his stage."""
    last = volunteer.promotions.last()
    if last is not None:
        return last.promoted_on
    began = volunteer.decided_at or volunteer.created_at
    return began.astimezone(volunteer.office.tzinfo).date()


@transaction.atomic
def promote(
    volunteer: Volunteer,
    *,
    promoted_on: date,
    evidence: str,
    papers: list[Document],
    by: User,
) -> None:
    """One stage up; what showed it is kept with its files."""
    volunteer.begin("promote", by=by)
    _refuse_day(volunteer, promoted_on)
    promotion = Promotion(
        volunteer=volunteer,
        stage=next_stage(volunteer),
        promoted_on=promoted_on,
        evidence=evidence.strip(),
        decided_by=by,
    )
    promotion.validate_constraints()
    promotion.save()
    for paper in papers:
        documents.attach(paper, promotion, by=by)
    volunteer.stage = promotion.stage
    volunteer.save(update_fields=["stage"])
    volunteer.touch()
    Entry.record(by, "volunteer.promoted", volunteer, stage=str(promotion.stage))
    tell(
        volunteer,
        "promoted",
        own_people(volunteer),
        _("Anda naik ke tahap %(stage)s"),
        "%(evidence)s",
        stage=promotion.get_stage_display,
        evidence=promotion.evidence,
    )


def _refuse_day(volunteer, day):
    if day > volunteer.office.today:
        raise ValidationError({"promoted_on": _("Tanggal itu belum tiba.")})
    if day < (first := since(volunteer)):
        raise ValidationError(
            {
                "promoted_on": _("Paling awal %(day)s, saat tahapnya sekarang dimulai.")
                % {"day": dates.date_long(first)}
            }
        )
