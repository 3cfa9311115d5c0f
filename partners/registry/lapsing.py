"""Papers that will not hold for long, or hold no more: told to both sides, once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.registry.legal import WARNED_BEFORE, LegalPaper
from partners.registry.models import Partnership
from pokmas.notices.services import notify
from pokmas.notices.telling import officers, own_people
from pokmas.words import dates


@transaction.atomic
def tell_of_lapsing_papers(now=None) -> None:
    """30 days ahead, and again once it is over, where the partner still works."""
    now = now or timezone.now()
    works = [*Partnership.WORKING, Partnership.Status.SUSPENDED]
    near = timezone.localdate(now) + 2 * WARNED_BEFORE
    papers = LegalPaper.objects.newest().filter(
        expires_on__lte=near, required__is_active=True, partnership__status__in=works
    )
    rows = papers.select_related("required", "partnership__partner")
    for paper in rows.select_related("partnership__office").iterator():
        today = timezone.localdate(now, paper.partnership.office.tzinfo)
        if paper.expires_on < today:
            _tell(
                paper, "lapsed", _("Surat habis masa berlakunya: %(paper)s · %(name)s")
            )
        elif paper.expires_on <= today + WARNED_BEFORE:
            _tell(paper, "lapsing", _("Surat segera habis: %(paper)s · %(name)s"))


def _tell(paper: LegalPaper, what: str, title):
    partnership = paper.partnership
    people = {
        *own_people(partnership),
        *officers(partnership, "partners.verify_partner"),
    }
    notify(
        people,
        kind=f"partnership.paper_{what}",
        title=title,
        body=_("Berlaku sampai %(day)s. Serahkan yang baru lewat halaman mitra."),
        words={
            "paper": lambda: str(paper.required),
            "name": str(partnership),
            "day": lambda: dates.date_long(paper.expires_on),
        },
        about=partnership,
        key=f"legal:{what}:{paper.pk}",
    )
