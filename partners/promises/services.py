"""A volunteer makes his promise once more, where its wording is another now."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.volunteers.models import Promise, Volunteer
from partners.volunteers.papers import VolunteersPromise
from partners.volunteers.services import DECIDE
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.notices.telling import officers, tell
from pokmas.papers import services as papers


@transaction.atomic
def promise(volunteer: Volunteer, *, promise: Promise, by: User) -> None:
    """Keep what he promised; who waits for it to renew his term is told."""
    volunteer.begin("promise", by=by)
    volunteer.promise, volunteer.promised_at = promise, timezone.now()
    volunteer.save(update_fields=["promise", "promised_at"])
    volunteer.touch()
    Entry.record(by, "volunteer.promised", volunteer, promise=str(promise))
    papers.ask(VolunteersPromise.kind, volunteer, by=by)
    if volunteer.is_ending:
        tell(
            volunteer,
            "promised",
            officers(volunteer, DECIDE),
            _("%(name)s sudah berjanji lagi"),
            _("Masa tugasnya sekarang dapat diperpanjang."),
        )
