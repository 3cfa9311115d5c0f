from celery import shared_task


@shared_task
def tell_readers() -> None:
    from reports.guidelines import telling

    telling.tell_readers()
