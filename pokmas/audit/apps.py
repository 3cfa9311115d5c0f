from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    name = "pokmas.audit"
    label = "audit"

    def ready(self):
        # Each app may say in its words.py how people call its actions.
        autodiscover_modules("words")
