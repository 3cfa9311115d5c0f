from django.apps import AppConfig

from pokmas.server.rooms import collect


class ReferenceConfig(AppConfig):
    name = "pokmas.reference"
    label = "reference"

    def ready(self):
        collect("reference")
