from django.apps import AppConfig

from pokmas.server.rooms import collect


class AgreementsConfig(AppConfig):
    name = "agreements"

    def ready(self):
        # Each room may say in its parts.py what it shows on an agreement's page.
        collect("parts")
        # What rooms above know of what was done in it, in their proofs.py.
        collect("proofs")
