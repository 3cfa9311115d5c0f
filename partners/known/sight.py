"""What an officer is shown of partners that look alike.

Of one that no unit of his works with: its name, kind and place, and how many units know
it. Nothing of what is between it and them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.core import signing
from django.db.models import (
    Case,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.known.likeness import (
    NUMBER_SIGN,
    OPEN_SIGNS,
    PHONE_SIGN,
    SAME_NAME,
    SHOWN,
    TAX_SIGN,
    Described,
    Likeness,
    alike,
    described,
)
from partners.known.models import Distinction
from partners.registry.models import Partner, Partnership
from pokmas.accounts.models import User

CHOSEN = "partners.known.chosen"
# How long a link of a list may be followed, in seconds.
LISTED = 24 * 60 * 60


@dataclass(frozen=True)
class Sight:
    """A partner that looks alike, as far as this person may see it."""

    partner: Partner
    signs: Iterable[str | Promise]
    units: int
    # Whether an office of his knows it.
    is_own: bool = False
    # Its page, for whoever may open it; else where he may propose to adopt it.
    url: str = ""
    propose_url: str = ""
    # Where somebody said that it is not the same.
    distinction: Distinction | None = None


def like_typed(who: Described, viewer: User) -> list[Sight]:
    return _seen(alike(who, viewer=viewer), viewer)


def like_partnership(partnership: Partnership, viewer: User) -> list[Sight]:
    """Whom its partner looks like, also those of which it was said that it is not."""
    said = Distinction.objects.of(partnership.partner).select_related("said_by")
    distinctions = {each.other_than(partnership.partner): each for each in said}
    return _seen(alike(described(partnership), viewer=viewer), viewer, distinctions)


def same_here(partnership: Partnership, viewer: User) -> list[Sight]:
    """Those that his offices know by the same name, number or telephone, unless
    somebody said already that they are others. One query where there is none."""
    partner, own = partnership.partner, Partnership.objects.visible_to(viewer)
    it, said = Partner.objects.filter(pk=partner.pk), Distinction.objects.of(partner)
    phone = Partnership.objects.filter(pk=partnership.pk)
    with_phone = own.filter(_same("phone_key", phone)).values("partner")
    signs = {
        SAME_NAME: _same("plain_name", it),
        NUMBER_SIGN: _same("number_key", it),
        TAX_SIGN: _same("tax_key", it),
        PHONE_SIGN: Q(pk__in=with_phone),
    }
    known = Partner.objects.filter(pk__in=own.values("partner"))
    known = known.exclude(pk=partner.pk).exclude(pk__in=said.values("first"))
    known = known.exclude(pk__in=said.values("second"))
    rows = known.filter(reduce(or_, signs.values())).annotate(
        same=Case(*(When(each, then=at) for at, each in enumerate(signs.values())))
    )
    names = list(signs)
    rows = rows.select_related("regency__province", "kind").order_by("same", "pk")
    return _seen([Likeness(row, 1, (names[row.same],)) for row in rows[:SHOWN]], viewer)


def _same(column: str, it: QuerySet) -> Q:
    """The same there as it has; nothing is no sign."""
    return Q(**{column: Subquery(it.values(column))}) & ~Q(**{column: ""})


def _seen(
    found: list[Likeness], viewer: User, distinctions: Mapping | None = None
) -> list[Sight]:
    """Those of his own offices first."""
    own, units = _known_to([each.partner.pk for each in found], viewer)
    sights = [
        Sight(
            partner=each.partner,
            signs=each.signs if each.partner.pk in own else _outside(each),
            units=units[each.partner.pk],
            is_own=each.partner.pk in own,
            **_ways(each.partner, each.partner.pk in own, viewer),
            distinction=(distinctions or {}).get(each.partner.pk),
        )
        for each in found
    ]
    return sorted(sights, key=lambda sight: not sight.is_own)


def _known_to(keys: list[int], viewer: User) -> tuple[set[int], dict[int, int]]:
    """Which of them this person may open, and how many units know each."""
    if not keys:
        return set(), {}
    theirs = ~Q(partnerships__status=Partnership.Status.DRAFT)
    own = Partnership.objects.visible_to(viewer).filter(partner=OuterRef("pk"))
    partners = Partner.objects.filter(pk__in=keys).order_by()
    counted = partners.annotate(
        units=Count("partnerships__office", filter=theirs, distinct=True),
        is_own=Exists(own),
    )
    rows = list(counted.values_list("pk", "units", "is_own"))
    own = {pk for pk, _units, is_own in rows if is_own}
    return own, {pk: units for pk, units, _is_own in rows}


def _ways(partner: Partner, is_own: bool, viewer: User) -> dict[str, str]:
    """Offered however it stands elsewhere, so that the offer tells nothing of it."""
    if is_own:
        return {"url": reverse("partners:partner", args=[partner.pk])}
    if not viewer.has_perm("partners.add_partner"):
        return {}
    sign = signing.dumps(partner.pk, salt=CHOSEN)
    return {"propose_url": reverse("partners:propose", args=[sign])}


def chosen(sign: str) -> int:
    """Which partner somebody chose from such a list; raises BadSignature."""
    return signing.loads(sign, salt=CHOSEN, max_age=LISTED)


def _outside(likeness: Likeness) -> list:
    """That a telephone or a leader is the same would tell who they are there."""
    names = [sign for sign in likeness.signs if sign in OPEN_SIGNS]
    hidden = [_("data lain cocok")] if len(names) < len(likeness.signs) else []
    return names + hidden
