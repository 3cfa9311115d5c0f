from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        # Adds to the list of a floor below.
        from reports.health import columns  # noqa: F401
