"""What a person does to the own account: profile and consents."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import Consent, ConsentText, User
from pokmas.accounts.services.people import end_sessions
from pokmas.audit.models import Entry
from pokmas.records.constraints import in_words
from pokmas.server.rooms import collect


@transaction.atomic
def update_profile(person: User, *, full_name: str, phone: str) -> None:
    person.full_name, person.phone = full_name, phone
    person.full_clean()
    person.save(update_fields=["full_name", "phone"])
    Entry.record(person, "user.changed", person)


@in_words()
@transaction.atomic
def give_consent(person: User, text: ConsentText) -> Consent:
    consent = Consent(user=person, text=text)
    consent.validate_constraints()
    consent.save()
    Entry.record(person, "consent.given", person, text=str(text))
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: User) -> bool:
    """Take the consent back. Returns whether this closed the account.

    Without it nothing of a partner or volunteer may be processed (UU 27/2022, article
    9); whoever still serves as an officer keeps his account for that duty alone.
    """
    consent = Consent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
    if consent.user != by:
        raise ValidationError(_("Hanya pemiliknya yang dapat menarik persetujuan."))
    if consent.withdrawn_at is not None:
        raise ValidationError(_("Persetujuan ini sudah ditarik."))
    consent.withdrawn_at = timezone.now()
    consent.save(update_fields=["withdrawn_at"])
    Entry.record(by, "consent.withdrawn", by, text=str(consent.text))
    for room in collect("withdrawals"):
        room.withdrawn(by, consent.text.purpose)
    if consent.text.purpose != ConsentText.ACCOUNT:
        return False
    now = timezone.now()
    for assignment in by.assignments.not_over():
        if assignment.is_community:
            assignment.ended_at = now
            assignment.ends_on = max(assignment.office.today, assignment.starts_on)
            assignment.save(update_fields=["ended_at", "ends_on"])
    if by.assignments.not_over().exists():
        return False
    by.is_active = False
    by.save(update_fields=["is_active"])
    end_sessions(by)
    return True


def choose_language(user: User, language: str) -> None:
    """Write to this person in `language` from now on, if the portal speaks it."""
    if language in dict(settings.LANGUAGES) and language != user.language:
        user.language = language
        user.save(update_fields=["language"])
