import re
from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection

from partners.groups import compliance
from partners.models import Criterion, Field
from pokmas.accounts.roles import Role
from pokmas.offices.models import Office
from pokmas.reference import services as reference
from pokmas.rules.models import Rule
from pokmas.server.rooms import collect
from tests.factories import (
    CommunityGroupFactory,
    FieldFactory,
    GroupMembershipFactory,
    PostFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.fixture
def filled():
    """The lists as the migrations fill them; doing it twice changes nothing."""
    for first in collect("first"):
        first.fill(apps)


def test_the_lists_come_filled(filled):
    mandatory = Field.objects.filter(is_mandatory=True)
    assert set(mandatory.values_list("name", flat=True)) == {
        "Hukum dan Kemasyarakatan",
        "Kemandirian dan Kepribadian",
    }
    assert Criterion.objects.in_use().count() == 6
    rules = Rule.objects.holding(TODAY)
    assert (rules["min_groups"], rules["min_partners"]) == (2, 5)


def test_a_rule_holds_from_its_day(filled):
    reference.create(
        Rule(
            code="min_groups",
            value=3,
            valid_from=date(2027, 1, 1),
            source="Keputusan uji",
        ),
        by=person(Role.HEADQUARTERS),
    )

    assert Rule.objects.holding(date(2026, 12, 31))["min_groups"] == 2
    assert Rule.objects.holding(date(2027, 1, 1))["min_groups"] == 3


def test_two_values_of_a_rule_from_one_day_are_refused(filled):
    rule = Rule(code="min_groups", value=3, valid_from=date(2020, 2, 10), source="Uji")

    with pytest.raises(ValidationError, match="sudah punya angka"):
        reference.create(rule, by=person(Role.HEADQUARTERS))


def of(unit):
    return compliance.of_units(Office.objects.filter(pk=unit.pk), TODAY).get()


def test_a_bapas_without_groups_is_told_what_is_missing(filled):
    assert compliance.warnings(of(UnitFactory())) == [
        "Baru 0 kelompok ditetapkan; paling sedikit 2.",
        "Belum ada kelompok bidang Hukum dan Kemasyarakatan.",
        "Belum ada kelompok bidang Kemandirian dan Kepribadian.",
    ]


def test_a_bapas_with_both_groups_of_five_meets_the_guidebook(filled):
    unit = UnitFactory()
    post = PostFactory(parent=unit)
    law = CommunityGroupFactory(office=unit, status="active")
    independence = CommunityGroupFactory(
        office=post,
        status="established",
        field=FieldFactory(name="Kemandirian dan Kepribadian"),
    )
    for group in (law, independence):
        GroupMembershipFactory.create_batch(5, group=group)

    row = of(unit)

    assert (row.compliance, row.formed, compliance.warnings(row)) == ("met", 2, [])


def test_only_working_partners_of_decreed_groups_count(filled):
    unit = UnitFactory()
    group = CommunityGroupFactory(office=unit, status="active", name="Pokmas Kecil")
    GroupMembershipFactory.create_batch(4, group=group)
    GroupMembershipFactory(group=group, partner__status="suspended")
    GroupMembershipFactory(group=group, ends_on=date(2026, 2, 1))
    CommunityGroupFactory(office=unit, status="proposed")

    row = of(unit)

    assert (row.compliance, row.formed) == ("lacking", 1)
    assert row.small == ["Pokmas Kecil (4)"]
    assert "Mitranya kurang dari 5: Pokmas Kecil (4)." in compliance.warnings(row)


def test_the_minimums_concern_bapas_only(filled):
    UnitFactory(kind="lapas")

    assert not compliance.of_units(Office.objects.all(), TODAY).exists()


def test_the_totals_of_a_list_are_those_of_its_units(filled):
    for unit in UnitFactory.create_batch(2):
        GroupMembershipFactory(group__office=unit, group__status="active")
    UnitFactory()

    found = compliance.totals(compliance.of_units(Office.objects.all(), TODAY))

    assert found == {"units": 3, "met": 0, "groups": 2, "small": 2}


@pytest.mark.parametrize("count", [1, 3])
def test_compliance_costs_the_same_for_any_number_of_units(
    filled, django_assert_num_queries, count
):
    for unit in UnitFactory.create_batch(count):
        GroupMembershipFactory(group__office=unit, group__status="active")

    with django_assert_num_queries(2):
        rows = list(compliance.of_units(Office.objects.all(), TODAY))
    assert [row.formed for row in rows] == [1] * count


def test_groups_are_found_by_the_index_of_their_office():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    plan = compliance.of_units(Office.objects.filter(pk=1), TODAY).explain()

    # With an "or" over joined offices the partners of all groups were counted first.
    assert re.search(r"Index Cond: \(office_id = [uvw]\d", plan), plan
