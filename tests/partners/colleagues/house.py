"""What the tests of the whole house must know of this room."""

from partners.colleagues import invitations
from pokmas.accounts.roles import Role
from tests.factories import RepresentativeFactory
from tests.house.access import PARTNER, PUBLIC, form, post

ACCESS = {
    "partners:colleagues": form({PARTNER}, "partnership"),
    "partners:remove_colleague": post({PARTNER}, "partnership", "representative"),
    "partners:join": form(PUBLIC, "colleague_link"),
}
# An invitation is a mail and no record; and this one is for another address.
CLOSED = {"partners:colleagues", "partners:join"}


def rows(world):
    partnership = world.records["partnership"]
    link = invitations.link_for(
        partnership, "rekan@contoh.test", by=world.people[Role.PARTNER]
    )
    return {
        "representative": RepresentativeFactory(partner=partnership),
        "colleague_link": link.rstrip("/").rpartition("/")[2],
    }
