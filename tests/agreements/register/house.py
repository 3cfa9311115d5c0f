"""What the tests of the whole house must know of this room."""

from datetime import timedelta

from django.utils import timezone

from agreements.models import Agreement
from tests.agreements.discussion.factories import TextAnswerFactory
from tests.factories import AgreementFactory
from tests.house.access import (
    HEAD,
    HQ,
    KANWIL,
    KANWIL_HEAD,
    OPERATOR,
    REVIEWER,
    WITH_PARTNER,
    form,
    get,
)

# Each for the agreements of his own office.
WRITERS = {OPERATOR, KANWIL, HQ}
HEADS = {HEAD, KANWIL_HEAD, HQ}

ACCESS = {
    "agreements:index": get(WITH_PARTNER),
    "agreements:create": form(WRITERS),
    "agreements:of_partner": get(WITH_PARTNER, "partner"),
    "agreements:end_partnership": form({HEAD, KANWIL_HEAD, HQ}, "partnership"),
    "agreements:detail": get(WITH_PARTNER, "agreement"),
    "agreements:change": form(WRITERS, "agreement"),
    "agreements:discuss": form(WRITERS, "agreement"),
    "agreements:derive": form(WRITERS, "nota"),
    "agreements:drop": form(WRITERS, "agreement"),
    "agreements:submit": form(WRITERS, "agreed"),
    "agreements:reopen": form(WRITERS, "agreement"),
    "agreements:review": form({REVIEWER, HQ}, "in_review"),
    "agreements:sign": form({*WRITERS, *HEADS}, "agreement"),
    "agreements:rectify": form(HEADS, "agreement"),
    "agreements:suspend": form(HEADS, "agreement"),
    "agreements:resume": form(HEADS, "agreement"),
    "agreements:terminate": form(HEADS, "agreement"),
}

MARKED = {
    "agreement": ["title", "subject", "our_signatory", "partner_signatory"],
    "in_review": ["title", "subject"],
    "nota": ["title", "subject"],
}
ANSWERS = {"signed_on": "05-01-2026"}


def rows(world):
    agreed = AgreementFactory(
        office=world.unit, partner=world.records["partner"], status="discussion"
    )
    TextAnswerFactory(agreement=agreed)
    return {
        "agreed": agreed,
        "agreement": AgreementFactory(
            office=world.unit, partner=world.records["partner"], status="discussion"
        ),
        "in_review": AgreementFactory(
            office=world.unit, partner=world.records["partner"], status="legal_review"
        ),
        "nota": AgreementFactory(
            office=world.unit,
            partner=world.records["partner"],
            status="signed",
            kind="joint",
        ),
    }


def agreements(world):
    """At every status; the one that is suspended begins when the signed one ends."""
    end = timezone.localdate() + timedelta(days=100)
    after = {"starts_on": end + timedelta(days=1), "ends_on": end + timedelta(days=99)}
    return [
        AgreementFactory(
            office=world.unit,
            partner=world.records["partner"],
            status=status,
            **after if status == Agreement.Status.SUSPENDED else {"ends_on": end},
        )
        for status in Agreement.TRANSITIONS
    ]


VARIANTS = {"agreement": agreements}
