"""What the head of a region is told of a month, on one page: what was achieved, who is
silent or late, what ends, what to decide."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.models import Agreement
from pokmas.accounts.models import Assignment, User
from pokmas.accounts.roles import Role
from pokmas.offices.models import Office
from pokmas.words import dates
from reports.duties.expected import month_told
from reports.figures.figures import FIGURES, Scope
from reports.figures.periods import Kind, Month, Period
from reports.figures.units import SILENT
from reports.home.beside import TARGETED, Beside, due_url
from reports.home.page import Task, tasks
from reports.home.units import NEVER

TOLD = ["activities", "served", "in_force", "partners", "groups"]
BESIDE = ["now", "before", "year_before"]
# Of each list a page names so many and leads to the rest.
NAMED, DECISIONS, EXAMPLES = 3, 5, 3
# So much of a title, so that a few of them stay on the page.
LONGEST = 80


@dataclass(frozen=True)
class Told:
    """A figure beside the month before, the year before and its target."""

    label: str
    now: int
    before: int
    year_before: int
    url: str
    before_url: str
    year_url: str
    achieved: str = ""

    @property
    def sign(self) -> str:
        if self.now == self.before:
            return "="
        return "▲" if self.now > self.before else "▼"


@dataclass(frozen=True)
class Named:
    """Of whom something is said, by name: each with its words, and the list of all."""

    label: str
    items: list[str]
    url: str
    is_everybody: bool = False

    @property
    def counted(self) -> str:
        return f"{self.label} ({dates.number(len(self.items))})"

    @property
    def first(self) -> str:
        return "; ".join(self.items[:NAMED])

    def within(self, room: int) -> str:
        """As many of them as so many letters hold, at least one."""
        if self.is_everybody:
            return _("semua unit")
        lengths = accumulate(len(each) + 2 for each in self.items)
        shown = max(1, sum(length <= room for length in lengths))
        told, rest = self.items[:shown], len(self.items) - shown
        if rest:
            told = [*told, _("dan %(count)s lagi") % {"count": dates.number(rest)}]
        return "; ".join(told)

    @property
    def rest(self) -> int:
        return max(len(self.items) - NAMED, 0)


class Brief:
    """One region in one month. `viewer` is whose decisions are told."""

    def __init__(self, office: Office, month: Month, viewer: User | None):
        self.office, self.month, self.viewer = office, month, viewer
        self.units = Beside(office, month, with_groups=False)
        self.scope = Scope(office, month)
        # As its lists are asked for: by name, by whoever sees other regions too.
        self.listed = replace(self.scope, is_named=viewer is None)

    @property
    def name(self) -> str:
        return dates.month_year(self.month.first)

    @property
    def heads(self) -> list[str]:
        """Of the months whose figures stand beside each other."""
        return [
            f"{dates.month_short(each.number)} {each.year}"
            for each in (self.month, self.month.back(1), self.month.back(12))
        ]

    # What was achieved

    @cached_property
    def figures(self) -> list[Told]:
        return [
            Told(
                str(FIGURES[code].label),
                *(self._values[f"{code}_{at}"] for at in BESIDE),
                *(FIGURES[code].url(self._listed(at)) for at in BESIDE),
                achieved=self._achieved(code),
            )
            for code in TOLD
        ]

    def _listed(self, at: str) -> Scope:
        return replace(self.listed, period=self._periods[at])

    @property
    def _periods(self) -> dict[str, Month | Period]:
        return {
            "now": self.month,
            "before": self.month.back(1),
            "year_before": self.month.back(12),
            "year": Period.of(Kind.YEARLY, self.month.first),
        }

    @cached_property
    def _values(self) -> dict[str, int]:
        """All of them in one query."""
        asked = {
            f"{code}_{at}": FIGURES[code].subquery(Scope(self.office, period))
            for at, period in self._periods.items()
            for code in (TARGETED if at == "year" else TOLD)
        }
        return Office.objects.filter(pk=self.office.pk).values(**asked).get()

    def _achieved(self, code: str) -> str:
        """Against the target of the month, else of the year, where one stands."""
        if code not in TARGETED:
            return ""
        for kind, at in ((Kind.MONTHLY, "now"), (Kind.YEARLY, "year")):
            if target := self._target(f"{code} {kind}"):
                done = Decimal(self._values[f"{code}_{at}"])
                return _("%(share)s dari %(target)s (%(period)s)") % {
                    "share": dates.percent(done * 100 / target),
                    "target": dates.number(target),
                    "period": self.name if at == "now" else self.month.year,
                }
        return ""

    def _target(self, name: str) -> Decimal | int:
        """That of the region, else what its units' come to."""
        found = self.units.counted[name]
        own = found.get(self.office.pk)
        return own if own is not None else sum(found.values())

    @cached_property
    def reports(self) -> tuple[int, int]:
        """How many came, of how many that are owed by the units."""
        lines = self.units.lines.values()
        return tuple(
            sum(each.count(name) for each in lines) for name in ("here", "expected")
        )

    @property
    def reports_told(self) -> str:
        return self._told_of_reports(map(dates.number, self.reports))

    @property
    def reports_linked(self) -> str:
        """Each of its numbers opens its list."""
        office = self.office if self.listed.is_named else None
        urls = [
            due_url(self.units.report_period, state, office)
            for state in ("here", "expected")
        ]
        numbers = zip(urls, map(dates.number, self.reports), strict=True)
        return mark_safe(
            self._told_of_reports(
                format_html('<a href="{}">{}</a>', *each) for each in numbers
            )
        )

    def _told_of_reports(self, numbers: Iterable[str]) -> str:
        came, owed = numbers
        return _("Laporan %(month)s dari unit: %(came)s masuk dari %(owed)s.") % {
            "month": self.units.report_period.name,
            "came": came,
            "owed": owed,
        }

    # Who is silent or late

    @cached_property
    def behind(self) -> list[Named]:
        period = self.units.report_period.name
        found = [
            self._named(
                _("Tanpa kegiatan lebih dari %(days)s hari") % {"days": SILENT},
                self._silent,
                "silent",
                self.units.silence,
            ),
            self._named(
                _("Belum pernah berkegiatan"),
                lambda unit: None if unit.pk in self.units.silence else "",
                NEVER,
            ),
            self._named(
                _("Laporan %(month)s terlambat") % {"month": period},
                lambda unit: "" if self._is_owing(unit) else None,
                "reports_late",
            ),
            self._named(
                _("Pendaftaran lewat batas"),
                self._overdue,
                "overdue",
                self._waiting,
            ),
        ]
        return [each for each in found if each.items]

    def _named(
        self,
        label: str,
        said: Callable[[Office], str | None],
        only: str,
        numbers: Mapping[int, int] | None = None,
    ) -> Named:
        """The units of which something is said, the most of it first, then by name."""
        offices, most = self.units.offices, numbers or {}
        items = [
            f"{unit.name} ({words})" if words else unit.name
            for unit in sorted(offices, key=lambda each: -most.get(each.pk, 0))
            if (words := said(unit)) is not None
        ]
        asked = {"month": f"{self.month.first:%Y-%m}", "only": only, "units": "all"}
        url = reverse("reports:units", args=[self.office.pk])
        is_everybody = len(items) == len(self.units.offices)
        return Named(label, items, f"{url}?{urlencode(asked)}", is_everybody)

    def _silent(self, unit: Office) -> str | None:
        days = self.units.silence.get(unit.pk, 0)
        if days <= SILENT:
            return None
        return ngettext("%(days)s hari", "%(days)s hari", days) % {"days": days}

    def _is_owing(self, unit: Office) -> bool:
        return self.units.lines[unit.pk].count("late") > 0

    def _overdue(self, unit: Office) -> str | None:
        number = self._waiting.get(unit.pk, 0)
        return dates.number(number) if number else None

    @cached_property
    def _waiting(self) -> dict[int, int]:
        return self.units.by_row(self.units.counted.get("overdue", {}))

    # What ends, what to decide, whom to follow

    @cached_property
    def ending(self) -> Named:
        return self._ending(short)

    @property
    def ending_in_full(self) -> Named:
        return self._ending(str)

    def _ending(self, said: Callable[[str], str]) -> Named:
        figure = FIGURES["expiring"]
        rows: QuerySet[Agreement] = figure.rows(self.scope)
        rows = rows.select_related("office").order_by("ends_on", "pk")
        return Named(
            str(figure.label),
            [
                f"{said(row.title)}, {row.office.name} "
                f"({dates.date_short(row.ends_on)})"
                for row in rows
            ],
            figure.url(self.listed),
        )

    @cached_property
    def decides(self) -> bool:
        """Whether it says what waits for him: of an earlier month nothing is known."""
        if self.viewer is None:
            return False
        is_told = self.month == month_told(self.office.today)
        return self.units.is_running or is_told

    @cached_property
    def decisions(self) -> list[Task]:
        return tasks(self.viewer)[:DECISIONS] if self.decides else []

    @cached_property
    def examples(self) -> list[str]:
        """Units that did more than a year before and owe nothing, by name."""
        activities = FIGURES["activities"]
        now = self.units.of(activities)
        then = self.units.of(activities, self.month.back(12))
        good = [
            unit
            for unit in self.units.offices
            if now[unit.pk] > then[unit.pk] and not self._is_owing(unit)
        ]
        more = sorted(good, key=lambda unit: then[unit.pk] - now[unit.pk])[:EXAMPLES]
        words = _("%(unit)s: %(now)s kegiatan, setahun sebelumnya %(then)s")
        return [
            words % {"unit": unit.name, "now": now[unit.pk], "then": then[unit.pk]}
            for unit in good
            if unit in more
        ]


def short(title: str) -> str:
    return Truncator(title).chars(LONGEST)


def head_of(office: Office) -> User | None:
    """Who decides there, with what he acts as."""
    heads = Assignment.objects.current().filter(
        office=office, role=Role.REGIONAL_HEAD, user__is_active=True
    )
    head = heads.select_related("user", "office__region").order_by("pk").first()
    if head is None:
        return None
    head.user.acting = head
    return head.user
