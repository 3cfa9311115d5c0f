from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from partners import compliance
from partners.models import Criterion, Field, Finding, Rule
from partners.services import lists
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from tests.factories import (
    CommunityGroupFactory,
    CriterionFactory,
    FieldFactory,
    GroupMembershipFactory,
    PartnerFactory,
    PostFactory,
    UnitFactory,
    UserFactory,
    person,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.fixture
def filled():
    """The lists as the migration fills them; doing it twice changes nothing."""
    migration = import_module("partners.migrations.0002_lists")
    migration.fill(apps, None)
    migration.fill(apps, None)


def test_the_lists_come_filled(filled):
    assert set(
        Field.objects.filter(is_mandatory=True).values_list("name", flat=True)
    ) == {
        "Hukum dan Kemasyarakatan",
        "Kemandirian dan Kepribadian",
    }
    assert Criterion.objects.filter(is_active=True).count() == 6
    assert Rule.objects.holding(TODAY) == {"min_groups": 2, "min_partners": 5}


def test_keep_adds_and_archives_with_an_entry_each():
    by = person(Role.HEADQUARTERS)
    field = Field(name="Kesehatan")

    lists.keep(field, by=by)
    field.is_active = False
    lists.keep(field, by=by)

    assert list(Field.objects.in_use().filter(name="Kesehatan")) == []
    actions = Entry.objects.about(field).order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["field.created", "field.changed"]


def test_keep_refuses_to_archive_a_mandatory_field():
    field = FieldFactory()
    field.is_active = False

    with pytest.raises(ValidationError, match="tidak dapat diarsipkan"):
        lists.keep(field, by=person(Role.HEADQUARTERS))


def test_keep_refuses_a_name_that_is_there():
    field = FieldFactory()

    with pytest.raises(ValidationError, match="sudah ada"):
        lists.keep(Field(name=field.name), by=person(Role.HEADQUARTERS))


def test_keep_refuses_to_change_a_question_that_was_answered():
    criterion = CriterionFactory()
    Finding.objects.create(
        partner=PartnerFactory(),
        criterion=criterion,
        is_met=True,
        found_by=UserFactory(),
    )
    criterion.text = "Pertanyaan lain"

    with pytest.raises(ValidationError, match="sudah pernah dijawab"):
        lists.keep(criterion, by=person(Role.HEADQUARTERS))


def test_a_rule_holds_from_its_day(filled):
    lists.set_rule(
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
        lists.set_rule(rule, by=person(Role.HEADQUARTERS))


def of(unit):
    [row] = compliance.of_units([unit], TODAY)
    return row


def test_a_bapas_without_groups_is_told_what_is_missing(filled):
    assert of(UnitFactory()).warnings == [
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

    assert (of(unit).is_met, len(of(unit).groups)) == (True, 2)


def test_only_working_partners_of_decreed_groups_count(filled):
    unit = UnitFactory()
    group = CommunityGroupFactory(office=unit, status="active", name="Pokmas Kecil")
    GroupMembershipFactory.create_batch(4, group=group)
    GroupMembershipFactory(group=group, partner__status="suspended")
    GroupMembershipFactory(group=group, ends_on=date(2026, 2, 1))
    CommunityGroupFactory(office=unit, status="proposed")

    row = of(unit)

    assert [each.members for each in row.groups] == [4]
    assert "Pokmas Kecil baru punya 4 mitra; paling sedikit 5." in row.warnings


def test_the_minimums_concern_bapas_only(filled):
    assert compliance.of_units([UnitFactory(kind="lapas")], TODAY) == []


@pytest.mark.parametrize("count", [1, 3])
def test_compliance_costs_the_same_for_any_number_of_units(
    filled, django_assert_num_queries, count
):
    units = UnitFactory.create_batch(count)
    for unit in units:
        GroupMembershipFactory(group__office=unit, group__status="active")

    with django_assert_num_queries(3):
        rows = compliance.of_units(units, TODAY)
        assert [len(row.groups) for row in rows] == [1] * count
