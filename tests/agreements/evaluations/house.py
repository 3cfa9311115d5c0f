"""What the tests of the whole house must know of this room."""

from datetime import date, timedelta

from tests.agreements.register.house import HEADS, WRITERS
from tests.factories import AgreementFactory, EvaluationFactory, UserFactory
from tests.house.access import OFFICERS, form, get

ACCESS = {
    "agreements:evaluate": form(WRITERS, "evaluable"),
    "agreements:report_end": form(WRITERS, "evaluable"),
    "agreements:confirm_evaluation": form(HEADS, "evaluated"),
    "agreements:evaluation": get(OFFICERS, "evaluation"),
}
ANSWERS = {"wanted_0": "Hasil uji", "state_0": None, "proof_0": "Foto uji"}
MARKED = {"evaluation": ["benefit", "problems", "comment"]}


def rows(world):
    partner = world.records["partner"]
    today = world.unit.today
    # Its first year is over soon, and it ends not long after.
    evaluable, evaluated = (
        AgreementFactory(
            office=world.unit, partner=partner, status="signed", kind=kind, **days
        )
        for kind, days in {
            "pks": {
                "signed_on": today - timedelta(days=360),
                "starts_on": today - timedelta(days=360),
                "ends_on": today + timedelta(days=60),
            },
            "mou": {},
        }.items()
    )
    evaluation = EvaluationFactory(
        agreement=evaluated,
        comment="Penjelasan uji",
        problems="Kendala uji",
        submitted_by=UserFactory(),
    )
    return {"evaluable": evaluable, "evaluated": evaluated, "evaluation": evaluation}


def _judged(world, text, **more):
    agreement = AgreementFactory(
        office=world.unit,
        partner=world.records["partner"],
        status="signed",
        title=text[:200],
    )
    world.records["partner"].name = text[:150]
    world.records["partner"].save()
    return EvaluationFactory(
        agreement=agreement,
        status="confirmed",
        comment=text,
        benefit=text,
        problems=text,
        **{"times": 8, "fulfilled": 5, "target": 1200, "served": 640, **more},
    )


def _final(world, text):
    row = _judged(world, text, kind="final", due_on=date(2027, 1, 9))
    for place, state in enumerate(("achieved", "partly", "missed")):
        row.outcomes.create(
            order=place,
            wanted=text[:300],
            state=state,
            proof=text[:300],
            remains="" if state == "achieved" else text[:300],
        )
    return row


PAPERS = {"agreements.evaluation": _judged, "agreements.end_report": _final}
