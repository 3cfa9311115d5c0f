"""Where a report says what people wrote: its chapters, and each indicator.

A place is called by the field it comes from, in the form of `Report` and in a Word file
alike.
"""

import re
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pokmas.papers.blocks import Paragraph
from pokmas.papers.word import WRITTEN
from reports.monthly.models import NARRATIVE, Report

HERE = "[Tulis uraian di sini.]"
ANALYSIS = "analysis_"
LONGEST = 4000


@dataclass(frozen=True)
class Said:
    """What is said at a place; `otherwise` where nothing is, if that is said at all."""

    otherwise: str = ""

    def of(self, report: Report, place: str, nothing: str = "") -> list[Paragraph]:
        text = text_at(report, place).strip() or self.otherwise or nothing
        return [Paragraph(text, WRITTEN, place)] if text else []


def analysis_of(code: str) -> str:
    """The place of an indicator, in letters that Word takes for a bookmark."""
    return ANALYSIS + re.sub(r"\W", "_", code)


def places_of(report: Report) -> dict[str, str]:
    """What each is called for people."""
    chapters = {
        name: str(capfirst(report._meta.get_field(name).verbose_name))
        for name in NARRATIVE
    }
    return chapters | {
        analysis_of(code): _("analisis %(code)s") % {"code": code}
        for code in _codes(report)
    }


def said_in(report: Report) -> list[tuple[str, str]]:
    """Label and text of all that may be said in it."""
    return [
        (capfirst(name), text_at(report, place))
        for place, name in places_of(report).items()
    ]


def text_at(report: Report, place: str) -> str:
    if place in NARRATIVE:
        return getattr(report, place)
    return report.explained.get(_code(report, place), {}).get("analysis", "")


def say_at(report: Report, place: str, text: str) -> None:
    """Put it on the report; whoever calls saves it."""
    if place in NARRATIVE:
        setattr(report, place, text)
        return
    code = _code(report, place)
    nothing = {"analysis": "", "budget": "", "spent": ""}
    known = report.explained.get(code, nothing)
    report.explained = report.explained | {code: known | {"analysis": text}}


def _code(report: Report, place: str) -> str | None:
    return {analysis_of(code): code for code in _codes(report)}.get(place)


def _codes(report: Report) -> list[str]:
    """Of the indicators that it speaks of, or has spoken of."""
    told = [row["code"] for row in report.figures.get("accounts", ())]
    return list(dict.fromkeys([*told, *report.explained]))
