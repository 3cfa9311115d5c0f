from django.apps import AppConfig

from pokmas.server.rooms import collect


class JobsConfig(AppConfig):
    name = "pokmas.jobs"
    label = "jobs"

    def ready(self):
        # Whoever enqueues must know the handlers, the web server too.
        collect("tasks")
