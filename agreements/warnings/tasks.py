from celery import shared_task


@shared_task
def warn_of_ends() -> None:
    from agreements.warnings import services

    services.warn_of_ends()
