"""What the tests of the whole house must know of this room."""

from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    CommunityGroupFactory,
    GroupMembershipFactory,
)


def paper(world, text):
    """Typed by people, as far as each field goes."""
    group = CommunityGroupFactory(
        office=world.unit, status="active", name=text[:150], decree_number=text[:80]
    )
    GroupMembershipFactory(group=group, role="chair", partner__name=text[:150])
    AgreementFactory(office=world.unit, status="signed", title=text[:200], group=group)
    ActivityFactory(
        office=world.unit,
        status="verified",
        title=text[:200],
        group=group,
        counts={("adult_client", "male"): 3},
    )
    return group


PAPERS = {"reports.profile": paper}
