import base64
import json
import stat

import pytest

from pokmas.launch import keys


def test_secrets_are_made_once(place):
    assert keys.load(place) == keys.load(place)


def test_secrets_are_for_their_owner_alone(place):
    keys.load(place)

    status = (place.data / "secrets.json").stat()
    assert stat.S_IMODE(status.st_mode) == 0o600


@pytest.mark.parametrize(
    ("setting", "name"), [("POKMAS_DATA_KEYS", "k1"), ("POKMAS_SEAL_KEYS", "s1")]
)
def test_a_key_has_a_name_and_32_bytes(place, setting, name):
    named, _, key = keys.load(place)[setting].partition(":")

    assert (named, len(base64.b64decode(key))) == (name, 32)


def test_a_secret_that_came_later_leaves_the_others_as_they_are(place):
    before = keys.load(place)
    path = place.data / "secrets.json"
    path.write_text(json.dumps({k: v for k, v in before.items() if k[0] == "P"}))

    after = keys.load(place)

    assert after.keys() == before.keys()
    assert after["POKMAS_DATA_KEYS"] == before["POKMAS_DATA_KEYS"]
    assert after["database_password"] != before["database_password"]
