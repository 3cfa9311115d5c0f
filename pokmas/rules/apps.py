from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "pokmas.rules"
    label = "rules"
