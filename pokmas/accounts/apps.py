from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "pokmas.accounts"
    label = "accounts"

    def ready(self):
        from pokmas.accounts import receivers  # noqa: F401
