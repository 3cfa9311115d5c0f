"""Charts as SVG made on the server: the same on the page, on paper and in the PDF.

Widths are percentages, so that a chart fills a phone and a sheet of paper alike while
its text keeps its size. Everything is an attribute (the CSP allows no style); classes
let static/css/base.css recolour a chart for the dark. Each chart carries its own table
and one sentence that says what it shows; `components/_chart.html` prints all three.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pokmas.charts.svg import (
    TILE,
    Canvas,
    Tile,
    key,
    picture,
    scale,
    share_of,
    step_of,
    text_of,
    ticks_to,
)
from pokmas.words import dates

# More would not fit beside their table on a sheet of paper; the table has them all.
MOST_BARS = 10


@dataclass(frozen=True)
class Cell:
    text: str
    url: str = ""


@dataclass(frozen=True)
class Chart:
    """What `components/_chart.html` shows; `svg` is None if nothing can be drawn."""

    title: str
    summary: str
    svg: SafeString | None
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]] = field(default_factory=list)


def bar(
    title: str,
    rows: Iterable[Sequence],
    *,
    columns: Sequence[str] | None = None,
    summary: str = "",
) -> Chart:
    """One horizontal bar a row; rows are (label, value) or (label, value, url)."""
    rows = [_Row(*row) for row in rows]
    columns = columns or (_("Nama"), _("Jumlah"))
    known = [row.value for row in rows if row.value is not None]
    if not known:
        return _empty(title, columns)
    top = max(*known, 0) or 1
    canvas = Canvas()
    for row in rows[:MOST_BARS]:
        canvas.label(row.label, text_of(row.value))
        canvas.track([(share_of(row.value, top), 1)])
    summary = summary or _highest_and_sum(rows, known)
    if len(rows) > MOST_BARS:
        summary += " " + _("Gambar memuat %(drawn)s yang pertama dari %(all)s.") % {
            "drawn": MOST_BARS,
            "all": text_of(len(rows)),
        }
    table = [[Cell(row.label), Cell(text_of(row.value), row.url)] for row in rows]
    return Chart(title, summary, canvas.svg(title, summary), columns, table)


def _highest_and_sum(rows, known) -> str:
    highest = max(
        (row for row in rows if row.value is not None), key=lambda row: row.value
    )
    return _("Tertinggi: %(label)s (%(value)s). Jumlah seluruhnya %(total)s.") % {
        "label": highest.label,
        "value": text_of(highest.value),
        "total": text_of(sum(known)),
    }


def stacked(
    title: str,
    series: Sequence[str],
    rows: Iterable[Sequence],
    *,
    columns: Sequence[str] | None = None,
) -> Chart:
    """One bar a row, cut into `series`; rows are (label, [values]) or with a url."""
    rows = [_Row(*row) for row in rows]
    columns = columns or (_("Nama"), *series, _("Jumlah"))
    totals = [sum(value or 0 for value in row.value) for row in rows]
    if not any(totals):
        return _empty(title, columns)
    top = max(totals)
    canvas = Canvas()
    canvas.legend(series)
    for row, total in zip(rows, totals, strict=True):
        canvas.label(row.label, text_of(total))
        canvas.track(
            [(share_of(value, top), place) for place, value in enumerate(row.value, 1)]
        )
    parts = [sum(row.value[place] or 0 for row in rows) for place in range(len(series))]
    summary = _("Jumlah seluruhnya %(total)s: %(parts)s.") % {
        "total": text_of(sum(totals)),
        "parts": ", ".join(
            f"{name} {text_of(part)}" for name, part in zip(series, parts, strict=True)
        ),
    }
    table = [
        [
            Cell(row.label),
            *(Cell(text_of(v)) for v in row.value),
            Cell(text_of(sum_), row.url),
        ]
        for row, sum_ in zip(rows, totals, strict=True)
    ]
    if len(rows) > 1:
        sums = [_("Jumlah"), *(text_of(part) for part in (*parts, sum(totals)))]
        table.append([Cell(text) for text in sums])
    return Chart(title, summary, canvas.svg(title, summary), columns, table)


def target(
    title: str,
    rows: Iterable[Sequence],
    *,
    columns: Sequence[str] | None = None,
) -> Chart:
    """Realisation against target; rows are (label, actual, target) or with a url."""
    rows = [(label, actual, goal, *rest) for label, actual, goal, *rest in rows]
    columns = columns or (_("Nama"), _("Realisasi"), _("Target"), _("Capaian"))
    top = max((max(row[1] or 0, row[2] or 0) for row in rows), default=0)
    if not top:
        return _empty(title, columns)
    canvas, table, reached = Canvas(), [], 0
    for label, actual, goal, *rest in rows:
        share = dates.percent(share_of(actual, goal, over=True)) if goal else "–"
        reached += bool(goal) and (actual or 0) >= goal
        words = _("%(actual)s dari %(target)s") % {
            "actual": text_of(actual),
            "target": text_of(goal),
        }
        canvas.label(label, f"{words} ({share})" if goal else _without_target(actual))
        canvas.track(
            [(share_of(actual, top), 1)], mark=share_of(goal, top) if goal else None
        )
        url = rest[0] if rest else ""
        table.append(
            [Cell(label), Cell(text_of(actual), url), Cell(text_of(goal)), Cell(share)]
        )
    summary = f"{_reached(reached, len(rows))} {_('Garis tegak: target.')}"
    return Chart(title, summary, canvas.svg(title, summary), columns, table)


def _reached(reached: int, count: int) -> str:
    """In plain words: “0 dari 1” is no sentence."""
    if not reached:
        return _("Target belum tercapai.")
    if reached == count:
        return ngettext("Target tercapai.", "Semua target tercapai.", count)
    words = _("%(reached)s dari %(count)s target tercapai.")
    return words % {"reached": reached, "count": count}


def line(
    title: str,
    labels: Sequence[str],
    series: Mapping[str, Sequence],
    *,
    columns: Sequence[str] | None = None,
    urls: Mapping[str, Sequence[str]] | None = None,
) -> Chart:
    """Values over time, one line a series; a None leaves a gap. `urls`: the list behind
    each value of a series."""
    labels, urls = list(labels), urls or {}
    columns = columns or (_("Waktu"), *series)
    known = [v for values in series.values() for v in values if v is not None]
    if not known or not labels:
        return _empty(title, columns)
    canvas = Canvas()
    if len(series) > 1:
        canvas.legend(list(series))
    canvas.plot(labels, list(series.values()), ticks_to(max(known)))
    name, values = next(iter(series.items()))
    first = next(v for values in series.values() for v in values if v is not None)
    last = next((v for v in reversed(values) if v is not None), first)
    summary = _("%(name)s dari %(start)s sampai %(end)s; terakhir %(last)s.") % {
        "name": name,
        "start": labels[0],
        "end": labels[-1],
        "last": text_of(last),
    }
    table = [[Cell(label)] for label in labels]
    for name, values in series.items():
        behind = urls.get(name, [""] * len(labels))
        for row, value, url in zip(table, values, behind, strict=True):
            row.append(Cell(text_of(value), url))
    return Chart(title, summary, canvas.svg(title, summary), columns, table)


def sparkline(title: str, values: Sequence) -> Chart:
    """A small line without axes, for beside a figure; its table is on the page."""
    values = [value for value in values if value is not None]
    if len(values) < 2:
        return _empty(title, ())
    canvas = Canvas()
    canvas.spark(values)
    summary = _("Dari %(first)s menjadi %(last)s; tertinggi %(highest)s.") % {
        "first": text_of(values[0]),
        "last": text_of(values[-1]),
        "highest": text_of(max(values)),
    }
    return Chart(title, summary, canvas.svg(title, summary), ())


# What the names of all regions begin with.
REGIONAL_NAME = "Kanwil Ditjenpas "
# The 33 regions, each a square about where it lies: code, column, row.
REGIONS = {
    "Aceh": ("ACE", 0, 0),
    "Sumatera Utara": ("SUT", 1, 1),
    "Sumatera Barat": ("SBR", 1, 2),
    "Riau": ("RIA", 2, 2),
    "Kepulauan Riau": ("KPR", 3, 2),
    "Jambi": ("JAM", 2, 3),
    "Sumatera Selatan": ("SSL", 3, 3),
    "Kepulauan Bangka Belitung": ("BBL", 4, 3),
    "Bengkulu": ("BKL", 2, 4),
    "Lampung": ("LAM", 3, 4),
    "Banten": ("BTN", 2, 5),
    "Jakarta": ("JKT", 3, 5),
    "Jawa Barat": ("JBR", 4, 5),
    "Jawa Tengah": ("JTG", 5, 5),
    "D.I. Yogyakarta": ("DIY", 5, 6),
    "Jawa Timur": ("JTM", 6, 5),
    "Bali": ("BAL", 7, 5),
    "Nusa Tenggara Barat": ("NTB", 8, 5),
    "Nusa Tenggara Timur": ("NTT", 9, 5),
    "Kalimantan Barat": ("KBR", 4, 1),
    "Kalimantan Tengah": ("KTG", 5, 2),
    "Kalimantan Timur": ("KTM", 6, 1),
    "Kalimantan Selatan": ("KSL", 6, 2),
    "Sulawesi Utara": ("SLU", 9, 1),
    "Gorontalo": ("GTO", 8, 1),
    "Sulawesi Tengah": ("SLT", 8, 2),
    "Sulawesi Barat": ("SLB", 7, 3),
    "Sulawesi Selatan": ("SLS", 7, 4),
    "Sulawesi Tenggara": ("SLG", 8, 3),
    "Maluku Utara": ("MLU", 10, 2),
    "Maluku": ("MAL", 10, 3),
    "Papua Barat": ("PBR", 11, 2),
    "Papua": ("PAP", 11, 3),
}


# How a number stands to that of a year before: step of the colour, sign, words.
BELOW, SAME, ABOVE = (1, "▼"), (0, "="), (4, "▲")
COMPARED = {
    BELOW: gettext_lazy("di bawah tahun lalu"),
    SAME: gettext_lazy("sama"),
    ABOVE: gettext_lazy("di atas tahun lalu"),
}


def tile_map(
    title: str,
    values: Mapping[str, object],
    *,
    column: str = "",
    before: Mapping[str, object] | None = None,
    more: Sequence[tuple[str, Mapping[str, str]]] = (),
) -> Chart:
    """The 33 regions as squares; `values`: name of the region to value or (value, url).

    "Kanwil Ditjenpas " before a name is left out; a region not named counts nothing.
    With the numbers of a year `before` each is coloured by its own past, and not by how
    it stands to others. `more` are columns of the table.
    """
    columns = [_("Wilayah"), column or _("Jumlah")]
    named = _by_region(values)
    known = [value for value, _url in named.values() if value is not None]
    if before is not None:
        columns.append(_("Setahun sebelumnya"))
    columns += [label for label, _texts in more]
    if not known:
        return _empty(title, columns)
    top, past = max(*known, 0), _by_region(before or {})
    tiles, table = [], []
    for name, (code, x, y) in REGIONS.items():
        value, url = named.get(name, (None, ""))
        step, sign = step_of(value, top), ""
        cells = [Cell(name), Cell(text_of(value), url)]
        if before is not None:
            then, then_url = past.get(name, (None, ""))
            step, sign = _compared(value, then)
            cells.append(Cell(text_of(then), then_url))
        tiles.append(Tile(name, code, x, y, value, step, sign, url).svg)
        cells += [Cell(_by_region(texts).get(name, "–")[0]) for _label, texts in more]
        table.append(cells)
    if before is None:
        summary, below = _highest(named), scale(top, 7 * TILE + 8)
    else:
        summary = _told_beside(named, past)
        steps = [(step, f"{sign} {text}") for (step, sign), text in COMPARED.items()]
        below = key(steps, 7 * TILE + 8, 4 * TILE)
    svg = picture(
        title,
        summary,
        "".join([*tiles, below]),
        viewbox=f"0 0 {12 * TILE} {7 * TILE + 30}",
        size=10,
        # Of a picture nobody could follow the links.
        role="group" if any(url for _value, url in named.values()) else "img",
    )
    return Chart(title, summary, svg, columns, table)


def _by_region(values: Mapping[str, object]) -> dict[str, tuple]:
    return {
        name.removeprefix(REGIONAL_NAME): _with_url(value)
        for name, value in values.items()
    }


def _compared(value, then) -> tuple[int, str]:
    if value is None or then is None:
        return 0, ""
    if value == then:
        return SAME
    return ABOVE if value > then else BELOW


def _highest(named: dict[str, tuple]) -> str:
    known = {name: value for name, (value, _url) in named.items() if value is not None}
    highest = max(known, key=known.get)
    return _("Tertinggi: %(label)s (%(value)s). Jumlah seluruhnya %(total)s.") % {
        "label": highest,
        "value": text_of(known[highest]),
        "total": text_of(sum(known.values())),
    }


def _told_beside(named: dict[str, tuple], past: dict[str, tuple]) -> str:
    found = [
        _compared(value, past.get(name, (None,))[0])
        for name, (value, _url) in named.items()
    ]
    numbers = {
        "total": text_of(sum(value or 0 for value, _url in named.values())),
        "above": found.count(ABOVE),
        "below": found.count(BELOW),
    }
    words = _(
        "Jumlah seluruhnya %(total)s. Dibanding setahun sebelumnya %(above)s wilayah "
        "di atas angkanya sendiri, %(below)s di bawahnya."
    )
    return words % numbers


@dataclass
class _Row:
    label: str
    value: object
    url: str = ""

    def __post_init__(self):
        self.label = str(self.label)


def _without_target(actual):
    return _("%(actual)s, tanpa target") % {"actual": text_of(actual)}


def _with_url(value):
    return value if isinstance(value, tuple) else (value, "")


def _empty(title, columns):
    return Chart(title, _("Belum ada data untuk ditampilkan."), None, columns)
