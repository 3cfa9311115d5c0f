"""A cache that is missed, not mourned: without its server the portal goes on."""

import logging
import time

from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# So long nobody asks again whether the server is back: each try costs a page time.
PAUSE_SECONDS = 5


def _or_local(name):
    def method(self, *args, **kwargs):
        if not self.is_away:
            try:
                return getattr(super(ForgivingRedisCache, self), name)(*args, **kwargs)
            except RedisError as error:
                logger.warning("Cache unavailable, using local memory: %s", error)
                ForgivingRedisCache.away_until = time.monotonic() + PAUSE_SECONDS
        return getattr(caches["local"], name)(*args, **kwargs)

    method.__name__ = name
    return method


class ForgivingRedisCache(RedisCache):
    """Redis; while it cannot be reached, this process's own memory instead.

    Rate limits then hold per process, sessions are read from the database.
    """

    away_until = 0.0

    @property
    def is_away(self) -> bool:
        return time.monotonic() < self.away_until

    add = _or_local("add")
    get = _or_local("get")
    set = _or_local("set")
    touch = _or_local("touch")
    delete = _or_local("delete")
    get_many = _or_local("get_many")
    set_many = _or_local("set_many")
    delete_many = _or_local("delete_many")
    has_key = _or_local("has_key")
    incr = _or_local("incr")
    clear = _or_local("clear")
