"""Who hears of a step: the partner's own people, or officers who hold a right.

Texts are lazy templates: the record fills %(name)s, %(office)s and %(reason)s.
"""

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from partners.models import CommunityGroup, Partner
from pokmas.accounts.models import User
from pokmas.accounts.roles import Role
from pokmas.notices.services import holders, notify, who_may


def tell_partner(
    partner: Partner, kind: str, title: Promise, body: Promise | str = "", **words
) -> None:
    """To those who act for the partner, or to the officer who submitted it for them."""
    acting_for = partner.representatives.current().select_related("user")
    people = {row.user for row in acting_for}
    if partner.submitted_by and not partner.is_self_registered:
        people.add(partner.submitted_by)
    _tell(people, partner, kind, title, body, words)


def tell_officers(
    record: Partner | CommunityGroup,
    permission: str,
    kind: str,
    title: Promise,
    body: Promise | str = "",
    **words,
) -> None:
    """To the officers of the record's office who hold `permission`."""
    people = who_may(permission, record.office)
    _tell(people, record, kind, title, body, words)


def tell_region(partner: Partner, kind: str, title: Promise) -> None:
    """To the administrators of the Kanwil above the partner's office."""
    people = holders(Role.REGIONAL_ADMIN, partner.office)
    _tell(people, partner, kind, title, "", {})


def tell_members(
    group: CommunityGroup, kind: str, title: Promise, body: Promise | str = "", **words
) -> None:
    """To those who act for the partners of a group."""
    people = User.objects.filter(
        representations__ended_on=None,
        representations__partner__memberships__in=group.memberships.current(),
    ).distinct()
    _tell(people, group, kind, title, body, words)


def _tell(people, record, kind, title, body, words):
    words = {
        "name": record,
        "office": record.office,
        "reason": record.reason,
        **words,
    }
    with translation.override(settings.LANGUAGE_CODE):
        title, body = str(title) % words, str(body) % words
    notify(
        people,
        kind=kind,
        title=title,
        body=body,
        about=record,
        key=f"{kind}:{record.pk}:{record.revision}",
    )
