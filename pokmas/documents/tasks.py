"""What the worker does for files: scan one, ask again, sweep."""

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.jobs.services import job

SCAN = "documents.scan"


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
