"""The one table of steps: what may be done to a record, at which status, by whom.

A room says its steps in its steps.py; they stand in `STEPS` of the record's model:

    Agreement.STEPS.add(
        Step(
            "sign",
            to=Status.SIGNED,
            at={Status.READY_TO_SIGN},
            permission="agreements.sign_agreement",
            service=services.sign,
            form=SignForm,
            label=_("Catat penandatanganan"),
            done=_("Kerja sama sudah ditandatangani."),
            turns={Status.READY_TO_SIGN: Turn(_("Tandatangani …"), 14, watch=REGION)},
        )
    )

Buttons, the pages of steps, "whose turn", what waits for a person, late notices and the
tests read this table; services begin with `record.begin("sign", by=by)`, which refuses
what it does not allow.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from django.db.models import F, Q
from django.utils.functional import Promise

Words = str | Promise


class Watch(Enum):
    """Who is told, once, that a turn is late: `offices.oversee_turn` held there."""

    UNIT = "unit"
    REGION = "regional"


@dataclass(frozen=True)
class Turn:
    """What must be done at a status, within how many days, and what happens else."""

    act: Words
    days: int
    otherwise: Words = ""
    watch: Watch | None = None
    # What must be done first where the record came back and is as it was.
    mend: Words = ""
    # What brought the turn here, beside the status itself.
    because: Callable[..., Words] = lambda record: ""


@dataclass(frozen=True)
class When:
    """A condition beyond status and permission, said once for rows and for one record.

    `rows` gives the condition in the database, `holds` the same of a record at hand, or
    None where only the database knows; `refusal` is what a person reads whom it keeps
    from the step.
    """

    rows: Callable[..., Q]
    holds: Callable[..., bool] | None
    refusal: Words
    # Until it holds nobody's turn has come; else making it hold is part of the turn.
    is_awaited: bool = True
    # From when it will hold, in words, where that is only a matter of time.
    begins: Callable[..., Words] = lambda record: ""
    # Whether somebody who acts in a role could meet it: turn cards name no others.
    suits: Callable[..., bool] = lambda record, role: True


@dataclass(frozen=True)
class Reckoned:
    """A day that no column holds: in the database, and the same of a record at hand."""

    rows: Callable[[], object]
    of: Callable[..., date]


@dataclass(frozen=True)
class Call:
    """A turn to which a day calls, whatever the status: what must be done, the last day
    for it (a column, or reckoned), if there is one, and how many days ahead it begins
    at the earliest. It is a turn while `when` holds.
    """

    act: Words
    when: When
    until: str | Reckoned = ""
    days: int = 0
    otherwise: Words = ""
    watch: Watch | None = None
    mend: Words = ""
    because: Callable[..., Words] = lambda record: ""

    @property
    def last_day(self):
        """An expression over the rows."""
        return self.until.rows() if isinstance(self.until, Reckoned) else F(self.until)

    def last_day_of(self, record) -> date | None:
        if isinstance(self.until, Reckoned):
            return self.until.of(record)
        return getattr(record, self.until) if self.until else None


@dataclass(frozen=True)
class Step:
    """One thing a person may do to a record."""

    name: str
    # The word on the button, and the heading of the page that asks.
    label: Words
    permission: str = ""
    # Where it leads, if it moves the record; `at` where it begins, if not wherever the
    # table of transitions allows that move.
    to: str | Iterable[str] = ()
    at: Iterable[str] = ()
    # service(record, *, by, **answers of the form)
    service: Callable | None = None
    form: type | None = None
    title: Words = ""
    button: Words = ""
    # Said when it is done; a service that returns words says them itself.
    done: Words = ""
    # Where one goes on when it is done, by the record and the person; else to its page.
    onward: Callable[..., object] = lambda record, user: record
    # A button that asks first: the question, and what will happen.
    question: Words = ""
    warning: Words = ""
    icon: str = ""
    # Ends something or cannot be taken back: stands apart, never the first choice.
    is_danger: bool = False
    # The next thing to do at a status where nobody has to act.
    is_main: bool = False
    # Of such a step, or one that mends: whether it leads at this very record.
    leads: Callable[..., bool] = lambda record: True
    # Whether this very record needs it before what its status awaits.
    prepares: Callable[..., bool] = lambda record: False
    # Belongs to the next thing: stands beside its button, not in the menu.
    is_beside: bool = False
    needs_reason: bool = False
    # The first thing to do with a record that came back, until it is changed; of
    # several one that leads, and the others stand beside it.
    mends: bool = False
    # Two-person rule: who is named in one of these fields acted before.
    not_by: tuple[str, ...] = ()
    # Also for whom represents the partner concerned; all others are officers' steps.
    for_partner: bool = False
    when: tuple[When, ...] = ()
    turns: Mapping[str, Turn] = field(default_factory=dict)
    # Awaited beside what the status awaits, and before it.
    call: Call | None = None
    # The name of its view, if that is not among the pages of the record.
    url: str = ""
    # The view takes no record: its number is sent as this word of the query.
    query: str = ""
    # What to consider first, said where it asks: warnings, never a block.
    cautions: Callable[..., Iterable[Words]] = lambda record: ()
    # How its button reads at some statuses, and where what it makes stands already.
    labels: Mapping[str, Words] = field(default_factory=dict)
    reads: Callable[..., Words] = lambda record: ""
    # Offered on the record's own parts (a row of a table), not among its buttons.
    is_inside: bool = False

    @property
    def asks(self) -> bool:
        """Whether it has a page with questions; else it is a button."""
        return self.form is not None or self.service is None

    @property
    def targets(self) -> frozenset[str]:
        """Where it may lead."""
        return frozenset([self.to] if isinstance(self.to, str) else self.to)

    @property
    def called(self) -> "Step":
        """Without the condition that its call has asked for already."""
        if self.call is None:
            return self
        return replace(self, when=tuple(w for w in self.when if w != self.call.when))

    def label_of(self, record) -> Words:
        return self.reads(record) or self.labels.get(record.status, self.label)


class Steps:
    """The steps of one model, in the order in which its rooms said them."""

    def __init__(self, model):
        self.model = model
        self._steps: dict[str, Step] = {}

    def add(self, *steps: Step) -> None:
        for step in steps:
            if step.name in self._steps:
                raise ValueError(f"{self.model.__name__} has a step {step.name}")
            for status in step.turns:
                if self.turn_at(status) is not None:
                    raise ValueError(f"Two steps are awaited at {status}")
            self._steps[step.name] = step

    def __getitem__(self, name: str) -> Step:
        return self._steps[name]

    def __iter__(self) -> Iterator[Step]:
        return iter(self._steps.values())

    def statuses(self, step: Step) -> frozenset[str]:
        """Where it may begin."""
        if step.at:
            return frozenset(step.at)
        return frozenset(
            status
            for status, following in self.model.TRANSITIONS.items()
            if step.targets & set(following)
        )

    def awaited_at(self, status: str) -> Step | None:
        """The step that somebody must take at this status."""
        return next((step for step in self if status in step.turns), None)

    def calling(self) -> list[Step]:
        """Those to which a day calls."""
        return [step for step in self if step.call is not None]

    def called(self, step: Step, user=None) -> Q:
        """The rows for which the day of such a step has come."""
        return Q(status__in=self.statuses(step)) & step.call.when.rows(user)

    def awaiting(self, step: Step, user=None) -> Q:
        """The rows at which it is this step that somebody must take."""
        if step.call is not None:
            return self.called(step, user)
        return self.awaiting_by_status(step, user)

    def awaiting_by_status(self, step: Step, user=None) -> Q:
        """Those at its statuses to which no day calls for another one."""
        awaited = Q(status__in=list(step.turns))
        for other in self.calling():
            if self.statuses(other) & set(step.turns):
                awaited &= ~self.called(other, user)
        return awaited

    def turn_at(self, status: str) -> Turn | None:
        step = self.awaited_at(status)
        return step and step.turns[status]
