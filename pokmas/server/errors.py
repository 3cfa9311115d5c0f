"""Errors are told to Sentry, if there is one, without a word of anybody's data."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from pokmas.server import tracing


def begin(**options: Any) -> None:
    """Said once in each program; `options` are the client's own."""
    if not settings.SENTRY_DSN:
        return
    try:
        import sentry_sdk
    except ImportError as error:
        raise ImproperlyConfigured(
            "POKMAS_SENTRY_DSN memerlukan paket sentry-sdk: "
            "pasang paket di requirements-production.lock."
        ) from error
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=without_data,
        **options,
    )


def without_data(event: dict, hint: dict) -> dict:
    """Which error, and where in the code; the log has the rest under the number.

    Messages name what was typed, addresses hold one-time links.
    """
    for name in ("request", "user", "breadcrumbs", "extra", "logentry", "contexts"):
        event.pop(name, None)
    for each in event.get("exception", {}).get("values", []):
        each["value"] = ""
    event.setdefault("tags", {})["request"] = tracing.number.get()
    return event
