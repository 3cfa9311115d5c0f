from django.apps import AppConfig


class PokmasConfig(AppConfig):
    name = "pokmas"

    def ready(self):
        # Here and not in __init__, which the launcher imports with nothing installed.
        from pokmas import celery  # noqa: F401
        from pokmas.server import checks, errors, historical, logs  # noqa: F401
        from pokmas.server.rooms import collect

        errors.begin()
        logs.begin()
        collect("steps")
