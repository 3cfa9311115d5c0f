"""What Celery calls for accounts."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def clear_sessions() -> None:
    """Forget the sessions that are over; harmless to repeat."""
    call_command("clearsessions")
