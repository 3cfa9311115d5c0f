from celery import shared_task


@shared_task
def read_scans() -> None:
    from agreements.archive import services

    services.read_unread()
