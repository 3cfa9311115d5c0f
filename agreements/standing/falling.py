"""What hangs on an agreement and goes with it, unless somebody chooses that it stays.

# outreach/plans/falls.py
FALLS.add(
    Fall(
        "activities",
        _("Kegiatan yang tetap direncanakan"),
        _("Yang tidak dicentang dibatalkan …"),
        rows=lambda agreements, ending: Activity.objects.filter(…),
        fall=services.cancel,
        keep=services.detach,
    )
)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet

from agreements.register.models import Agreement
from pokmas.accounts.models import User
from pokmas.records.steps import Words

# The answer with the numbers of the agreements below that stay.
CHILDREN = "keep_children"
Status = Agreement.Status


@dataclass(frozen=True)
class Fall:
    """Rows that hang on agreements: `rows(agreements, ending)` finds them, `fall` and
    `keep` (row, *, by, reason) do what is chosen for each.
    """

    name: str
    # Of the question which of them stay, and what becomes of the others.
    label: Words
    help: Words
    rows: Callable[[list[Agreement], bool], QuerySet]
    fall: Callable[..., None]
    keep: Callable[..., None]
    say: Callable[[Model], str] = str
    # While it is suspended only, they stay unless somebody lets them fall.
    is_kept_for_a_time: bool = False
    # And what is said of that.
    help_for_a_time: Words = ""
    # What of it comes back with an agreement that is resumed: `fallen(agreement)` finds
    # them, `back(row, agreement, *, by)` does it; `back_label` and `back_help` ask.
    fallen: Callable[[Agreement], QuerySet] | None = None
    back: Callable[..., None] | None = None
    back_label: Words = ""
    back_help: Words = ""

    def told(self, *, ending: bool) -> str:
        more = "" if ending else self.help_for_a_time
        return f"{self.help} {more}".strip()

    @property
    def answer(self) -> str:
        return f"keep_{self.name}"

    @property
    def back_answer(self) -> str:
        return f"back_{self.name}"


class Falls:
    def __init__(self):
        self._falls: dict[str, Fall] = {}

    def add(self, fall: Fall) -> None:
        self._falls[fall.name] = fall

    def __iter__(self):
        return iter(self._falls.values())

    def follow(
        self,
        agreement: Agreement,
        *,
        by: User,
        reason: str,
        ending: bool,
        kept: dict[str, Iterable[int]],
    ) -> None:
        """Let fall, or keep, what hangs on this agreement alone."""
        for fall in self:
            stay = set(kept.get(fall.answer, ()))
            for row in fall.rows([agreement], ending):
                befall = fall.keep if row.pk in stay else fall.fall
                befall(row, by=by, reason=reason)

    def fallen(
        self, agreement: Agreement, chosen: dict[str, Iterable[int]]
    ) -> list[tuple[Fall, Model]]:
        """What was chosen of what fell with a suspended agreement."""
        return [
            (fall, row)
            for fall in self
            if (keys := chosen.get(fall.back_answer))
            for row in fall.fallen(agreement).filter(pk__in=keys)
        ]

    def bring_back(
        self, agreement: Agreement, fallen: list[tuple[Fall, Model]], *, by: User
    ) -> list[str]:
        """Says what could not come back, and why."""
        left = []
        for fall, row in fallen:
            try:
                with transaction.atomic():
                    fall.back(row, agreement, by=by)
            except ValidationError as refusal:
                left.append(f"{fall.say(row)} ({' '.join(refusal.messages)})")
        return left


# Filled by `add` in the rooms' falls.py.
FALLS = Falls()


def below(agreement: Agreement, *, ending: bool) -> QuerySet:
    """The agreements right under it that would stop, or end, with it."""
    statuses = [Status.SIGNED, Status.SUSPENDED] if ending else [Status.SIGNED]
    return agreement.children.filter(status__in=statuses).order_by("pk")


def all_below(agreement: Agreement, *, ending: bool) -> list[Agreement]:
    """Those under it, and under these."""
    found = []
    for child in below(agreement, ending=ending).select_related("partner", "office"):
        found += [child, *all_below(child, ending=ending)]
    return found
