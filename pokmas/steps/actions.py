"""The buttons of a record's page: what this very person may do to it now."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from pokmas.records.lifecycle import Lifecycle
from pokmas.records.steps import Step, Words
from pokmas.steps.absent import why_absent


@dataclass(frozen=True)
class Action:
    """One button: it opens a page, or is pressed here, perhaps after a question."""

    step: Step
    label: Words
    url: str
    revision: int | None
    # What is said of this very record before the button is pressed.
    cautions: tuple[Words, ...] = ()

    @property
    def opens(self) -> bool:
        return self.step.asks or bool(self.step.url)

    @property
    def asks_first(self) -> bool:
        return bool(self.step.question)


@dataclass(frozen=True)
class Actions:
    """The one that comes next, what belongs to it, the others, and the ends."""

    first: Action | None
    beside: list[Action]
    others: list[Action]
    dangers: list[Action]
    # Why the one that the turn asks for is not there for this person.
    absent: Words = ""

    def __bool__(self) -> bool:
        offered = self.first or self.beside or self.others or self.dangers
        return bool(offered or self.absent)


def actions_of(record: Lifecycle, user) -> Actions:
    steps = [step for step in record.steps_for(user) if not step.is_inside]
    awaited = record.awaited
    mending = [step for step in steps if step.mends]
    if mending and not record.is_unmended:
        mending = []
    preparing = next((step for step in steps if step.prepares(record)), None)
    first = next((step for step in mending if step.leads(record)), None)
    first = first or preparing or (awaited if awaited in steps else None)
    main = (step for step in steps if step.is_main and step.leads(record))
    first = first or next(main, None)
    rest = [step for step in steps if step is not first]
    beside = [
        step
        for step in rest
        if step.is_beside or step in mending or (preparing and step is awaited)
    ]
    dangers = [step for step in rest if step.is_danger]
    others = [step for step in rest if step not in beside + dangers]
    return Actions(
        first and action_of(record, first),
        *(
            [action_of(record, each) for each in part]
            for part in (beside, others, dangers)
        ),
        absent="" if first else why_absent(record, user),
    )


def action_of(record: Lifecycle, step: Step) -> Action:
    return Action(
        step,
        step.label_of(record),
        address_of(record, step),
        getattr(record, "revision", None),
        tuple(step.cautions(record)) if step.question else (),
    )


def address_of(record: Lifecycle, step: Step, pk: int | None = None) -> str:
    """Where the step is taken: on `record`, or on the one of its kind numbered `pk`."""
    view = step.url or f"{record.URLS}{step.name}"
    pk = pk or record.pk
    if step.query:
        return f"{reverse(view)}?{urlencode({step.query: pk})}"
    return reverse(view, args=[pk])
