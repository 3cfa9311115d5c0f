"""The consent texts that the portal begins with."""

from pokmas.accounts import consent_texts


def fill(apps, schema_editor=None):
    model = apps.get_model("accounts", "ConsentText")
    consent_texts.load(model, consent_texts.ACCOUNT)
