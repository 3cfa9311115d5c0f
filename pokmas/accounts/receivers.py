"""What allauth tells only by signal: second factors set up, or not passed."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.signals import authentication_failed, authenticator_added
from django.dispatch import receiver

from pokmas.accounts.backends import SECOND_FACTORS
from pokmas.accounts.models import SignIn
from pokmas.accounts.services import sign_ins


@receiver(authenticator_added)
def proves_it_in_this_session(request, user, authenticator, **kwargs):
    """Whoever has just set up a second factor has shown it, too."""
    if authenticator.type in SECOND_FACTORS:
        record_authentication(request, user, "mfa", type=authenticator.type)


@receiver(authentication_failed)
def goes_into_the_history(request, user, **kwargs):
    sign_ins.record(request, user, SignIn.Outcome.WRONG_CODE)
