import pytest
from django.core.exceptions import ValidationError

from outreach.models import ActivityType
from outreach.services import types
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.records import StaleRecord
from tests.factories import ActivityTypeFactory, person

pytestmark = pytest.mark.django_db


def test_create_makes_a_code_of_the_name():
    hq = person(Role.HEADQUARTERS)

    kind = types.create(ActivityType(name="Kelas menjahit"), by=hq)

    assert kind.code == "kelas_menjahit"
    assert Entry.objects.about(kind).get().action == "activitytype.created"


def test_create_counts_on_where_the_code_is_taken():
    hq = person(Role.HEADQUARTERS)
    ActivityTypeFactory(code="kelas_menjahit", name="Menjahit (lama)")

    kind = types.create(ActivityType(name="Kelas menjahit"), by=hq)

    assert kind.code == "kelas_menjahit_2"


def test_create_refuses_a_name_that_exists_whatever_its_case():
    ActivityTypeFactory(code="sewing", name="Kelas menjahit")

    with pytest.raises(ValidationError, match="bernama sama"):
        types.create(ActivityType(name="KELAS MENJAHIT"), by=person(Role.HEADQUARTERS))


def test_change_refuses_a_stale_form():
    hq = person(Role.HEADQUARTERS)
    kind = ActivityTypeFactory(code="sewing", name="Menjahit")
    kind.name = "Kelas menjahit"
    types.change(kind, revision=0, by=hq)

    with pytest.raises(StaleRecord):
        types.change(kind, revision=0, by=hq)
    assert ActivityType.objects.get(code="sewing").name == "Kelas menjahit"


def test_an_archived_type_is_restored():
    hq = person(Role.HEADQUARTERS)
    kind = ActivityTypeFactory(code="sewing", name="Menjahit")

    types.archive(kind, by=hq)
    types.archive(kind, by=hq)
    assert kind not in ActivityType.objects.active()

    types.restore(kind, by=hq)
    assert kind in ActivityType.objects.active()
    actions = [entry.action for entry in Entry.objects.about(kind)]
    assert actions == ["activitytype.restored", "activitytype.archived"]
