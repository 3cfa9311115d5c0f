"""What workers do for partners by the clock."""

from celery import shared_task


@shared_task
def tell_of_lapsing_papers() -> None:
    from partners.registry import lapsing

    lapsing.tell_of_lapsing_papers()
