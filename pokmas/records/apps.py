from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "pokmas.records"
    label = "records"
