"""When the demo is built, and that it is the same each time."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from pokmas.offices.models import Office
from tests.owner import as_owner
from tests.reports.demo.test_demo import RECORDS

pytestmark = pytest.mark.django_db


@pytest.mark.exhaustive
def test_the_same_seed_builds_the_same_country(settings):
    settings.FIRST_LOOK = True
    call_command("load_offices")

    def built(seed):
        with transaction.atomic():
            with as_owner():
                call_command("demo", seed=seed)
            rows = [
                model.objects.order_by("pk").values_list("status", "office__name")
                for model in RECORDS
            ]
            found = [list(each) for each in rows]
            transaction.set_rollback(True)
        return found

    assert built(7) == built(7) != built(8)


def test_it_is_refused_outside_a_first_look():
    with pytest.raises(CommandError, match="tampilan pertama"):
        call_command("demo")

    assert not Office.objects.exists()
