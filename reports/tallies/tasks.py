"""What workers do for the sums by month by the clock."""

from celery import shared_task


@shared_task
def fold() -> None:
    from reports.tallies import services

    services.fold()


@shared_task
def check() -> None:
    from reports.tallies import services

    services.check()
