"""What the tests of the whole house must know of this room."""

from tests.agreements.discussion.factories import TextCommentFactory
from tests.agreements.register.house import WRITERS
from tests.agreements.texts.factories import TextVersionFactory
from tests.agreements.texts.files import next_version
from tests.factories import AgreementFactory
from tests.house.access import (
    HEAD,
    HQ,
    KANWIL,
    KANWIL_HEAD,
    OPERATOR,
    PARTNER,
    PARTNER_WRITERS,
    REVIEWER,
    form,
    post,
)

TALKERS = {OPERATOR, HEAD, KANWIL, KANWIL_HEAD, REVIEWER, HQ, *PARTNER_WRITERS}

ACCESS = {
    "agreements:ask_partner": form(WRITERS, "discussed"),
    "agreements:record_answer": form(WRITERS, "discussed"),
    "agreements:answer_text": form({PARTNER}, "discussed"),
    "agreements:propose_text": form({PARTNER}, "discussed"),
    "agreements:comment_text": form(TALKERS, "discussed"),
    "agreements:resolve_comment": post(TALKERS, "comment"),
}
AT = {"agreements:propose_text": {"file": next_version()}}
MARKED = {"discussed": ["title"], "comment": ["text"]}


def rows(world):
    agreement = AgreementFactory(
        office=world.unit,
        partner=world.records["partner"],
        status="discussion",
        partner_due_by=world.unit.today,
    )
    text = TextVersionFactory(agreement=agreement, is_printed=True)
    return {
        "discussed": agreement,
        "comment": TextCommentFactory(agreement=agreement, version=text),
    }
