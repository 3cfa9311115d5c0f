"""The parts of a record's page of which one is open: plain links."""

from dataclasses import dataclass

from pokmas.records.steps import Words


@dataclass(frozen=True)
class Tab:
    name: str
    label: Words
    is_open: bool
    count: int | None = None

    @property
    def url(self) -> str:
        return f"?tab={self.name}#tabs"


def tabs_of(request, *parts: tuple) -> list[Tab]:
    """`parts` are (name, label) or (name, label, count); the first one is open."""
    names = [part[0] for part in parts]
    asked = request.GET.get("tab")
    opened = asked if asked in names else next(iter(names), None)
    return [Tab(name, label, name == opened, *count) for name, label, *count in parts]


def opened(tabs: list[Tab]) -> str:
    return next((tab.name for tab in tabs if tab.is_open), "")
