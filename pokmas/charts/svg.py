"""The drawing of charts: SVG by attributes only, for the page, paper and the PDF."""

import zlib
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import mark_safe

from pokmas.words import dates

COLOURS = ("#0d5c70", "#c77800", "#5b7f2b", "#8a4fa3", "#b5472f", "#4c6169")
INK, MUTED, LINE, TRACK = "#14262d", "#4c6169", "#d3dfe2", "#e6eef0"
STEPS = ("#eef3f4", "#c3dde3", "#86b9c6", "#4189a0", "#0d5c70", "#083845")
# From this step on letters stand on it in white.
DARK = 3
LABEL_LENGTH = 44
TILE = 31
# So many names stand side by side on a phone.
NAMED = 12


class Canvas:
    """Draws from top to bottom; `y` is where the next thing goes."""

    def __init__(self):
        self.parts = []
        self.y = 0

    def svg(self, title, summary):
        return picture(title, summary, "".join(self.parts), height=self.y)

    def text(self, x, y, text, *, anchor="start", kind="muted", bold=False):
        colour = INK if kind == "ink" else MUTED
        weight = ' font-weight="600"' if bold else ""
        self.parts.append(
            f'<text class="chart-{kind}" x="{x}" y="{y}" text-anchor="{anchor}"'
            f' fill="{colour}"{weight}>{escape(text)}</text>'
        )

    def label(self, label, value):
        """The line above a bar: its name on the left, its value on the right."""
        room = max(LABEL_LENGTH - len(value), 12)
        short = label if len(label) <= room else f"{label[: room - 1].rstrip()}…"
        self.text(0, self.y + 14, short, kind="ink")
        self.text("100%", self.y + 14, value, anchor="end", kind="ink", bold=True)
        self.y += 21

    def track(self, shares, *, mark=None):
        """A bar of coloured parts on its track; `mark` is a line across it."""
        y, start = self.y, 0.0
        self.parts.append(
            f'<rect class="chart-track" x="0" y="{y}" width="100%" height="12" rx="2"'
            f' fill="{TRACK}"/>'
        )
        for share, place in shares:
            if share:
                index = (place - 1) % len(COLOURS)
                self.parts.append(
                    f'<rect class="chart-{index + 1}" x="{start:.2f}%" y="{y}"'
                    f' width="{share:.2f}%" height="12" rx="2"'
                    f' fill="{COLOURS[index]}"/>'
                )
            start += share
        if mark is not None:
            x = min(mark, 99.6)
            self.parts.append(
                f'<rect class="chart-mark" x="{x:.2f}%" y="{y - 3}" width="3"'
                f' height="18" fill="{INK}"/>'
            )
        self.y += 26

    def legend(self, names):
        for place, name in enumerate(names):
            index = place % len(COLOURS)
            column, y = place % 2, self.y + 4
            x, text_x = ("50%", 18) if column else ("0", 18)
            self.parts.append(
                f'<svg x="{x}" y="{y}" width="50%" height="18">'
                f'<rect class="chart-{index + 1}" y="2" width="12" height="12" rx="2"'
                f' fill="{COLOURS[index]}"/>'
                f'<text class="chart-ink" x="{text_x}" y="12" fill="{INK}">'
                f"{escape(_cut(name, 22))}</text></svg>"
            )
            if column or place == len(names) - 1:
                self.y += 20
        self.y += 8

    def plot(self, labels, series, ticks):
        """Lines over a grid; the values of the grid stand above its lines."""
        top, height = self.y + 18, 160
        highest = ticks[-1]

        def at(value):
            return round(top + height - float(value) / float(highest) * height, 1)

        for tick in ticks:
            y = at(tick)
            self.parts.append(
                f'<line class="chart-line" x1="0" y1="{y}" x2="100%" y2="{y}"'
                f' stroke="{LINE}"/>'
            )
            self.text(0, y - 4, dates.compact(tick))
        across = [
            round(8 + place * 89 / max(len(labels) - 1, 1), 2)
            for place in range(len(labels))
        ]
        for index, values in enumerate(series):
            self._line(index % len(COLOURS), across, values, at)
        self.y = top + height + 28
        self._time_labels(labels, across, top + height + 18)

    def _line(self, index, across, values, at):
        points = list(zip(across, values, strict=True))
        for (x1, a), (x2, b) in pairwise(points):
            if a is not None and b is not None:
                self.parts.append(
                    f'<line class="chart-stroke-{index + 1}" x1="{x1}%" y1="{at(a)}"'
                    f' x2="{x2}%" y2="{at(b)}" stroke="{COLOURS[index]}"'
                    ' stroke-width="2.5" stroke-linecap="round"/>'
                )
        for x, value in points:
            if value is not None:
                self.parts.append(
                    f'<circle class="chart-{index + 1}" cx="{x}%" cy="{at(value)}"'
                    f' r="3.5" fill="{COLOURS[index]}"/>'
                )

    def _time_labels(self, labels, across, y):
        """Each month by its name, the year below where it begins.

        Of more than a phone has room for, every second or third.
        """
        every = -(-len(labels) // NAMED)
        shown = range(len(labels) - 1, -1, -every)
        last, year = len(labels) - 1, ""
        for place in reversed(shown):
            month, _blank, rest = _cut(str(labels[place]), 12).partition(" ")
            ends = place == last and last
            x = "100%" if ends else f"{across[place]}%"
            anchor = "end" if ends else "middle"
            self.text(x, y, month, anchor=anchor)
            if rest != year:
                self.text(x, y + 16, rest, anchor=anchor)
                year, self.y = rest, y + 26

    def spark(self, values):
        lowest, highest = min(*values, 0), max(values)
        spread = float(highest - lowest) or 1.0
        step = 96 / (len(values) - 1)
        points = [
            (round(2 + place * step, 2), round(30 - float(v - lowest) / spread * 26, 1))
            for place, v in enumerate(values)
        ]
        for (x1, y1), (x2, y2) in pairwise(points):
            self.parts.append(
                f'<line class="chart-stroke-1" x1="{x1}%" y1="{y1}"'
                f' x2="{x2}%" y2="{y2}"'
                f' stroke="{COLOURS[0]}" stroke-width="2" stroke-linecap="round"/>'
            )
        x, y = points[-1]
        self.parts.append(
            f'<circle class="chart-2" cx="{x}%" cy="{y}" r="3.5" fill="{COLOURS[1]}"/>'
        )
        self.y = 34


def picture(title, summary, body, *, height=None, viewbox=None, size=13, role="img"):
    mark = f"chart-{zlib.crc32((title + body).encode()):08x}"
    extent = f'viewBox="{viewbox}"' if viewbox else f'height="{height}"'
    return mark_safe(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart-svg" role="{role}"'
        f' width="100%" {extent} font-size="{size}"'
        f' aria-labelledby="{mark}-title {mark}-desc">'
        f'<title id="{mark}-title">{escape(title)}</title>'
        f'<desc id="{mark}-desc">{escape(summary)}</desc>{body}</svg>'
    )


@dataclass(frozen=True)
class Tile:
    """A region: its code and place, its number, what that is beside, and its list."""

    name: str
    code: str
    x: int
    y: int
    value: object
    step: int
    sign: str = ""
    url: str = ""

    @property
    def svg(self) -> str:
        x, y = self.x * TILE, self.y * TILE
        ink = "#ffffff" if self.step >= DARK else INK
        text = dates.compact(self.value) if self.value is not None else "–"
        middle = x + TILE / 2 - 1
        drawn = (
            f"<g><title>{escape(self.name)}: {escape(text_of(self.value))}</title>"
            f'<rect class="chart-step-{self.step}" x="{x}" y="{y}" width="{TILE - 2}"'
            f' height="{TILE - 2}" rx="3" fill="{STEPS[self.step]}"/>'
            f'<text class="chart-on-{self.step}" x="{middle}" y="{y + 12}"'
            f' text-anchor="middle" font-size="9" fill="{ink}">'
            f"{self.code}{self.sign}</text>"
            f'<text class="chart-on-{self.step}" x="{middle}" y="{y + 24}"'
            f' text-anchor="middle" font-size="10" font-weight="600" fill="{ink}">'
            f"{escape(text)}</text></g>"
        )
        return f'<a href="{escape(self.url)}">{drawn}</a>' if self.url else drawn


def step_of(value, top):
    """0 for nothing, 1 to 5 for the fifth of `top` in which the value lies."""
    if not value or value < 0 or not top:
        return 0
    fifth = (Decimal(str(value)) * 5 / Decimal(str(top))).to_integral(ROUND_CEILING)
    return max(1, min(5, int(fifth)))


def scale(top, y):
    """What the fifths of `top` look like."""
    words = ["0", *(f"≤ {dates.compact(_limit(top, step))}" for step in range(1, 6))]
    return key(enumerate(words), y, 62)


def key(steps, y, width):
    """What each step means, side by side."""
    parts = []
    for place, (step, text) in enumerate(steps):
        x = place * width
        parts.append(
            f'<rect class="chart-step-{step}" x="{x}" y="{y}" width="12" height="12"'
            f' rx="2" fill="{STEPS[step]}"/>'
            f'<text class="chart-muted" x="{x + 16}" y="{y + 10}" fill="{MUTED}">'
            f"{escape(text)}</text>"
        )
    return "".join(parts)


def _limit(top, step):
    """The highest value of a step; whole where whole things are counted."""
    limit = Decimal(str(top)) * step / 5
    return limit.to_integral(ROUND_FLOOR) if top >= 5 else limit


def ticks_to(top) -> list:
    """Three to five round values from 0 to at least `top`."""
    top = Decimal(str(max(top, 0))) or Decimal(1)
    unit = Decimal(1).scaleb(top.adjusted())
    for part in ("0.25", "0.5", "1", "2.5"):
        step = unit * Decimal(part)
        if step * 4 >= top and (step >= 1 or top < 1):
            break
    count = int((top / step).to_integral(ROUND_CEILING))
    return [step * place for place in range(max(count, 1) + 1)]


def share_of(value, top, *, over: bool = False) -> float:
    """Percent of `top`; never more than all of it unless `over`."""
    if not value or value < 0:
        return 0.0
    share = float(Decimal(str(value)) * 100 / Decimal(str(top)))
    return share if over else min(share, 100.0)


def text_of(value) -> str:
    return "–" if value is None else dates.number(value)


def _cut(text, length):
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
