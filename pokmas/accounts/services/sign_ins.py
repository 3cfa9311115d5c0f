"""The history of sign-ins: outcome, address, device."""

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest

from pokmas.accounts.devices import device_name
from pokmas.accounts.models import SignIn, User


def record(request: HttpRequest, person: User, outcome: SignIn.Outcome) -> None:
    SignIn.objects.create(
        user=person,
        outcome=outcome,
        # As far as the trusted proxies say: a forged header counts for nothing.
        address=get_client_ip(request),
        device=device_name(request.META.get("HTTP_USER_AGENT", "")),
    )


def record_failure(request: HttpRequest, email: str) -> None:
    """A wrong password goes to the account's history if there is such an account."""
    person = User.objects.filter(email=email.lower()).first()
    if person is not None:
        record(request, person, SignIn.Outcome.WRONG_PASSWORD)
