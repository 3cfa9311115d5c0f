"""What the tests of the whole house must know of this room."""

from datetime import date

from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from tests.factories import DocumentFactory, GuidelineFactory
from tests.house.access import (
    HEAD,
    HQ,
    KANWIL,
    KANWIL_HEAD,
    OPERATOR,
    PARTNER,
    REVIEWER,
    WITH_PARTNER,
    form,
    get,
)
from tests.pokmas.documents.corpus import pdf, upload

WRITERS = {HQ, KANWIL_HEAD, KANWIL, REVIEWER}
# A draft of the Kanwil is nobody else's.
OF_DRAFTS = {KANWIL_HEAD, KANWIL, REVIEWER}

ACCESS = {
    "reports:guideline_index": get(WITH_PARTNER),
    "reports:guideline_create": form(WRITERS),
    "reports:guideline_detail": get(WITH_PARTNER, "guideline"),
    "reports:guideline_acknowledge": form({HEAD, OPERATOR, PARTNER}, "guideline"),
    "reports:guideline_units": get(WRITERS, "guideline"),
    "reports:guideline_partners": get(WRITERS, "guideline"),
    "reports:guideline_revise": form(WRITERS, "guideline"),
    "reports:guideline_remind": form({HQ, KANWIL_HEAD, KANWIL}, "guideline"),
    "reports:guideline_withdraw": form({HQ, KANWIL_HEAD, KANWIL}, "guideline"),
    "reports:guideline_change": form(OF_DRAFTS, "guideline_draft"),
    "reports:guideline_publish": form({KANWIL_HEAD, KANWIL}, "guideline_draft"),
    "reports:guideline_discard": form(OF_DRAFTS, "guideline_draft"),
}
MARKED = {
    "guideline": ["title", "about", "letter_number"],
    "guideline_draft": ["title", "about", "letter_number"],
}


def rows(world):
    by = world.people[Role.REGIONAL_ADMIN]
    made = {}
    for name, status in (("guideline", "published"), ("guideline_draft", "draft")):
        file = documents.store(upload("pedoman.pdf", pdf()), by=by)
        made[name] = GuidelineFactory(
            office=world.unit.region, status=status, file=file, created_by=by
        )
    return made


def variants(world):
    first = world.records["guideline"]
    return [
        GuidelineFactory(office=first.office, status="withdrawn"),
        GuidelineFactory(office=first.office, status="discarded"),
        GuidelineFactory(
            office=first.office,
            status="published",
            previous=GuidelineFactory(
                office=first.office,
                status="replaced",
                in_force_until=date(2026, 2, 28),
            ),
            origin=first,
            version=2,
            changes="Bab III baru.",
            in_force_from=date(2026, 3, 1),
            word=DocumentFactory(),
        ),
    ]


VARIANTS = {"guideline": variants}
