from django.core.management.commands import migrate

from pokmas.server.owner import as_owner


class Command(migrate.Command):
    """Django's, in the hands of the role that owns the tables.

    The checks before it too: in a restored database the portal has no right yet.
    """

    def execute(self, *args, **options):
        with as_owner():
            return super().execute(*args, **options)
