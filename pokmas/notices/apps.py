from django.apps import AppConfig

from pokmas.server.rooms import collect


class NoticesConfig(AppConfig):
    name = "pokmas.notices"
    label = "notices"

    def ready(self):
        collect("whatsapp")
