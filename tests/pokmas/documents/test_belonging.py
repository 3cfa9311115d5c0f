"""Whose store of files it is: both it and the database have the same mark."""

import uuid

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse

from pokmas.documents import belonging
from pokmas.health import integrity
from pokmas.jobs.models import FileStore

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage")]
READY = "health:ready"


def test_a_new_store_is_marked_once_and_known_again():
    belonging.check()
    belonging.check()

    assert belonging.written() == FileStore.objects.get().mark


def test_the_store_of_another_database_is_refused():
    belonging.check()
    FileStore.objects.update(mark=uuid.uuid4().hex)

    with pytest.raises(belonging.Strange, match="milik basis data lain"):
        belonging.check()


def test_a_database_without_a_mark_takes_that_of_its_files():
    belonging.check()
    mark = FileStore.objects.get().mark
    FileStore.objects.all().delete()

    belonging.check()

    assert FileStore.objects.get().mark == mark


def test_a_host_that_sees_another_store_is_not_ready(client):
    belonging.check()
    default_storage.delete(belonging.NAME)

    response = client.get(reverse(READY))

    assert response.status_code == 503
    assert response.json()["checks"]["storage_mark"] == "bad"


def test_checking_the_data_names_another_store():
    belonging.check()
    default_storage.delete(belonging.NAME)

    assert "bukan yang dipakai basis data" in " ".join(integrity.faults())


def test_a_store_that_is_adopted_is_the_right_one_again(client):
    belonging.check()
    default_storage.delete(belonging.NAME)

    call_command("adopt_storage")

    assert client.get(reverse(READY)).json()["checks"]["storage_mark"] == "ok"
