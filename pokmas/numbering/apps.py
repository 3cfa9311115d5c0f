from django.apps import AppConfig


class NumberingConfig(AppConfig):
    name = "pokmas.numbering"
    label = "numbering"
