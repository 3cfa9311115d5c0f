from django.apps import AppConfig

from pokmas.server.rooms import collect


class AgreementsConfig(AppConfig):
    name = "agreements"

    def ready(self):
        # Each room may say in its parts.py what it shows on an agreement's page.
        collect("parts")
        # … in its signed.py what else the signing of one does, and in its falls.py
        # what goes with one that is suspended or ended.
        collect("signed")
        collect("falls")
