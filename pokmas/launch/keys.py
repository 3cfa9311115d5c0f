"""What must stay secret and stay the same: made once, kept in a file of mode 0600."""

import base64
import secrets

from pokmas.launch.place import Place, hold, read_json, write_private


def load(place: Place) -> dict[str, str]:
    """The secrets of this data folder; those that are missing are made."""
    path = place.data / "secrets.json"
    with hold(place.run / "secrets.lock"):
        kept = read_json(path)
        fresh = {
            "POKMAS_SECRET_KEY": secrets.token_urlsafe(64),
            "POKMAS_DATA_KEYS": f"k1:{_random_key()}",
            "POKMAS_SEAL_KEYS": f"s1:{_random_key()}",
            "database_password": secrets.token_urlsafe(32),
            "application_password": secrets.token_urlsafe(32),
        }
        if fresh.keys() - kept.keys():
            kept = fresh | kept
            write_private(path, kept)
    return kept


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
