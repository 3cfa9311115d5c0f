import re
from io import BytesIO
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from pokmas import charts
from pokmas.charts.svg import ticks_to
from pokmas.papers import printing
from pokmas.papers.blocks import Content, Picture
from tests.factories import UnitFactory

EVIL = '<script>alert("1")</script> & \' ]]>'
HUGE = 9_876_543_210_987


def drawn(chart):
    """The chart's SVG, parsed: so it is well-formed."""
    return ElementTree.fromstring(str(chart.svg))


def every_chart(label, value):
    return [
        charts.bar(label, [(label, value), (label, 0), (label, None)]),
        charts.stacked(label, [label, "b"], [(label, [value, 1]), (label, [None, 0])]),
        charts.target(label, [(label, value, 10), (label, 1, None)]),
        charts.line(
            label, [label, "b", "c"], {label: [value, None, 3], "x": [1, 2, 3]}
        ),
        charts.line(label, [label], {label: [value]}),
        charts.sparkline(label, [value, 1, value]),
        charts.tile_map(label, {"Bali": value, "Kanwil Ditjenpas Papua": (1, "/x")}),
    ]


@pytest.mark.parametrize("value", [1, HUGE, 0.5])
def test_every_chart_escapes_what_people_wrote(value):
    for chart in every_chart(EVIL, value):
        svg = drawn(chart)

        assert "<script" not in str(chart.svg)
        assert svg.findtext("{*}title") == EVIL
        assert svg.findtext("{*}desc") == chart.summary


@pytest.mark.parametrize("value", [1, HUGE])
def test_a_chart_needs_no_style_and_names_itself(value):
    for chart in every_chart("Kegiatan", value):
        svg = drawn(chart)
        ids = {node.get("id") for node in svg.iter() if node.get("id")}

        assert "style" not in {name for node in svg.iter() for name in node.attrib}
        has_links = svg.find(".//{*}a") is not None
        assert svg.get("role") == ("group" if has_links else "img")
        assert set(svg.get("aria-labelledby").split()) == ids


def test_no_part_of_a_bar_leaves_its_track():
    for chart in every_chart("Kegiatan", HUGE)[:3]:
        for node in drawn(chart).iter("{http://www.w3.org/2000/svg}rect"):
            width = node.get("width")
            if width.endswith("%"):
                start = float(node.get("x").rstrip("%"))
                assert start + float(width.rstrip("%")) <= 100.01


@pytest.mark.parametrize(
    "chart",
    [
        charts.bar("Kosong", []),
        charts.bar("Kosong", [("a", None)]),
        charts.stacked("Kosong", ["a"], []),
        charts.stacked("Kosong", ["a"], [("x", [0])]),
        charts.target("Kosong", []),
        charts.line("Kosong", [], {}),
        charts.line("Kosong", ["a"], {"x": [None]}),
        charts.sparkline("Kosong", [1]),
        charts.tile_map("Kosong", {}),
    ],
)
def test_without_data_there_is_a_sentence_instead_of_a_drawing(chart):
    assert chart.svg is None
    assert chart.summary == "Belum ada data untuk ditampilkan."


def test_a_map_sets_each_region_beside_its_own_past_and_ranks_none():
    chart = charts.tile_map(
        "Kegiatan",
        {"Bali": (5, "/bali"), "Riau": (2, "/riau"), "Aceh": (3, "/aceh")},
        before={"Bali": (4, "/then"), "Riau": 7, "Aceh": 3},
        more=[("Pita", {"Bali": "2–5"})],
    )

    codes = [
        node.text for node in drawn(chart).iter("{http://www.w3.org/2000/svg}text")
    ]
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in chart.rows}
    assert {"BAL▲", "RIA▼", "ACE=", "PAP"} <= set(codes)
    assert [node.get("href") for node in drawn(chart).iter() if node.get("href")] == [
        *("/aceh", "/riau", "/bali"),
    ]
    assert (rows["Bali"], rows["Papua"]) == (["5", "4", "2–5"], ["–", "–", "–"])
    assert "Tertinggi" not in chart.summary


