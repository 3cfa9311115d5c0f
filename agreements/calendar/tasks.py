from celery import shared_task


@shared_task
def remind_of_months() -> None:
    from agreements.calendar import services

    services.remind_of_months()
