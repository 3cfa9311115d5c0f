"""What ends when a person takes back a consent that volunteers give."""

from partners.volunteers import services
from partners.volunteers.first import VOLUNTEER
from pokmas.accounts.models import ConsentText, User


def withdrawn(user: User, purpose: str) -> None:
    if purpose in {ConsentText.ACCOUNT, VOLUNTEER}:
        services.stop_processing(user)
