"""Of two partners that look alike it is asked and said whether they are two."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from partners.known.models import Distinction
from partners.registry.models import Partner, Partnership
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.notices.telling import officers, tell


@transaction.atomic
def set_apart(partnership: Partnership, other: Partner, *, by: User) -> None:
    """Say that its partner is not that other one. Doing it twice is harmless."""
    partnership.refuse_representative(by)
    first, second = _in_order(partnership.partner, other)
    _said, is_new = Distinction.objects.get_or_create(
        first=first, second=second, defaults={"said_by": by}
    )
    if is_new:
        Entry.record(by, "partnership.set_apart", partnership, other=other.reference)


@transaction.atomic
def take_back(partnership: Partnership, other: Partner, *, by: User) -> None:
    """They may be the same after all."""
    partnership.refuse_representative(by)
    first, second = _in_order(partnership.partner, other)
    removed, _rows = Distinction.objects.filter(first=first, second=second).delete()
    if not removed:
        raise ValidationError(_("Pernyataan itu sudah ditarik."))
    Entry.record(by, "partnership.taken_back", partnership, other=other.reference)


@transaction.atomic
def ask_units(partnership: Partnership, other: Partner, *, by: User) -> None:
    """Ask the units that know the other one whether it is the same.

    They read who asks and about whom; the unit that asks reads nothing of theirs.
    """
    partnership.refuse_representative(by)
    theirs = other.partnerships.exclude(status=Partnership.Status.DRAFT)
    for each in theirs.select_related("office"):
        tell(
            each,
            f"asked_{partnership.pk}",
            officers(each, "partners.verify_partner"),
            _("%(unit)s bertanya tentang %(name)s"),
            _(
                "%(unit)s mempunyai catatan yang mirip: %(mine)s, %(place)s. Apakah "
                "ini mitra yang sama? Jawablah kepada %(officer)s. %(reach)s"
            ),
            by=by,
            unit=partnership.office,
            mine=partnership.partner.name,
            place=partnership.partner.regency.name,
            officer=by,
            reach=partnership.office.phone,
        )
    Entry.record(by, "partnership.asked", partnership, other=other.reference)


def _in_order(one: Partner, other: Partner) -> list[Partner]:
    return sorted([one, other], key=lambda partner: partner.pk)
