"""What a worker does for lists: reads, takes in, takes back; and old rows go."""

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from pokmas.jobs.services import job

READ, COMPARE = "imports.read", "imports.compare"
WRITE, UNDO = "imports.write", "imports.undo"


@job(READ, label=_("Membaca daftar lama"))
def read(claim) -> None:
    from pokmas.imports import rehearsal

    rehearsal.rehearse(claim)


@job(COMPARE, label=_("Mencocokkan daftar lama"))
def compare(claim) -> None:
    from pokmas.imports import rehearsal

    rehearsal.compare(claim)


@job(WRITE, label=_("Memasukkan daftar lama"))
def write(claim) -> None:
    from pokmas.imports import writing

    writing.write(claim)


@job(UNDO, label=_("Membatalkan daftar lama"))
def undo(claim) -> None:
    from pokmas.imports import writing

    writing.take_back(claim)


@shared_task
def sweep() -> None:
    from django.utils import timezone

    from pokmas.imports import services

    services.sweep(timezone.now())
