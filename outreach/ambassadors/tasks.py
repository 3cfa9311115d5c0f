from celery import shared_task


@shared_task
def tell_of_days() -> None:
    from outreach.ambassadors import services

    services.tell_of_ends()
    services.tell_of_late()


@shared_task
def forget_phones() -> None:
    from outreach.ambassadors import services

    services.forget_phones()
