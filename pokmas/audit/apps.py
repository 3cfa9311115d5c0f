from django.apps import AppConfig

from pokmas.server.rooms import collect


class AuditConfig(AppConfig):
    name = "pokmas.audit"
    label = "audit"

    def ready(self):
        # Each room may say in its trail.py how people call its actions.
        collect("trail")
