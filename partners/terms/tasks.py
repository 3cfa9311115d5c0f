from celery import shared_task


@shared_task
def tell_of_ends() -> None:
    from partners.terms import services

    services.tell_of_ends()
