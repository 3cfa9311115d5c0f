"""What Celery calls: seal what is new, check what was sealed, send the head away."""

from celery import shared_task


@shared_task
def seal_trail() -> None:
    from pokmas.audit import chain, services

    chain.seal_all()
    services.inspect_what_waits()


@shared_task
def check_when_asked() -> None:
    from pokmas.audit import services

    services.inspect_what_waits()


@shared_task
def check_nightly() -> None:
    from pokmas.audit import services

    services.begin_night()
    services.inspect_what_waits()


@shared_task
def send_head() -> None:
    from pokmas.audit import witnesses

    witnesses.send_head()
