"""Keys as the settings hold them: `id:base64` of 32 bytes each, the first in use."""

import base64
import binascii
from functools import lru_cache

from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


@lru_cache(maxsize=8)
def read_keys(setting: str, entries: tuple[str, ...]) -> dict[str, bytes]:
    """The keys by their ids, in the order of the setting that is named."""
    keys: dict[str, bytes] = {}
    for entry in entries:
        name, _colon, encoded = entry.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            key = b""
        if not name or name in keys or len(key) != KEY_BYTES:
            raise ImproperlyConfigured(
                f"{setting}: tulis setiap kunci sebagai `nama:base64` dari 32 bita "
                "acak, dipisah koma, dengan nama yang berbeda-beda."
            )
        keys[name] = key
    return keys
