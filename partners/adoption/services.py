"""A unit takes over a partner that another one has examined: proposed, then adopted."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.fields.models import Field
from partners.registration.services import refuse_office
from partners.registry.models import Partner, Partnership
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.notices.telling import next_in_turn, officers, own_people, tell
from pokmas.offices.models import Office
from pokmas.records.lifecycle import REPRESENTS

Status = Partnership.Status

# Where and why is not said: that is between the partner and the unit there.
REFUSAL = _(
    "Mitra ini sekarang tidak dapat dijadikan mitra unit lain. Bila perlu, tanyakan "
    "kepada Kanwil."
)
KNOWN_HERE = _("Mitra ini sudah dikenal unit itu.")
# A proposal that a head turned down was declined without an examination.
BARRED = Q(status=Status.SUSPENDED) | Q(
    status=Status.DECLINED, verified_by__isnull=False
)


def refuse_unvetted(partner: Partner) -> None:
    """It must have been examined by some unit, for which that still holds."""
    theirs = partner.partnerships
    if not theirs.approved().exists() or theirs.filter(BARRED).exists():
        raise ValidationError(REFUSAL)


def _term_of(partner: Partner) -> date | None:
    """An adoption rests on the approvals of others, and lasts as long as they do."""
    ends = list(
        partner.partnerships.approved().values_list("approved_until", flat=True)
    )
    return None if None in ends else max(ends)


def is_known_to(partner: Partner, office: Office) -> bool:
    return partner.partnerships.unfinished().filter(office=office).exists()


@transaction.atomic
def propose(
    partnership: Partnership, *, fields: Iterable[Field] = (), by: User
) -> Partnership:
    """Ask the head of a unit to adopt a partner, with how it is reached there."""
    partner = partnership.partner
    if partner in Partner.objects.represented_by(by):
        raise ValidationError(REPRESENTS)
    refuse_office(partnership.office, by)
    sent = {"submission_key": partnership.submission_key, "created_by": by}
    if (made := Partnership.objects.filter(**sent).first()) is not None:
        return made
    if is_known_to(partner, partnership.office):
        raise ValidationError({"office": KNOWN_HERE})
    refuse_unvetted(partner)
    partnership.status, partnership.submitted_by = Status.PROPOSED, by
    partnership.save_new(by)
    partnership.fields.set(fields)
    Entry.record(by, "partnership.proposed", partnership)
    _ask_head(partnership, by)
    tell(
        partnership,
        "wanted",
        own_people(partnership),
        _("%(office)s mengusulkan %(name)s menjadi mitranya"),
        by=by,
    )
    return partnership


def _ask_head(partnership, by):
    tell(
        partnership,
        "proposed",
        next_in_turn(partnership),
        _("Usulan mitra yang sudah dikenal menunggu keputusan Anda: %(name)s"),
        _("Diusulkan oleh %(officer)s."),
        officer=by,
    )


@transaction.atomic
def adopt(partnership: Partnership, *, by: User) -> None:
    """Make it a partner of this unit too, on the examination of another one."""
    partnership.begin("adopt", by=by)
    partner = partnership.partner
    refuse_unvetted(partner)
    partnership.move_to(
        Status.APPROVED,
        by=by,
        verb="adopted",
        decided_by=by,
        decided_at=timezone.now(),
        approved_until=_term_of(partner),
    )
    tell(
        partnership,
        "adopted",
        own_people(partnership),
        _("%(name)s kini juga mitra %(office)s"),
        by=by,
    )
    others = partner.partnerships.working().exclude(pk=partnership.pk)
    for other in others.select_related("office"):
        tell(
            other,
            f"adopted_{partnership.pk}",
            officers(other, "partners.verify_partner"),
            _("%(name)s kini juga mitra %(unit)s"),
            _("Kemitraannya dengan unit Anda tidak berubah."),
            by=by,
            unit=partnership.office,
        )


@transaction.atomic
def send_back(partnership: Partnership, *, reason: str, by: User) -> None:
    """Have the proposal mended; that is between the head and who proposed it."""
    partnership.begin("send_back", by=by, reason=reason)
    partnership.move_to(
        Status.SENT_BACK, by=by, reason=reason, verb="proposal_sent_back"
    )
    tell(
        partnership,
        "proposal_sent_back",
        {partnership.submitted_by, *next_in_turn(partnership)},
        _("Kepala mengembalikan usulan mitra: %(name)s"),
        "%(reason)s",
        by=by,
    )


@transaction.atomic
def propose_again(partnership: Partnership, *, by: User) -> None:
    """Back to the head, as it stands now."""
    partnership.begin("propose_again", by=by)
    refuse_unvetted(partnership.partner)
    partnership.move_to(Status.PROPOSED, by=by, submitted_by=by, verb="proposed_again")
    _ask_head(partnership, by)


@transaction.atomic
def drop(partnership: Partnership, *, reason: str, by: User) -> None:
    """Take the proposal back; the partner is told that nothing comes of it."""
    partnership.begin("drop_proposal", by=by, reason=reason)
    partnership.move_to(Status.WITHDRAWN, by=by, reason=reason, verb="proposal_dropped")
    tell(
        partnership,
        "proposal_dropped",
        own_people(partnership),
        _("%(office)s belum menjadikan %(name)s mitranya"),
        by=by,
    )


@transaction.atomic
def turn_down(partnership: Partnership, *, reason: str, by: User) -> None:
    """Do not adopt it; nothing is said against the partner itself."""
    partnership.begin("turn_down", by=by, reason=reason)
    partnership.move_to(
        Status.DECLINED,
        by=by,
        reason=reason,
        verb="turned_down",
        decided_by=by,
        decided_at=timezone.now(),
    )
    tell(
        partnership,
        "turned_down",
        own_people(partnership),
        _("%(office)s belum menjadikan %(name)s mitranya"),
        "%(reason)s",
        by=by,
    )
