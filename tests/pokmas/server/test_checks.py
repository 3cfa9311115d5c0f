"""What the portal refuses at its start, in words."""

import pytest
from django.core.checks import run_checks
from django.db.migrations.recorder import MigrationRecorder

from tests.factories import UserFactory
from tests.owner import as_owner

pytestmark = pytest.mark.django_db


def found():
    return [error.id for error in run_checks(databases=["default"])]


def test_a_new_database_is_as_it_should_be():
    assert found() == []


def test_a_demo_account_that_is_open_is_refused():
    UserFactory(is_demo=True)

    assert found() == ["pokmas.E003"]


def test_a_database_of_an_older_trial_is_refused():
    with as_owner():
        MigrationRecorder.Migration.objects.create(app="partners", name="0002_lists")

    assert found() == ["pokmas.E004"]
