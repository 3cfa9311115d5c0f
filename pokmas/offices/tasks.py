"""What Celery calls for offices."""

from celery import shared_task


@shared_task
def apply_due_changes() -> None:
    """Let every reorganisation whose day has come take effect; harmless to repeat."""
    from pokmas.offices import reorganisation

    reorganisation.apply_due()
