from celery import shared_task


@shared_task
def tell_weekly() -> None:
    from reports.home import digest

    digest.tell_weekly()
