"""What workers do for volunteers by the clock."""

from celery import shared_task
from django.utils import timezone


@shared_task
def purge_niks() -> None:
    """Forget the numbers that have served; harmless to repeat."""
    from partners.volunteers import services

    services.purge_niks(timezone.now())
