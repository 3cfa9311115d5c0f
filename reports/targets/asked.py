"""Which office and which time a page of targets is about, and the way to others."""

from datetime import date
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404
from django.urls import reverse

from pokmas.accounts.models import User
from pokmas.offices.models import Office
from pokmas.server.outside import whole_number
from reports.figures.periods import Kind, Period

YEARS = range(2015, 2100)


def period_asked(said: dict, today: date, kind: Kind = Kind.YEARLY) -> Period:
    """The one that is asked for, else the running one of this kind."""
    try:
        found = Period.read(said.get("period", ""))
    except ValueError:
        return Period.of(kind, today)
    return found if found.first.year in YEARS else Period.of(kind, today)


def office_asked(said: dict, user: User) -> Office:
    """The one that is asked for, else that of whoever looks; with its parents."""
    own = user.acting.office
    asked = said.get("office")
    if not asked or whole_number(asked) == own.pk:
        return own
    rows = Office.objects.visible_to(user).select_related("region", "parent")
    return get_object_or_404(rows, pk=whole_number(asked) or 0)


class Asked:
    """A page about an office in a period; `route` is its name."""

    route: str

    def __init__(self, office: Office, period: Period, user: User):
        self.office, self.period, self.user = office, period, user

    def address(self, route: str = "", /, **asked) -> str:
        """Of another page with `route`, about the same office and time."""
        said = {"office": self.office.pk, "period": self.period.code} | asked
        kept = {name: value for name, value in said.items() if value}
        if kept.get("office") == self.user.acting.office_id:
            del kept["office"]
        return f"{reverse(route or self.route)}?{urlencode(kept)}"

    @property
    def kinds(self) -> list[tuple]:
        """Each kind of period with the one in which this one begins."""
        return [
            (
                kind.label,
                self.address(period=self._of_kind(kind).code),
                kind == self.period.kind,
            )
            for kind in reversed(Kind)
        ]

    def _of_kind(self, kind: Kind) -> Period:
        """The latest of that kind that has begun in it."""
        day = min(self.period.last, max(self.office.today, self.period.first))
        return Period.of(kind, day)

    @property
    def before(self) -> tuple[str, str]:
        earlier = self.period.back(1)
        return earlier.name, self.address(period=earlier.code)

    @property
    def after(self) -> tuple[str, str]:
        later = self.period.back(-1)
        return later.name, self.address(period=later.code)

    @property
    def above(self) -> tuple[str, str] | None:
        """The office above, for whoever came down from it."""
        own = self.user.acting.office
        if self.office.pk == own.pk:
            return None
        up = self.office.region if not self.office.is_wide else None
        up = up if up is not None and own.is_above(up) else own
        return up.name, self.address(office=up.pk)

    @property
    def is_running(self) -> bool:
        return self.period.last >= self.office.today
