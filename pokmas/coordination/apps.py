from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "pokmas.coordination"
    label = "coordination"
