from django.apps import AppConfig

from pokmas.server.rooms import collect


class ImportsConfig(AppConfig):
    name = "pokmas.imports"
    label = "imports"

    def ready(self):
        collect("sheets")
