from celery import shared_task


@shared_task
def tell_of_gaps() -> None:
    from agreements.parties import services

    services.tell_of_gaps()


@shared_task
def tell_of_gone_heads() -> None:
    from agreements.parties import services

    services.tell_of_gone_heads()
