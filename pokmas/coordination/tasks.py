from celery import shared_task


@shared_task
def follow_tasks() -> None:
    from pokmas.coordination import services

    services.release_left()
    services.tell_givers_of_late()
