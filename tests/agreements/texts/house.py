"""What the tests of the whole house must know of this room."""

from agreements.texts.composing import composed
from tests.agreements.register.house import HEADS, WRITERS
from tests.agreements.texts.factories import TextVersionFactory
from tests.agreements.texts.files import next_version
from tests.factories import AgreementFactory, CommunityGroupFactory
from tests.house.access import WITH_PARTNER, form, get

ACCESS = {
    "agreements:make_text": form(WRITERS, "agreement"),
    "agreements:upload_text": form(WRITERS, "written"),
    "agreements:text": get(WITH_PARTNER, "text"),
    "agreements:text_changes": get(WITH_PARTNER, "text"),
    "agreements:text_word": get(WITH_PARTNER, "text"),
    "agreements:text_srikandi": get({*HEADS, *WRITERS}, "text"),
    "agreements:text_pdf": get(WITH_PARTNER, "text"),
}
AT = {"agreements:upload_text": {"file": next_version()}}
NOT_SHOWN = {
    "agreements:text_word",
    "agreements:text_srikandi",
    "agreements:text_pdf",
}
MARKED = {"text": ["note"]}


def rows(world):
    agreement = AgreementFactory(
        office=world.unit, partner=world.records["partner"], status="discussion"
    )
    first = TextVersionFactory(agreement=agreement, number=1, is_printed=True)
    text = TextVersionFactory(
        agreement=agreement, number=2, base=first, is_printed=True
    )
    return {"text": text, "written": agreement}


def version(world, text):
    """With all that people type, in a group, and of more words than a page."""
    agreement = AgreementFactory(
        office=world.unit,
        partner=world.records["partner"],
        group=CommunityGroupFactory(office=world.unit, name=text[:150]),
        title=text[:200],
        urgency=text[:2000],
        form=text[:2000],
        subject=f"1. {text[:1900]}\n2. {text[:1900]}",
        our_signatory=text[:120],
        our_position=text[:120],
        partner_signatory=text[:120],
        partner_position=text[:120],
    )
    said = composed(agreement, world.unit.today)
    return TextVersionFactory(agreement=agreement, text=said.as_json())


PAPERS = {"agreements.text": version}
