"""The evidence card of an agreement: each element as it stands today."""

from dataclasses import dataclass

from django.db.models import FilteredRelation, Q

from agreements.proofs.known import Fact, facts_of
from agreements.proofs.models import TONES, ProofAnswer, ProofElement, State
from agreements.register.models import Agreement
from pokmas.words import dates

# The better one counts.
WORTH = {State.UNMET: 0, State.PARTLY: 1, State.MET: 2}


@dataclass(frozen=True)
class Line:
    element: ProofElement
    fact: Fact | None
    answer: ProofAnswer | None
    # What stood there on the day of the baseline, if it was an element by then.
    then: dict | None = None

    @property
    def state(self) -> State:
        told = self.fact.state if self.fact else State.UNMET
        if not self.is_answered:
            return State(told)
        return max(State(told), State(self.answer.state), key=WORTH.get)

    @property
    def is_answered(self) -> bool:
        """Whether an officer's word counts here."""
        return self.answer is not None and self.element.is_typed

    @property
    def is_overruled(self) -> bool:
        """Whether an officer knows more than the records."""
        return (
            self.is_answered and self.fact is not None and self.fact.state != self.state
        )

    @property
    def may_be_typed(self) -> bool:
        is_known = self.fact is not None and self.fact.state == State.MET
        return self.element.is_typed and not is_known

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def status_label(self) -> str:
        return self.state.label

    @property
    def text(self) -> str:
        """Fact and answer in one."""
        told = [self.fact.text] if self.fact and not self.is_overruled else []
        if self.is_answered:
            told.append(f"{self.answer.note} ({self.signed})")
        return " ".join(told)

    @property
    def signed(self) -> str:
        answer = self.answer
        return f"{answer.answered_by}, {dates.date_long(answer.answered_on)}"

    @property
    def then_state(self) -> str:
        return State(self.then["state"]).label if self.then else ""

    def frozen(self) -> dict:
        return {
            "element": self.element.pk,
            "name": self.element.name,
            "least": self.element.least,
            "state": self.state.value,
            "text": self.text,
        }


@dataclass(frozen=True)
class Card:
    lines: list[Line]

    @property
    def met(self) -> int:
        return sum(line.state == State.MET for line in self.lines)

    @property
    def known(self) -> int:
        """How many the records answer by themselves."""
        return sum(
            line.fact is not None and line.fact.state == State.MET
            for line in self.lines
        )

    @property
    def then(self) -> int:
        return sum(
            line.then is not None and line.then["state"] == State.MET
            for line in self.lines
        )

    @property
    def open(self) -> list[Line]:
        """Those that an officer may answer."""
        return [line for line in self.lines if line.may_be_typed]


def card_of(agreement: Agreement) -> Card:
    baseline = getattr(agreement, "proof_baseline", None)
    return Card(_lines(agreement, baseline.lines if baseline else []))


def open_lines(agreement: Agreement) -> list[Line]:
    """Those that an officer may answer, without how it began."""
    return Card(_lines(agreement, [])).open


def _lines(agreement, began):
    facts = facts_of(agreement)
    then = {line["element"]: line for line in began}
    return [
        Line(
            element,
            facts.get(element.code),
            getattr(element, "said", None),
            then.get(element.pk),
        )
        for element in _answered(agreement)
    ]


def _answered(agreement):
    """The elements, each with its answer for this agreement, if there is one."""
    own = Q(answers__agreement=agreement)
    rows = ProofElement.objects.in_use().annotate(
        said=FilteredRelation("answers", condition=own)
    )
    return rows.select_related("said__answered_by", "said__file")
