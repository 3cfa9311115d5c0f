from django.apps import AppConfig

from pokmas.server.rooms import collect


class AgreementsConfig(AppConfig):
    name = "agreements"

    def ready(self):
        # Each room may say in its parts.py what it shows on an agreement's page.
        collect("parts")
        # What rooms above know of what was done in it, in their proofs.py.
        collect("proofs")
        # … in its signed.py what else the signing of one does, and in its falls.py
        # what goes with one that is suspended or ended.
        collect("signed")
        collect("falls")
