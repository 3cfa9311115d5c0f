"""What the tests of the whole house must know of this room."""

from datetime import timedelta

from django.utils import timezone

from partners.colleagues import invitations
from pokmas.accounts.roles import Role
from tests.factories import InvitationFactory, RepresentativeFactory
from tests.house.access import PARTNER, PARTNERS, PUBLIC, form, get, post

ACCESS = {
    "partners:colleagues": get(PARTNERS, "partnership"),
    "partners:invite_colleague": form({PARTNER}, "partnership"),
    "partners:colleague_role": form({PARTNER}, "partnership", "representative"),
    "partners:remove_colleague": post(PARTNERS, "partnership", "representative"),
    "partners:resend_invitation": post({PARTNER}, "partnership", "invitation"),
    "partners:withdraw_invitation": post({PARTNER}, "partnership", "invitation"),
    "partners:join": form(PUBLIC, "colleague_link"),
}
AT = {"partners:colleague_role": {"role": Role.PARTNER_WRITER}}
# This one is for another address.
CLOSED = {"partners:join"}


def rows(world):
    partnership = world.records["partnership"]
    invitation = InvitationFactory(
        partnership=partnership,
        invited_by=world.people[Role.PARTNER],
        sent_at=timezone.now() - timedelta(days=1),
    )
    link = invitations.link_for(invitation)
    return {
        "representative": RepresentativeFactory(
            partner=partnership, role=Role.PARTNER_READER
        ),
        "invitation": invitation,
        "colleague_link": link.rstrip("/").rpartition("/")[2],
    }
