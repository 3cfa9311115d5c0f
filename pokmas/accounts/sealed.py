"""Secrets at rest: sealed with the newest of the data keys, opened with any of them.

`POKMAS_DATA_KEYS` lists keys as `id:base64`, 32 bytes each. The first seals. After a
new one was put in front, `manage.py rotate_keys` seals everything anew while the portal
runs.
"""

import base64
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from pokmas.server.keys import read_keys

NONCE_BYTES = 12
# What makes another key of each, so that none seals and hashes.
DIGESTS = b"pokmas digests"


class CannotOpen(Exception):
    """The text was sealed with a key that is gone, or somebody altered it."""


def seal(text: str) -> str:
    """`id:base64` of nonce and ciphertext; the id is authenticated with it."""
    name, cipher = next(iter(_ciphers().items()))
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + cipher.encrypt(nonce, text.encode(), name.encode())
    return f"{name}:{base64.b64encode(sealed).decode()}"


def unseal(token: str) -> str:
    name, _colon, encoded = token.partition(":")
    try:
        raw = base64.b64decode(encoded, validate=True)
        cipher = _ciphers()[name]
        text = cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], name.encode())
    except (KeyError, InvalidTag, ValueError) as error:
        raise CannotOpen(name) from error
    return text.decode()


def digests(text: str) -> list[str]:
    """Keyed hashes of `text`, that of the newest key first.

    What was sealed is found again by one of them, and by nobody who has no key.
    """
    keys = read_keys("POKMAS_DATA_KEYS", tuple(settings.DATA_KEYS)).values()
    return [
        hmac.digest(hmac.digest(key, DIGESTS, "sha256"), text.encode(), "sha256").hex()
        for key in keys
    ]


def is_current(token: str) -> bool:
    """Whether `token` was sealed with the key that seals now."""
    return token.partition(":")[0] == next(iter(_ciphers()))


def _ciphers() -> dict[str, AESGCM]:
    return _ciphers_of(tuple(settings.DATA_KEYS))


@lru_cache(maxsize=4)
def _ciphers_of(entries: tuple[str, ...]) -> dict[str, AESGCM]:
    keys = read_keys("POKMAS_DATA_KEYS", entries)
    return {name: AESGCM(key) for name, key in keys.items()}
