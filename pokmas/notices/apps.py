from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NoticesConfig(AppConfig):
    name = "pokmas.notices"
    label = "notices"

    def ready(self):
        autodiscover_modules("messages")
