"""So many requests in so much time, per address, counted in the shared cache."""

import hashlib
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache


def allows(request, what: str, *, times: int, seconds: int) -> bool:
    """Count this request; False when its address has used up its `times`."""
    address = get_adapter(request).get_client_ip(request)
    window = int(time.time() // seconds)
    who = hashlib.sha256(address.encode()).hexdigest()[:24]
    key = f"limit:{what}:{window}:{who}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= times
    except ValueError:  # it expired in between
        return True
