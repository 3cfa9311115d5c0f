"""The tests' settings, with the cache that the portal really has."""

from pokmas.settings import CACHES as REAL_CACHES
from tests.settings import *  # noqa: F403

CACHES = REAL_CACHES
CACHES["default"]["KEY_PREFIX"] = CELERY["broker_transport_options"][  # noqa: F405
    "global_keyprefix"
]
