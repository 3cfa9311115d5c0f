"""So many tries in so much time, of an account, a device or an address."""

import time

from allauth.core.internal.ratelimit import cache_lock
from django.core.cache import cache


def take(key: str, *, times: int, seconds: int) -> float:
    """Count a try. Returns 0, or in how many seconds the next one is free."""
    with cache_lock(key) as locked:
        if not locked:
            return 1
        now = time.time()
        past = [at for at in cache.get(key, []) if at > now - seconds]
        if len(past) >= times:
            return past[0] + seconds - now
        cache.set(key, [*past, now], seconds)
    return 0


def give_back(key: str, *, seconds: int) -> None:
    """The last try was a right one: it does not count."""
    with cache_lock(key):
        past = cache.get(key, [])
        cache.set(key, past[:-1], seconds)


def forget(key: str) -> None:
    cache.delete(key)
