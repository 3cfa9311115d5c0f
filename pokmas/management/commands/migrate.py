from django.core.management.commands import migrate

from pokmas.server.owner import as_owner


class Command(migrate.Command):
    """Django's, in the hands of the role that owns the tables."""

    def handle(self, *args, **options):
        with as_owner():
            return super().handle(*args, **options)
