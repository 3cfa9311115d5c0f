"""What the profile of a group tells, and when there is one."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError

from pokmas.accounts.roles import Role
from pokmas.papers import services as papers
from pokmas.papers.kinds import PAPERS
from reports.profiles.papers import GroupProfile
from tests.factories import (
    ActivityFactory,
    CommunityGroupFactory,
    GroupMembershipFactory,
    person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


def test_it_tells_who_belongs_to_the_group_and_what_it_did_in_a_year():
    group = CommunityGroupFactory(status="active", name="Pokmas Uji")
    mitra = {"partner__name": "Yayasan Uji", "starts_on": date(2026, 1, 5)}
    GroupMembershipFactory(group=group, role="chair", **mitra)
    for year, title in ((2026, "Pelatihan"), (2024, "Yang lama")):
        ActivityFactory(
            office=group.office,
            group=group,
            status="verified",
            title=title,
            starts_at=datetime(year, 10, 5, 2, tzinfo=UTC),
            counts={("adult_client", "male"): 7},
        )
    by = person(Role.UNIT_OPERATOR, group.office)

    issued = papers.ask(GroupProfile.kind, group, by=by)

    told = str(PAPERS[GroupProfile.kind].content(group, issued).body)
    assert "Yayasan Uji" in told
    assert "1 kegiatan terverifikasi, 7 penerima manfaat." in told
    assert "Yang lama" not in told
    assert papers.ask(GroupProfile.kind, group, by=by) == issued


def test_there_is_none_of_a_proposal():
    group = CommunityGroupFactory(status="proposed")

    with pytest.raises(ValidationError, match="sesudah kelompok ditetapkan"):
        papers.ask(
            GroupProfile.kind, group, by=person(Role.UNIT_OPERATOR, group.office)
        )
