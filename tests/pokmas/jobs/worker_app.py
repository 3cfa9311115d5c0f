"""What a real worker of the tests runs: the portal's own app and two kinds of jobs."""

import time

import django

django.setup()

from django.db import transaction  # noqa: E402

from pokmas.audit.models import Entry  # noqa: E402
from pokmas.celery import app  # noqa: E402
from pokmas.jobs.services import Claim, job  # noqa: E402

__all__ = ["app"]

DONE = "tests.done"


@job("tests.report", label="Laporan uji", queue="pdf")
def report(claim: Claim) -> None:
    """Work in steps for `seconds`, then store the result and finish in one go."""
    steps = 10
    for step in range(steps):
        claim.advance(100 * step // steps, f"Langkah {step + 1}")
        time.sleep(claim.payload["seconds"] / steps)
    with transaction.atomic():
        claim.hold()
        Entry.record(None, DONE, claim.row)
        claim.finish()
