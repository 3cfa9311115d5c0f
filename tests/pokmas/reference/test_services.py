"""Rows of the lists of headquarters: added, changed, archived, restored."""

import pytest
from django.core.exceptions import ValidationError

from outreach.models import ActivityType
from partners.models import Criterion, Field, Finding
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.records.guarded import StaleRecord
from pokmas.reference import services
from tests.factories import (
    ActivityTypeFactory,
    CriterionFactory,
    FieldFactory,
    PartnershipFactory,
    UserFactory,
    person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def hq():
    return person(Role.HEADQUARTERS)


def actions(row):
    entries = Entry.objects.about(row).order_by("pk")
    return list(entries.values_list("action", flat=True))


def test_a_new_row_leaves_an_entry(hq):
    field = services.create(Field(name="Kesehatan"), by=hq)

    assert field in Field.objects.in_use()
    assert actions(field) == ["field.created"]


def test_the_same_form_sent_twice_makes_one_row(hq):
    first = services.create(Field(name="Kesehatan"), by=hq)
    again = Field(name="Kesehatan dan gizi", submission_key=first.submission_key)

    assert services.create(again, by=hq) == first
    assert actions(first) == ["field.created"]


def test_a_name_that_is_there_is_refused(hq):
    field = FieldFactory()

    with pytest.raises(ValidationError, match="sudah ada"):
        services.create(Field(name=field.name), by=hq)


def test_a_type_gets_a_code_made_of_its_name(hq):
    kind = services.create(ActivityType(name="Kelas menjahit"), by=hq)

    assert kind.code == "kelas_menjahit"


def test_a_code_counts_on_where_it_is_taken(hq):
    ActivityTypeFactory(code="kelas_menjahit", name="Menjahit (lama)")

    kind = services.create(ActivityType(name="Kelas menjahit"), by=hq)

    assert kind.code == "kelas_menjahit_2"


@pytest.mark.parametrize(
    ("there", "again"),
    [
        (ActivityType(code="sewing", name="Kelas menjahit"), "KELAS  MENJAHIT"),
        (Field(name="Kelas menjahit"), "kelas menjahit "),
        (Criterion(text="Alamat jelas"), "ALAMAT JELAS"),
    ],
)
def test_a_name_is_the_same_whatever_its_case_and_blanks(hq, there, again):
    services.create(there, by=hq)

    with pytest.raises(ValidationError) as refused:
        services.create(type(there)(**{there.SAID: again}), by=hq)

    assert list(refused.value.error_dict) == [there.SAID]


def test_a_stale_form_is_refused(hq):
    kind = ActivityTypeFactory(code="sewing", name="Menjahit")
    kind.name = "Kelas menjahit"
    services.change(kind, revision=0, fields=["name"], by=hq)

    with pytest.raises(StaleRecord):
        services.change(kind, revision=0, fields=["name"], by=hq)
    assert ActivityType.objects.get(code="sewing").name == "Kelas menjahit"


def test_a_question_that_was_answered_stays_the_same_question(hq):
    criterion = CriterionFactory()
    Finding.objects.create(
        partnership=PartnershipFactory(),
        criterion=criterion,
        is_met=True,
        found_by=UserFactory(),
    )
    criterion.text = "Pertanyaan lain"

    with pytest.raises(ValidationError, match="sudah pernah dijawab"):
        services.change(criterion, revision=0, fields=["text"], by=hq)
    assert not Criterion.objects.filter(text="Pertanyaan lain").exists()


def test_an_answered_question_may_move_in_the_list(hq):
    criterion = CriterionFactory()
    Finding.objects.create(
        partnership=PartnershipFactory(),
        criterion=criterion,
        is_met=True,
        found_by=UserFactory(),
    )
    criterion.order = 99

    services.change(criterion, revision=0, fields=["order"], by=hq)

    criterion.refresh_from_db()
    assert criterion.order == 99


def test_an_archived_row_is_offered_no_longer_until_it_is_restored(hq):
    kind = ActivityTypeFactory(code="sewing", name="Menjahit")

    services.archive(kind, by=hq)
    services.archive(kind, by=hq)
    assert kind not in ActivityType.objects.in_use()

    services.restore(kind, by=hq)
    assert kind in ActivityType.objects.in_use()
    assert actions(kind) == ["activitytype.archived", "activitytype.restored"]


def test_a_mandatory_field_stays_in_use(hq):
    field = FieldFactory()

    with pytest.raises(ValidationError, match="tidak dapat diarsipkan"):
        services.archive(field, by=hq)
    assert field in Field.objects.in_use()
