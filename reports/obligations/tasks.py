from celery import shared_task


@shared_task
def tell_of_due() -> None:
    from reports.obligations import reminding

    reminding.tell_of_due()
