"""What every template of the house must hold, read from the files themselves."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

FOLDER = Path(settings.BASE_DIR) / "templates"
CSS = Path(settings.BASE_DIR) / "static" / "css" / "app.css"
# Mails and PDFs never meet the browser's content security policy.
OWN_WORLD = ("pdf/", "reports/pdf/", "mail/", "account/email/", "accounts/mail/")
PAGES = [
    path
    for path in sorted(FOLDER.rglob("*.html"))
    if not str(path.relative_to(FOLDER)).startswith(OWN_WORLD)
]


def name_of(path):
    return str(path.relative_to(FOLDER))


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_no_template_needs_inline_style_or_script(path):
    text = path.read_text()

    assert not re.search(r"\sstyle\s*=|<style|javascript:", text)
    # Data for a script is no script.
    assert not re.search(r"<script(?![^>]*\s(src=|type=\"application/json\"))", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_no_template_fetches_anything_from_another_host(path):
    text = path.read_text()

    assert not re.search(
        r"<(script|link|img|iframe)[^>]+(src|href)=\"(https?:)?//", text
    )


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_piece_a_template_includes_is_there(path):
    text = path.read_text()

    for name in re.findall(r"{%\s*(?:include|extends)\s+\"([^\"]+)\"", text):
        get_template(name)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_template_compiles(path):
    get_template(name_of(path))


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_icon_is_drawn(path):
    drawn = set(
        re.findall(
            r'symbol id="(\w+)"',
            (Path(settings.BASE_DIR) / "static" / "img" / "icons.svg").read_text(),
        )
    )

    assert set(re.findall(r"{%\s*icon \"(\w+)\"", path.read_text())) <= drawn


COMPONENTS = sorted((FOLDER / "components").glob("*.html"))


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_every_component_says_what_it_expects(path):
    assert path.read_text().startswith("{% comment %}\n")


def blocks_of(css, start):
    """The lines of the block that begins with `start`, stripped."""
    body = css[css.index(start) + len(start) :]
    return [
        line.strip() for line in body[: body.index("}")].splitlines() if line.strip()
    ]


def test_the_dark_of_the_device_and_the_chosen_dark_are_the_same():
    css = CSS.read_text()

    by_device = blocks_of(css, ':root:not([data-bs-theme="light"]) {')
    by_choice = blocks_of(css, '[data-bs-theme="dark"] {')

    assert by_device == by_choice


def test_every_variable_that_is_used_is_set():
    vendor = Path(settings.BASE_DIR) / "static" / "vendor" / "bootstrap"
    used = CSS.read_text() + (vendor / "bootstrap-subset.min.css").read_text()
    # Set by the grid itself, on its own rows.
    own = {"--bs-gutter-x", "--bs-gutter-y"}

    names = set(re.findall(r"var\((--[\w-]+)", used))

    assert names - own - set(re.findall(r"(--[\w-]+)\s*:", CSS.read_text())) == set()
