import base64
from io import StringIO

import pytest
from django.core.management import call_command

from partners.models import Nik
from partners.nik import services

pytestmark = pytest.mark.django_db
OLD = "lama:" + base64.b64encode(b"a" * 32).decode()
NEW = "baru:" + base64.b64encode(b"b" * 32).decode()
NUMBER = "5371015505900001"


def test_a_number_is_read_found_and_shown_by_its_end():
    nik = services.keep(NUMBER)

    assert services.read(nik) == NUMBER
    assert list(Nik.objects.of(NUMBER)) == [nik]
    assert str(nik) == "••••••••••••0001"


@pytest.mark.parametrize("text", [NUMBER[:-1], NUMBER[:-1] + "2", "0001", ""])
def test_nothing_is_found_by_a_part_of_it(text):
    services.keep(NUMBER)

    assert not Nik.objects.of(text).exists()


def test_the_hash_needs_the_key(settings):
    settings.DATA_KEYS = [OLD]
    first = services.keep(NUMBER)
    settings.DATA_KEYS = [NEW]

    assert services.keep(NUMBER).digest != first.digest


def test_keys_are_rotated_while_numbers_are_found(settings):
    settings.DATA_KEYS = [OLD]
    nik = services.keep(NUMBER)
    settings.DATA_KEYS = [NEW, OLD]
    found = list(Nik.objects.of(NUMBER))

    call_command("rotate_keys", stdout=(said := StringIO()))

    settings.DATA_KEYS = [NEW]
    nik.refresh_from_db()
    assert found == list(Nik.objects.of(NUMBER)) == [nik]
    assert services.read(nik) == NUMBER
    assert said.getvalue().startswith("1 ")


def test_the_same_number_is_known_elsewhere():
    first, second = services.keep(NUMBER), services.keep(NUMBER)
    services.keep("5371015505900002")

    assert list(first.others()) == [second]


def test_of_a_number_whose_key_is_gone_the_hash_is_compared():
    lost, same = services.keep(NUMBER), services.keep(NUMBER)
    Nik.objects.filter(pk=lost.pk).update(token="k0:gone")
    lost.refresh_from_db()

    assert list(lost.others()) == [same]
