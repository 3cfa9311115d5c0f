"""Who must read a guideline is told of it by a worker, however late that runs."""

from django.db import transaction
from django.db.models import Exists, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import Representative
from pokmas.accounts.models import Assignment, User
from pokmas.accounts.roles import STAFF, roles_with
from pokmas.notices import reminding
from pokmas.notices.services import notify
from pokmas.offices.models import Office
from pokmas.words import dates
from reports.guidelines.models import ACKNOWLEDGE, Acknowledgement, Guideline

Status = Guideline.Status
IN_FORCE = _("%(office)s. Berlaku sejak %(day)s. Baca, lalu nyatakan sudah membacanya.")


def tell_readers() -> None:
    for pk in Guideline.objects.untold().values_list("pk", flat=True):
        _tell_of(pk)


@transaction.atomic
def _tell_of(pk: int) -> None:
    """Tell what holds now: what was replaced meanwhile is told by the new version, and
    of what was withdrawn before anybody heard of it nothing is said."""
    rows = Guideline.objects.untold().select_for_update(of=["self"], skip_locked=True)
    guideline = rows.select_related("office").filter(pk=pk).first()
    if guideline is None:
        return
    is_known = guideline.told_at is not None
    if guideline.status == Status.PUBLISHED and not is_known:
        _tell(guideline, "published", readers(guideline), _title(guideline), IN_FORCE)
    elif guideline.status == Status.PUBLISHED:
        _tell(
            guideline,
            "reminder",
            readers(guideline, only_missing=True),
            _("Belum dibaca: pedoman %(name)s"),
            IN_FORCE,
            day=timezone.localdate(guideline.news_at, guideline.office.tzinfo),
        )
    elif guideline.status == Status.WITHDRAWN and is_known:
        title = _("Pedoman dicabut: %(name)s")
        _tell(guideline, "withdrawn", readers(guideline), title, "%(reason)s")
    Guideline.objects.filter(pk=pk).update(told_at=timezone.now())


def _title(guideline):
    if guideline.previous_id:
        return _("Versi baru pedoman: %(name)s")
    return _("Pedoman baru: %(name)s")


def _tell(guideline, what, people, title, body, *, day=None):
    """Once; of a reminder once that day."""
    kind = f"guideline.{what}"
    notify(
        people,
        kind=kind,
        title=title,
        body=body,
        words={
            "name": lambda: str(guideline),
            "office": guideline.office,
            "reason": guideline.reason,
            "day": lambda: dates.date_long(guideline.in_force_from),
        },
        about=guideline,
        key=reminding.key(kind, guideline.pk, day) if day else f"{kind}:{guideline.pk}",
    )


def readers(guideline: Guideline, *, only_missing: bool = False) -> QuerySet[User]:
    """The officers of the units and the representatives of the partners that have to
    read it, or that have not yet."""
    units, partners = guideline.units(), guideline.partners()
    if only_missing:
        units = units.exclude(Exists(Acknowledgement.objects.of_units(guideline)))
        partners = partners.exclude(
            Exists(Acknowledgement.objects.of_partners(guideline))
        )
    units = units.order_by().values("pk")
    places = Office.objects.filter(
        Q(pk__in=units) | Q(level=Office.Level.POST, parent__in=units)
    )
    roles = roles_with(ACKNOWLEDGE)
    officers = [role for role in roles if role in STAFF]
    held = Assignment.objects.holding_among(officers, places.order_by().values("pk"))
    acting = Representative.objects.current().filter(
        partner__in=partners.order_by().values("pk"), role__in=roles
    )
    return User.objects.filter(
        Q(pk__in=held.values("user")) | Q(pk__in=acting.values("user"))
    )
