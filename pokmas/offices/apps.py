from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "pokmas.offices"
    label = "offices"
