from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "pokmas.health"
    label = "health"
