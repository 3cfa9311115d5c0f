from django.apps import AppConfig

from pokmas.server.rooms import collect


class CalendarConfig(AppConfig):
    name = "pokmas.calendar"
    label = "calendar"

    def ready(self):
        collect("events")
