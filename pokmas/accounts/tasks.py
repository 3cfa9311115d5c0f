"""What Celery calls for accounts."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from pokmas.records.models import Mark


@shared_task
def clear_sessions() -> None:
    """Forget the sessions and marks that are over; harmless to repeat."""
    call_command("clearsessions")
    Mark.objects.filter(until__lte=timezone.now()).delete()
