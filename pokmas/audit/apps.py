from django.apps import AppConfig
from django.db.models.signals import post_migrate

from pokmas.server.rooms import collect


class AuditConfig(AppConfig):
    name = "pokmas.audit"
    label = "audit"

    def ready(self):
        # Each room may say in its trail.py how people call its actions.
        collect("trail")
        from pokmas.audit import grants

        post_migrate.connect(grants.apply, sender=self)