@pytest.mark.parametrize("before", [5, 6, 4, 0])
def test_a_region_looks_as_the_key_of_the_map_says(before):
    value = 5 if before else 0
    chart = charts.tile_map("Kegiatan", {"Bali": value}, before={"Bali": before})

    said = re.findall(r'chart-step-(\d)" [^>]*/><text [^>]*>([^<]*)<', str(chart.svg))
    steps = {text[0]: step for step, text in said if text[1] == " "}
    [tile] = [(step, text[3]) for step, text in said if text.startswith("BAL")]
    assert steps.keys() == {"▼", "=", "▲"}
    assert steps[tile[1]] == tile[0]


def test_zeros_alone_are_data():
    assert charts.bar("Nol", [("a", 0)]).svg
    assert charts.line("Nol", ["a", "b"], {"x": [0, 0]}).svg
    assert charts.tile_map("Nol", {"Bali": 0}).svg


def test_the_table_of_a_stacked_chart_ends_with_its_sums():
    chart = charts.stacked(
        "Penerima", ["L", "P"], [("Klien", [3, 1]), ("Tahanan", [2, None])]
    )

    assert [cell.text for cell in chart.rows[-1]] == ["Jumlah", "5", "1", "6"]


def test_a_bar_chart_tells_its_table_and_its_total():
    chart = charts.bar("Kegiatan", [("Kupang", 1200, "/a"), ("Ende", 34)])

    assert [[cell.text for cell in row] for row in chart.rows] == [
        ["Kupang", "1.200"],
        ["Ende", "34"],
    ]
    assert chart.rows[0][1].url == "/a"
    assert chart.summary == "Tertinggi: Kupang (1.200). Jumlah seluruhnya 1.234."


def test_a_bar_chart_draws_no_more_than_fits_beside_its_table():
    chart = charts.bar("Kegiatan", [(f"Jenis {n}", 20 - n) for n in range(12)])

    assert chart.svg.count("chart-track") == 10
    assert len(chart.rows) == 12
    assert chart.summary.endswith("Gambar memuat 10 yang pertama dari 12.")


def test_a_target_chart_tells_the_share_reached():
    chart = charts.target("Target", [("Kupang", 14, 12), ("Ende", 3, 12)])

    assert [row[3].text for row in chart.rows] == ["116,7%", "25,0%"]
    assert chart.summary == "1 dari 2 target tercapai. Garis tegak: target."


def test_the_map_has_all_33_regions_and_no_two_in_one_place():
    places = {(x, y) for _code, x, y in charts.REGIONS.values()}
    codes = {code for code, _x, _y in charts.REGIONS.values()}

    assert (len(places), len(codes)) == (33, 33)


@pytest.mark.parametrize("top", [0.3, 1, 4, 7, 10, 99, 100, 101, HUGE])
def test_an_axis_has_few_round_values_that_reach_the_top(top):
    ticks = ticks_to(top)

    assert ticks[0] == 0
    assert 2 <= len(ticks) <= 6
    assert ticks[-1] >= type(ticks[-1])(str(top))


@pytest.mark.printing
@pytest.mark.django_db
def test_the_same_drawing_stands_in_a_pdf():
    chart = charts.bar("Kegiatan", [("Bapas Kelas II Kupang", 1200)])

    pdf = printing.sheet_of(
        Content([Picture.of(chart)]), UnitFactory(), title="Uji"
    ).content

    assert "Bapas Kelas II Kupang" in PdfReader(BytesIO(pdf)).pages[0].extract_text()


@pytest.mark.parametrize("count", [1, 6, 12])
def test_a_line_names_every_month_and_each_year_once(count):
    months = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun"] * 2
    labels = [f"{month} {26 + place // 6}" for place, month in enumerate(months)]

    chart = charts.line("Uji", labels[:count], {"a": list(range(count))})

    texts = re.findall(r">(\w{3}|2\d)</text>", str(chart.svg))
    years = ["26", "27"][: 1 + (count > 6)]
    assert [text for text in texts if text in months] == months[:count]
    assert [text for text in texts if text in years] == years


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("a", 0, 5)], "Target belum tercapai."),
        ([("a", 5, 5)], "Target tercapai."),
        ([("a", 5, 5), ("b", 6, 5)], "Semua target tercapai."),
        ([("a", 5, 5), ("b", 1, 5)], "1 dari 2 target tercapai."),
    ],
)
def test_a_target_is_told_in_plain_words(rows, said):
    assert charts.target("Uji", rows).summary.startswith(said)
