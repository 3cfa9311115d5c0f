"""The country in small that a first look shows."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from agreements.models import Agreement
from outreach.models import Activity
from partners.models import CommunityGroup, Partner
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.health import integrity
from pokmas.offices.models import Office

pytestmark = pytest.mark.django_db
RECORDS = [Partner, CommunityGroup, Agreement, Activity]


@pytest.fixture
def first_look(settings):
    settings.FIRST_LOOK = True
    call_command("load_offices")


@pytest.fixture
def demo(first_look):
    call_command("demo")


def test_it_fills_five_regions_with_every_kind_of_record(demo):
    regions = Partner.objects.values("region").distinct().count()

    assert regions == 5
    assert all(model.objects.exists() for model in RECORDS)


def test_its_history_fits_its_records(demo):
    assert list(integrity.faults()) == []


def test_nothing_in_it_has_happened_in_the_future(demo):
    latest = Entry.objects.aggregate(latest=Max("at"))["latest"]
    moved_before_born = sum(
        model.objects.filter(status_since__lt=F("created_at")).count()
        for model in RECORDS
    )

    assert latest <= timezone.now()
    assert moved_before_born == 0


def test_the_same_seed_builds_the_same_country(first_look):
    def built(seed):
        with transaction.atomic():
            call_command("demo", seed=seed)
            rows = [
                model.objects.order_by("pk").values_list("status", "office__name")
                for model in RECORDS
            ]
            found = [list(each) for each in rows]
            transaction.set_rollback(True)
        return found

    assert built(7) == built(7) != built(8)


def test_all_its_people_are_marked_as_invented(demo):
    assert not User.objects.filter(is_demo=False).exists()


def test_it_stays_away_from_a_portal_in_use(demo):
    before = Partner.objects.count()

    with pytest.raises(CommandError, match="sudah berisi data"):
        call_command("demo")
    call_command("demo", "--if-empty")

    assert Partner.objects.count() == before


def test_it_is_refused_outside_a_first_look():
    with pytest.raises(CommandError, match="tampilan pertama"):
        call_command("demo")

    assert not Office.objects.exists()
