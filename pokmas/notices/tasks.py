"""What Celery calls: send what is due, and tell of what the floors below found."""

from celery import shared_task


@shared_task
def send_due_notices() -> None:
    from pokmas.notices import sending, services, telling

    telling.settle_overtaken()
    services.tell_of_failed_jobs()
    sending.send_mails()
    sending.send_texts()


@shared_task
def send_due_digests() -> None:
    from pokmas.notices import sending

    sending.send_digests()


@shared_task
def watch_the_trail() -> None:
    from pokmas.notices import services

    services.warn_of_trail_faults()
    services.warn_of_late_checks()


@shared_task
def watch_the_backups() -> None:
    from pokmas.notices import services

    services.warn_of_backups()


@shared_task
def tell_of_infected_files() -> None:
    from pokmas.notices import services

    services.tell_of_infected_files()


@shared_task
def tell_of_office_changes() -> None:
    from pokmas.notices import offices

    offices.tell_of_office_changes()
    offices.tell_of_closed_requests()


@shared_task
def tell_of_late_turns() -> None:
    from pokmas.notices import telling

    telling.tell_of_late_turns()
