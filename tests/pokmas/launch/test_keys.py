import base64
import json
import stat

from pokmas.launch import keys


def test_secrets_are_made_once(place):
    assert keys.load(place) == keys.load(place)


def test_secrets_are_for_their_owner_alone(place):
    keys.load(place)

    status = (place.data / "secrets.json").stat()
    assert stat.S_IMODE(status.st_mode) == 0o600


def test_the_data_key_has_a_name_and_32_bytes(place):
    name, _, key = keys.load(place)["POKMAS_DATA_KEYS"].partition(":")

    assert (name, len(base64.b64decode(key))) == ("k1", 32)


def test_a_secret_that_came_later_leaves_the_others_as_they_are(place):
    before = keys.load(place)
    path = place.data / "secrets.json"
    path.write_text(json.dumps({k: v for k, v in before.items() if k[0] == "P"}))

    after = keys.load(place)

    assert after.keys() == before.keys()
    assert after["POKMAS_DATA_KEYS"] == before["POKMAS_DATA_KEYS"]
    assert after["database_password"] != before["database_password"]
