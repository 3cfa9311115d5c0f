"""Charts drawn on the server: `charts.bar(…)`, printed by `components/_chart.html`."""

from pokmas.charts.drawing import (
    REGIONS,
    Chart,
    bar,
    line,
    sparkline,
    stacked,
    target,
    tile_map,
)

__all__ = [
    "REGIONS",
    "Chart",
    "bar",
    "line",
    "sparkline",
    "stacked",
    "target",
    "tile_map",
]
