"""What workers do for reports."""

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from pokmas.jobs.services import Claim, job


@job("reports.build", label=_("PDF laporan"), queue="pdf")
def build(claim: Claim) -> None:
    from reports.monthly import services  # services import the apps below

    services.build(claim)


@shared_task
def open_owed() -> None:
    from reports.monthly import succession

    succession.open_owed()
