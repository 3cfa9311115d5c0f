"""What the tests of the whole house must know of this room."""

from datetime import UTC, datetime
from functools import partial

from tests.factories import CommunityGroupFactory, GroupMembershipFactory


def group(world, text, status):
    """With more members than are named in a letter, of long names."""
    group = CommunityGroupFactory(
        office=world.unit,
        status=status,
        name=text[:150],
        inaugurated_by=text[:120],
        ceremony_at=datetime(2026, 3, 2, 1, tzinfo=UTC),
        ceremony_place=text[:150],
    )
    for place in range(5):
        GroupMembershipFactory(
            group=group,
            role="member" if place else "chair",
            partner__name=text[:150],
            partner__leader_name=text[:120],
            partner__leader_position=text[:80],
            partner__address=text[:250],
            partner__village=text[:80],
        )
    return group


PAPERS = {
    "partners.decree": partial(group, status="assessed"),
    "partners.dissolution": partial(group, status="active"),
    "partners.invitation": partial(group, status="established"),
    "partners.attendance": partial(group, status="established"),
    "partners.inauguration": partial(group, status="established"),
}
