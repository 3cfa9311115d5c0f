"""What the tests of the whole house must know of this room."""

from datetime import timedelta

from django.utils import timezone

from agreements.models import Agreement
from tests.factories import AgreementFactory
from tests.house.access import HEAD, OPERATOR, REVIEWER, WITH_PARTNER, form, get

ACCESS = {
    "agreements:index": get(WITH_PARTNER),
    "agreements:create": form({OPERATOR}),
    "agreements:of_partner": get(WITH_PARTNER, "partner"),
    "agreements:end_partnership": form({HEAD}, "partnership"),
    "agreements:detail": get(WITH_PARTNER, "agreement"),
    "agreements:change": form({OPERATOR}, "agreement"),
    "agreements:discuss": form({OPERATOR}, "agreement"),
    "agreements:drop": form({OPERATOR}, "agreement"),
    "agreements:submit": form({OPERATOR}, "agreement"),
    "agreements:reopen": form({OPERATOR}, "agreement"),
    "agreements:review": form({REVIEWER}, "in_review"),
    "agreements:sign": form({HEAD, OPERATOR}, "agreement"),
    "agreements:rectify": form({HEAD}, "agreement"),
    "agreements:suspend": form({HEAD}, "agreement"),
    "agreements:resume": form({HEAD}, "agreement"),
    "agreements:terminate": form({HEAD}, "agreement"),
}

MARKED = {
    "agreement": ["title", "subject", "our_signatory", "partner_signatory"],
    "in_review": ["title", "subject"],
}
ANSWERS = {"signed_on": "05-01-2026"}


def rows(world):
    return {
        "agreement": AgreementFactory(
            office=world.unit, partner=world.records["partner"], status="discussion"
        ),
        "in_review": AgreementFactory(
            office=world.unit, partner=world.records["partner"], status="legal_review"
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
