"""What the worker does for files: scan one, ask again, sweep."""

import logging

from celery import shared_task
from celery.signals import worker_init
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.jobs.services import job
from pokmas.server.outage import DATABASE_LOST

logger = logging.getLogger(__name__)

SCAN = "documents.scan"


@worker_init.connect
def refuse_a_strange_store(**kwargs) -> None:
    """A worker does not begin where it would lay its work in the wrong place."""
    from pokmas.documents import belonging

    try:
        belonging.check()
    except DATABASE_LOST:
        logger.warning("The database is away; whose store this is is not known yet")
    except (belonging.Strange, OSError) as error:
        raise SystemExit(f"POKMAS_MEDIA_ROOT / POKMAS_S3_BUCKET: {error}") from error
    finally:
        # The processes that are forked now must not share it.
        connection.close()


@job(SCAN, label=_("Pemindaian virus"))
def scan(claim) -> None:
    from pokmas.documents import services

    services.scan(claim.payload["document_id"])


@shared_task
def rescan() -> None:
    from pokmas.documents import services

    services.rescan(timezone.now())


@shared_task
def sweep() -> None:
    from pokmas.documents import pictures, services

    services.sweep_kept(timezone.now())
    services.sweep_strays(timezone.now())
    pictures.sweep(timezone.now())
