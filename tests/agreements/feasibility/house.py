"""What the tests of the whole house must know of this room."""

from agreements.models import Feasibility
from tests.agreements.register.house import HEADS, WRITERS
from tests.factories import FeasibilityFactory
from tests.house.access import OFFICERS, form, get

ACCESS = {
    "agreements:feasibility_index": get(OFFICERS),
    "agreements:feasibility_create": form(WRITERS),
    "agreements:feasibility_detail": get(OFFICERS, "sheet"),
    "agreements:feasibility_change": form(WRITERS, "sheet"),
    "agreements:feasibility_answer": form(WRITERS, "sheet"),
    "agreements:feasibility_submit": form(WRITERS, "sheet"),
    "agreements:feasibility_decide": form(HEADS, "sheet_handed_in"),
    "agreements:feasibility_draft": form(WRITERS, "sheet"),
}
# What is said of a criterion or a trigger goes with its answer.
AT = {"agreements:feasibility_answer": {"score_*": "1", "there_*": "on"}}
MARKED = {
    "sheet": ["title", "subject"],
    "sheet_handed_in": ["title", "subject"],
}


def _sheet(world, status, **more):
    return FeasibilityFactory(
        office=world.unit, partner=world.records["partner"], status=status, **more
    )


def rows(world):
    world.unit.head_name = "Kepala Uji"
    world.unit.save(update_fields=["head_name"])
    return {
        "sheet": _sheet(world, "draft"),
        "sheet_handed_in": _sheet(world, "submitted"),
    }


def sheets(world):
    """At every status, all answered."""
    found = [_sheet(world, status) for status in Feasibility.Status]
    for sheet in found:
        for criterion in sheet.criteria:
            sheet.answers.create(criterion=criterion, score=1, evidence="Bukti uji")
    return found


VARIANTS = {"sheet": sheets}


def handed_in(world, text):
    """Typed by people, as far as each field goes."""
    sheet = _sheet(
        world, "submitted", title=text[:200], form=text, subject=text, urgency=text
    )
    for criterion in sheet.criteria:
        sheet.answers.create(criterion=criterion, score=1, evidence=text[:300])
    for trigger in sheet.triggers[:2]:
        sheet.findings.create(trigger=trigger, is_there=True, explanation=text[:300])
    return sheet


PAPERS = {"agreements.feasibility": handed_in}
