"""A sheet as it is read: each group with its answers, each trigger with its reason."""

from dataclasses import dataclass
from itertools import groupby

from agreements.feasibility.models import (
    Feasibility,
    FeasibilityAnswer,
    FeasibilityCriterion,
)
from pokmas.records.steps import Words


@dataclass(frozen=True)
class Line:
    """A question, what was answered, and what shows it."""

    text: str
    answer: Words
    note: str
    tone: str = "neutral"


TONES = {2: "good", 1: "warn", 0: "bad"}


def groups_of(sheet: Feasibility) -> list[tuple[Words, list[Line]]]:
    rows = groupby(sheet.criteria, key=lambda each: each.group)
    return [
        (
            FeasibilityCriterion.Group(group).label,
            [_line(sheet, each) for each in criteria],
        )
        for group, criteria in rows
    ]


def _line(sheet, criterion):
    row = sheet.answered.get(criterion.pk)
    if row is None:
        return Line(str(criterion), "", "")
    words = dict(FeasibilityAnswer.SCORES)[row.score]
    return Line(str(criterion), words, row.evidence, TONES[row.score])


def triggers_of(sheet: Feasibility) -> list[Line]:
    """Those that are there."""
    found = [(each, sheet.found.get(each.pk)) for each in sheet.triggers]
    return [
        Line(str(each), "", row.explanation)
        for each, row in found
        if row is not None and row.is_there
    ]
