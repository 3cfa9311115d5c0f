"""Whom the writer of a comment may call to it, each under the name of his side."""

from django.utils.translation import gettext as _

from agreements.discussion.models import TextComment
from agreements.register.models import Agreement
from partners.models import Partner, Representative
from pokmas.accounts.models import Assignment, User
from pokmas.accounts.roles import STAFF, Role, roles_with

COMMENT = "agreements.comment_text"
Sides = dict[str, list[User]]


def callable_by(user: User, agreement: Agreement) -> Sides:
    """An officer calls whoever takes part; who acts for a partner calls his colleagues
    and those whose names he has read here, and learns no other."""
    if user.acting.is_staff:
        found = {**_officers(agreement), **_partners_people(_partners_of(agreement))}
    else:
        mine = Partner.objects.represented_by(user).order_by().values("pk")
        found = {_("Yang sudah berkomentar"): _heard_by(user, agreement)}
        found |= _partners_people(_partners_of(agreement).filter(pk__in=mine))
    return _once(found, but=user)


def who_reads_internal(agreement: Agreement) -> set[int]:
    """Of the officers those who act for none of the partners."""
    officers = {each.pk for side in _officers(agreement).values() for each in side}
    return officers - {each.pk for each in _acting_for(_partners_of(agreement))}


def ids_of(sides: Sides) -> set[int]:
    return {each.pk for people in sides.values() for each in people}


def _officers(agreement) -> Sides:
    """Of the unit and of its Kanwil; headquarters only for what is its own."""
    roles = [role for role in roles_with(COMMENT) if role in STAFF]
    if not agreement.office.is_top:
        roles = [role for role in roles if role != Role.HEADQUARTERS]
    near = {agreement.office_id, agreement.office.parent_id, agreement.office.region_id}
    held = Assignment.objects.current().filter(
        office__in=near - {None}, role__in=roles, user__is_active=True
    )
    found: Sides = {}
    rows = held.select_related("user", "office").order_by("user__full_name", "pk")
    for row in sorted(rows, key=lambda row: row.office_id != agreement.office_id):
        found.setdefault(row.office.name, []).append(row.user)
    return found


def _partners_of(agreement):
    further = agreement.further_parties.exclude(partner=None).values("partner")
    second = Partner.objects.filter(pk=agreement.partner_id)
    return second | Partner.objects.filter(pk__in=further)


def _acting_for(partners) -> list[User]:
    return [user for side in _partners_people(partners).values() for user in side]


def _partners_people(partners) -> Sides:
    rows = Representative.objects.current().filter(
        partner__in=partners.order_by().values("pk"), user__is_active=True
    )
    found: Sides = {}
    for row in rows.select_related("user", "partner").order_by("user__full_name", "pk"):
        found.setdefault(row.partner.name, []).append(row.user)
    return found


def _heard_by(user, agreement) -> list[User]:
    read = TextComment.objects.visible_to(user).filter(agreement=agreement)
    writers = read.order_by().values("created_by")
    return list(User.objects.filter(pk__in=writers, is_active=True))


def _once(sides, *, but) -> Sides:
    """Nobody twice, and not himself."""
    seen, found = {but.pk}, {}
    for side, people in sides.items():
        fresh = [each for each in people if each.pk not in seen]
        seen |= {each.pk for each in fresh}
        if fresh := list(dict.fromkeys(fresh)):
            found[side] = fresh
    return found
