from celery import shared_task


@shared_task
def tell_of_moves() -> None:
    from outreach.told import services

    services.tell_of_moves()
