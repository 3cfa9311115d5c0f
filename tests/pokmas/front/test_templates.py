"""What every template of the house must hold, read from the files themselves."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from pokmas.front.tags import in_fours
from pokmas.steps.since import Piece

FOLDER = Path(settings.BASE_DIR) / "templates"
CSS = Path(settings.BASE_DIR) / "static" / "css"
# Mails, PDFs and what lies in a ZIP never meet the browser's content security policy.
OWN_WORLD = re.compile(
    r"^mail/|^account/email/|^accounts/mail/|(^|/)pdf/|/packed\.html$"
)
PAGES = {
    str(path.relative_to(FOLDER)): path.read_text()
    for path in sorted(FOLDER.rglob("*.html"))
    if not OWN_WORLD.search(str(path.relative_to(FOLDER)))
}


def pages_with(pattern):
    return [name for name, text in PAGES.items() if re.search(pattern, text)]


def test_there_are_templates_to_read():
    assert len(PAGES) > 200


@pytest.mark.parametrize(
    "pattern",
    [
        r"\sstyle\s*=|<style|javascript:",
        # Data for a script is no script.
        r"<script(?![^>]*\s(src=|type=\"application/json\"))",
        r"\son[a-z]+\s*=\s*[\"']",
    ],
    ids=["style", "script", "handler"],
)
def test_no_template_needs_inline_style_or_script(pattern):
    assert pages_with(pattern) == []


def test_no_template_fetches_anything_from_another_host():
    assert pages_with(r"<(script|link|img|iframe)[^>]+(src|href)=\"(https?:)?//") == []


def test_every_template_compiles():
    for name in PAGES:
        get_template(name)


def test_every_piece_a_template_includes_is_there():
    pieces = re.compile(r"{%\s*(?:include|extends)\s+\"([^\"]+)\"")

    for text in PAGES.values():
        for name in pieces.findall(text):
            get_template(name)


def test_every_icon_is_drawn():
    icons = Path(settings.BASE_DIR) / "static" / "img" / "icons.svg"
    drawn = set(re.findall(r'symbol id="(\w+)"', icons.read_text()))

    asked = {
        icon
        for text in PAGES.values()
        for icon in re.findall(r"{%\s*icon \"(\w+)\"", text)
    }

    assert asked - drawn == set()


def test_every_component_says_what_it_expects():
    components = [name for name in PAGES if name.startswith("components/")]

    assert len(components) > 10
    assert [
        name for name in components if not PAGES[name].startswith("{% comment %}\n")
    ] == []


def blocks_of(css, start):
    """The lines of the block that begins with `start`, stripped."""
    body = css[css.index(start) + len(start) :]
    return [
        line.strip() for line in body[: body.index("}")].splitlines() if line.strip()
    ]


def test_the_dark_of_the_device_and_the_chosen_dark_are_the_same():
    css = (CSS / "base.css").read_text()

    by_device = blocks_of(css, ':root:not([data-bs-theme="light"]) {')
    by_choice = blocks_of(css, '[data-bs-theme="dark"] {')

    assert by_device == by_choice


def test_every_variable_that_is_used_is_set():
    vendor = Path(settings.BASE_DIR) / "static" / "vendor" / "bootstrap"
    ours = "".join(path.read_text() for path in CSS.glob("*.css"))
    used = ours + (vendor / "bootstrap-subset.min.css").read_text()
    # Set by the grid itself, on its own rows.
    own = {"--bs-gutter-x", "--bs-gutter-y"}

    names = set(re.findall(r"var\((--[\w-]+)", used))

    assert names - own - set(re.findall(r"(--[\w-]+)\s*:", ours)) == set()


def test_what_was_taken_out_stands_apart_from_what_was_put_in():
    pieces = [Piece("35", is_old=True), Piece("36", is_new=True)]

    page = get_template("components/_pieces.html").render({"pieces": pieces})

    assert "35</del> <ins>" in page


def test_a_key_is_written_in_groups_of_four():
    assert in_fours("JBSWY3DPEHPK3PXPA") == "JBSW Y3DP EHPK 3PXP A"
