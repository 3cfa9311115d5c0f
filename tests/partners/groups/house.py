"""What the tests of the whole house must know of this room."""

from partners.models import CommunityGroup
from tests.factories import CommunityGroupFactory, GroupMembershipFactory
from tests.house.access import HEAD, OFFICERS, OPERATOR, WITH_PARTNER, form, get

ACCESS = {
    "partners:group_index": get(WITH_PARTNER),
    "partners:group_compliance": get(OFFICERS),
    "partners:group_create": form({OPERATOR}),
    "partners:group_detail": get(WITH_PARTNER, "group"),
    "partners:group_change": form({OPERATOR}, "group"),
    "partners:group_add_member": form({OPERATOR}, "group"),
    "partners:group_end_member": form({OPERATOR}, "group", "membership"),
    "partners:group_change_role": form({OPERATOR}, "group", "membership"),
    "partners:group_assess": form({OPERATOR}, "group"),
    "partners:group_withdraw": form({OPERATOR}, "group"),
    "partners:group_establish": form({HEAD}, "group"),
    "partners:group_send_back": form({HEAD}, "group"),
    "partners:group_plan_ceremony": form({OPERATOR}, "group"),
    "partners:group_revoke": form({HEAD}, "group"),
    "partners:group_inaugurate": form({OPERATOR}, "group"),
    "partners:group_rest": form({OPERATOR}, "group"),
    "partners:group_revive": form({OPERATOR}, "group"),
    "partners:group_dissolve": form({HEAD}, "group"),
}

MARKED = {"group": ["name"]}


def rows(world):
    group, membership = group_of(world, "active")
    return {"group": group, "membership": membership}


def group_of(world, status):
    group = CommunityGroupFactory(office=world.unit, status=status)
    partner = world.records["partner"]
    return group, GroupMembershipFactory(group=group, partner=partner)


def groups(world):
    return [group_of(world, status)[0] for status in CommunityGroup.TRANSITIONS]


VARIANTS = {"group": groups}
