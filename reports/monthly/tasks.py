"""What workers do for reports by the clock."""

from celery import shared_task


@shared_task
def open_owed() -> None:
    from reports.monthly import succession

    succession.open_owed()
