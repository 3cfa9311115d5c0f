"""What a text states of an agreement, and who hears that it changed."""

from django.dispatch import Signal

from agreements.register.models import Agreement
from pokmas.accounts.models import User

# What the parties agree on; the rest of a record says how far it is.
STATED = (
    *("title", "kind", "starts_on", "ends_on", "urgency", "form", "subject"),
    *("our_signatory", "our_position", "our_capacity", "our_nip", "our_authority"),
    *("partner_signatory", "partner_position", "partner_authority"),
)
# Sent within the transaction with `agreement` and `by`; answered with words.
data_changed = Signal()


def follow(agreement: Agreement, *, by: User) -> str:
    """What became of its text, in words; none where that stays as it is."""
    said = data_changed.send(Agreement, agreement=agreement, by=by)
    return " ".join(words for _receiver, words in said if words)
