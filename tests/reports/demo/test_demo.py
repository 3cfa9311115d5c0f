"""The country in small that a first look shows."""

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F, Max
from django.test import override_settings
from django.utils import timezone

from agreements.models import Agreement
from agreements.proofs.card import card_of
from outreach.models import Activity, Programme
from partners.models import CommunityGroup, Partnership, Promotion, Volunteer
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.coordination.models import Task
from pokmas.health import integrity
from tests.owner import as_owner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_demo")]
RECORDS = [
    *(Partnership, CommunityGroup, Volunteer, Agreement, Activity),
    *(Programme, Task),
]


@pytest.fixture(scope="module")
def _media_in_a_folder_of_its_own(tmp_path_factory):
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(scope="module")
def _demo(module_db, _media_in_a_folder_of_its_own):
    """Built once, and looked at by all."""
    with override_settings(FIRST_LOOK=True):
        call_command("load_offices")
        with as_owner():
            call_command("demo")
        yield


def test_it_fills_five_regions_with_every_kind_of_record():
    regions = Partnership.objects.values("region").distinct().count()

    assert regions == 5
    assert all(model.objects.exists() for model in RECORDS)


def test_its_history_fits_its_records():
    assert list(integrity.faults()) == []


def test_each_rise_of_a_volunteer_stands_in_the_trail():
    told = Entry.objects.filter(action="volunteer.promoted").values_list("about_id")
    risen = Promotion.objects.values_list("volunteer_id")

    assert sorted(told) == sorted(risen)
    assert len(told) > 0


def test_nothing_in_it_has_happened_in_the_future():
    latest = Entry.objects.aggregate(latest=Max("at"))["latest"]
    moved_before_born = sum(
        model.objects.filter(status_since__lt=F("created_at")).count()
        for model in RECORDS
    )

    assert latest <= timezone.now()
    assert moved_before_born == 0


def test_its_history_begins_when_a_record_says_that_it_was_made():
    wrong = [
        model
        for model in RECORDS
        if model.pgh_event_model.objects.filter(pgh_label="insert")
        .exclude(pgh_created_at=F("created_at"))
        .exists()
    ]

    assert wrong == []


def test_all_its_people_are_marked_as_invented():
    assert not User.objects.filter(is_demo=False).exists()


def test_it_stays_away_from_a_portal_in_use():
    before = Partnership.objects.count()

    with pytest.raises(CommandError, match="sudah berisi data"):
        call_command("demo")
    call_command("demo", "--if-empty")

    assert Partnership.objects.count() == before


def test_one_agreement_shows_every_element_of_its_card():
    agreement = Agreement.objects.get(proof_baseline__isnull=False)

    card = card_of(agreement)

    assert [line.element.code for line in card.lines if line.state != "met"] == []
    assert (card.met, len(card.lines)) == (12, 12)
    assert card.known >= 7
    assert agreement.plan_items.filter(activities__isnull=False).exists()


def test_it_shows_tasks_and_programmes_at_every_stage():
    tasks = set(Task.objects.values_list("status", flat=True))
    programmes = set(Programme.objects.values_list("status", flat=True))
    own = Programme.objects.get(volunteer__user__email="sahabat@demo.pokmas.test")

    assert tasks == set(Task.Status)
    assert programmes == set(Programme.Status)
    assert own.links.exists()
    assert own.reports.count() == 3
