from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "pokmas.jobs"
    label = "jobs"

    def ready(self):
        # Whoever enqueues must know the handlers, the web server too.
        autodiscover_modules("tasks")
