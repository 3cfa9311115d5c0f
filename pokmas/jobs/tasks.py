"""What Celery calls on the ground floor: run a job, sweep, show signs of life."""

from celery import shared_task
from django.utils import timezone


@shared_task
def run_job(job_id: int) -> None:
    from pokmas.jobs import services

    services.answer(job_id)


@shared_task
def sweep_jobs() -> None:
    from pokmas.jobs import services

    services.sweep()


@shared_task
def purge_jobs() -> None:
    from pokmas.jobs import services

    services.purge()


@shared_task
def worker_alive() -> None:
    from pokmas.jobs.models import Heartbeat

    Heartbeat.objects.update_or_create(part="worker", defaults={"at": timezone.now()})
