"""The real settings with a few values changed for speed and quiet."""

import os

os.environ.setdefault("POKMAS_SECRET_KEY", "tests-" + "x" * 60)
os.environ.setdefault(
    "POKMAS_DATA_KEYS", "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
)
os.environ.setdefault(
    "POKMAS_SEAL_KEYS", "s1:ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA="
)
os.environ.update(
    POKMAS_FIRST_LOOK="0",
    POKMAS_DEBUG="0",
    POKMAS_SECURE="0",
    POKMAS_BASE_URL="http://testserver",
    POKMAS_ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    EMAIL_URL="memorymail://",
)

from pokmas.settings import *  # noqa: F403

# Tests come in as the owner, for they make and empty databases, and put on the role of
# the portal (conftest.py). Programs that they start have that role alone.
DATABASES["default"].update(  # noqa: F405
    {name: OWNER_DATABASE[name] for name in ("USER", "PASSWORD")}  # noqa: F405
    if OWNER_DATABASE  # noqa: F405
    else {}
)
DATABASES["default"]["TEST"] = {  # noqa: F405
    "NAME": "test_" + os.environ.get("POKMAS_TEST_DB", "pokmas")
}
# A test is one transaction, however long the machine takes over it.
TIME_LIMITS["idle_in_transaction_session_timeout"] = 0  # noqa: F405
if not POOLED:  # noqa: F405
    DATABASES["default"]["OPTIONS"]["options"] += (  # noqa: F405
        " -c idle_in_transaction_session_timeout=0"
    )
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = (  # noqa: F405
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
# Nothing is collected for them, and WhiteNoise would say so at each client.
os.makedirs(STATIC_ROOT, exist_ok=True)  # noqa: F405
# The tests' own corner of a broker that others may be using.
CELERY["broker_transport_options"]["global_keyprefix"] = "-".join(  # noqa: F405
    [
        "test",
        os.environ.get("POKMAS_TEST_DB", "pokmas"),
        os.environ.get("PYTEST_XDIST_WORKER", "main"),
        "",
    ]
)
