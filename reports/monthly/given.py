"""A submitted report as it is judged, beside what it was when it was sent back."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outreach.activities import counted
from pokmas.charts import Chart
from pokmas.steps import since
from pokmas.steps.since import Row
from pokmas.words import dates
from reports.figures import pictures
from reports.figures.figures import Scope
from reports.monthly import services
from reports.monthly.lower import lower_of, missing
from reports.monthly.models import Report
from reports.monthly.said import places_of, said_in, text_at

Status = Report.Status


@dataclass(frozen=True)
class Listed:
    """A figure, and the list that shows what it counts."""

    row: Row
    url: str


def given(report: Report) -> dict:
    before = since.judged_before(
        report, judged=Status.SUBMITTED, returned=Status.RETURNED
    )
    came, went = _activities(report, before)
    return {
        "returned_at": before and before.pgh_created_at,
        "figures": _figures(report, before),
        "counts": counted.table(_served(report), before and _served(before)),
        "came": came,
        "went": went,
        "chart": _chart(report),
        "words": [
            since.row(label, text, before and text_at(before, place))
            for place, (label, text) in zip(
                places_of(report), said_in(report), strict=True
            )
        ],
    }


def hints(report: Report) -> Iterator[str]:
    """What is worth a second look; only the first one stands in the way."""
    if not services.is_current(report):
        yield str(services.OUT_OF_DATE)
    yield from lacking_in(report)


def lacking_in(report: Report) -> Iterator[str]:
    """The same before it is handed in, where what stands in the way is said apart."""
    scope = _scope(report)
    if waiting := scope.waiting.count():
        yield ngettext(
            "%(count)s kegiatan periode ini belum diverifikasi; sesudah laporan "
            "bulanan diterima hanya dapat dihitung sebagai koreksi.",
            "%(count)s kegiatan periode ini belum diverifikasi; sesudah laporan "
            "bulanan diterima hanya dapat dihitung sebagai koreksi.",
            waiting,
        ) % {"count": dates.number(waiting)}
    if lacking := missing(lower_of(report)):
        yield ngettext(
            "%(count)s laporan bulanan unit dalam periode ini belum diterima.",
            "%(count)s laporan bulanan unit dalam periode ini belum diterima.",
            len(lacking),
        ) % {"count": dates.number(len(lacking))}
    if not report.figures.get("figures", {}).get("activities"):
        yield _("Tidak ada kegiatan terverifikasi pada periode ini.")
    if not (report.obstacles or report.follow_up):
        yield _("Kendala dan tindak lanjut tidak diisi.")


def _scope(report) -> Scope:
    return Scope(report.office, report.period)


def _figures(report, before) -> list[Listed]:
    then = before and before.figures.get("figures", {})
    return [
        Listed(
            since.row(
                card.label,
                dates.number(card.value),
                then and dates.number(then.get(card.code, 0)),
            ),
            card.url,
        )
        for card in pictures.cards(_scope(report), report.figures.get("figures", {}))
    ]


def _served(state) -> dict[tuple[str, str], int]:
    return {
        (row["category"], sex): row[sex]
        for row in state.figures.get("served_by_category", [])
        for sex in ("male", "female")
    }


def _activities(report, before) -> tuple[list[dict], list[dict]]:
    """Those that count only now, and those that counted only then."""
    if before is None:
        return [], []
    now, then = (
        {row["id"]: row for row in state.figures.get("activities", [])}
        for state in (report, before)
    )
    return (
        [row for pk, row in now.items() if pk not in then],
        [row for pk, row in then.items() if pk not in now],
    )


def _chart(report) -> Chart | None:
    rows = report.figures.get("trend")
    return pictures.trend(rows) if rows else None
