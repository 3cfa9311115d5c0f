"""The help pages: Markdown files in docs/bantuan/, shown in the portal.

A file's name is its address, its first line (`# …`) its title, its first paragraph
what the list of pages says about it. The order is that of `ORDER`.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator, slugify
from markdown_it import MarkdownIt

FOLDER = Path(settings.BASE_DIR) / "docs" / "bantuan"
ORDER = (
    "start",
    "sign-in",
    "partners",
    "groups",
    "volunteers",
    "imports",
    "agreements",
    "numbers",
    "activities",
    "tasks",
    "calendar",
    "reports",
    "guidelines",
    "documents",
    "notices",
    "accounts",
    "offices",
    "audit",
)
# Which page helps with the pages of an app; everything else begins at the beginning.
SLUG_OF_NAMESPACE = {
    "partners": "partners",
    "agreements": "agreements",
    "numbering": "numbers",
    "coordination": "tasks",
    "outreach": "activities",
    "calendar": "calendar",
    "reports": "reports",
    "documents": "documents",
    "notices": "notices",
    "accounts": "accounts",
    "offices": "offices",
    "audit": "audit",
    "imports": "imports",
    "reference": "partners",
    "jobs": "reports",
}


MARKS = re.compile(r"[*`|]|^\d+\. |^- |\]\([^)]*\)|!?\[", re.M)


@dataclass(frozen=True)
class Section:
    """What stands below one heading of a page, as plain words."""

    title: str
    text: str

    @property
    def anchor(self) -> str:
        return slugify(self.title)

    @property
    def excerpt(self) -> str:
        return Truncator(self.text).words(30, truncate=" …")


@dataclass(frozen=True)
class HelpPage:
    slug: str
    title: str
    summary: str
    content: SafeString
    sections: tuple[Section, ...]


def slug_for(request) -> str:
    match = request.resolver_match
    if match is None:
        return ORDER[0]
    if match.url_name and match.url_name.startswith(("account_", "mfa_")):
        return "sign-in"
    if match.view_name.startswith("partners:group_"):
        return "groups"
    if match.view_name.startswith("reports:guideline_"):
        return "guidelines"
    return SLUG_OF_NAMESPACE.get(match.app_name, ORDER[0])


def help_pages() -> list[HelpPage]:
    return [page for slug in ORDER if (page := help_page(slug))]


@cache
def help_page(slug: str) -> HelpPage | None:
    """The page of this name, or None; read once, for the files come with the code."""
    if slug not in ORDER:
        return None
    text = (FOLDER / f"{slug}.md").read_text(encoding="utf-8")
    first, body = text.split("\n", 1)
    summary = body.strip().split("\n\n", 1)[0]
    return HelpPage(
        slug=slug,
        title=first.removeprefix("# ").strip(),
        summary=" ".join(summary.split()),
        content=mark_safe(_markdown().render(body)),
        sections=tuple(_sections(body)),
    )


def find(text: str) -> list[tuple[HelpPage, list[Section]]]:
    """The pages and their sections in which all the words occur, in any order."""
    words = text.casefold().split()
    found = [
        (page, [section for section in page.sections if _has(page, section, words)])
        for page in help_pages()
    ]
    return [(page, sections) for page, sections in found if words and sections]


def _has(page, section, words):
    read = f"{page.title} {section.title} {section.text}".casefold()
    return all(word in read for word in words)


def _sections(body):
    for part in re.split(r"^## ", body, flags=re.M):
        title, _line, text = part.partition("\n")
        if text.strip():
            plain = " ".join(MARKS.sub("", text).split())
            yield Section(title.strip(), plain)


def _markdown() -> MarkdownIt:
    """CommonMark with tables; HTML in the text is shown, not obeyed."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.add_render_rule("heading_open", _heading_open)
    markdown.add_render_rule("image", _image)
    markdown.add_render_rule("table_open", _table_open)
    markdown.add_render_rule("table_close", _table_close)
    return markdown


def _heading_open(self, tokens, place, options, env):
    """A heading can be linked to, by its words."""
    tokens[place].attrSet("id", slugify(tokens[place + 1].content))
    return self.renderToken(tokens, place, options, env)


def _table_open(self, tokens, place, options, env):
    """A wide table is moved within its frame instead of moving the page."""
    frame = '<div class="table-scroll" tabindex="0" role="region" aria-label="Tabel">'
    return f"{frame}<table>"


def _table_close(self, tokens, place, options, env):
    return "</table></div>"


def _image(self, tokens, place, options, env):
    """Screenshots are named as in static/img/bantuan/."""
    token = tokens[place]
    token.attrSet("src", static(f"img/bantuan/{token.attrs['src']}"))
    token.attrSet("loading", "lazy")
    return self.image(tokens, place, options, env)
