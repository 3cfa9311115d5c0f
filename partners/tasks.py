from celery import shared_task
from django.utils import timezone

from partners.services import vetting


@shared_task
def tell_of_late_turns() -> None:
    vetting.tell_of_late_turns(timezone.now())
