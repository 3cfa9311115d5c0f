"""The renewal of a term: one step of the unit."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.promises.steps import PROMISED
from partners.terms import services
from partners.volunteers import term
from partners.volunteers.models import Volunteer
from partners.volunteers.services import DECIDE
from pokmas.records.steps import Call, Step, When

ENDING = When(
    rows=lambda user: term.ends_within(term.DUE_DAYS),
    holds=lambda volunteer, user: volunteer.is_ending,
    refusal=_("Masa tugasnya belum perlu diperpanjang."),
)


def _without_end(user) -> Q:
    """Who came before a term was asked for."""
    is_asked = term.months(timezone.localdate()) > 0
    return Q(accepted_until=None) | ~Q(term.COUNTS) if is_asked else Q(pk__in=[])


def _is_without_end(volunteer) -> bool:
    return volunteer.until is None and term.months(volunteer.office.today) > 0


DUE = When(
    rows=lambda user: ENDING.rows(user) | _without_end(user),
    holds=lambda volunteer, user: volunteer.is_ending or _is_without_end(volunteer),
    refusal=ENDING.refusal,
)

Volunteer.STEPS.add(
    Step(
        "renew",
        at={Volunteer.Status.ACTIVE},
        permission=DECIDE,
        service=services.renew,
        label=_("Perpanjang masa tugas"),
        question=_("Perpanjang masa tugasnya?"),
        warning=_("Masa yang baru mengikuti ketentuan hari ini; Sahabat diberi tahu."),
        not_by=("user",),
        when=(DUE, PROMISED),
        call=Call(
            _("Perpanjang masa tugasnya"),
            ENDING,
            until="accepted_until",
            days=term.DUE_DAYS,
            otherwise=_("Ia tidak melihat kegiatan unit dan tidak dapat naik tahap."),
        ),
    )
)
