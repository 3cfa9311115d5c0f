"""The brief of a region on one sheet of A4."""

from math import ceil

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import RegionMonth
from pokmas.documents.models import IssuedDocument
from pokmas.jobs.models import Job
from pokmas.offices.models import Office
from pokmas.papers.blocks import (
    Column,
    Content,
    Heading,
    Paragraph,
    Table,
    Title,
)
from pokmas.papers.kinds import Identity, Paper, register
from pokmas.words import dates
from pokmas.words.identity import spaced_nip
from reports.brief.brief import Brief, Named, head_of, short
from reports.figures.periods import Month

# What is told has so many lines of so many letters; of names as many as fit.
LINES, LETTERS = 19, 105
ROOMS = [3000, 1500, 800, 400, 200, 60]


@register
class BriefPaper(Paper):
    """As things stand on the day it is asked for; another day gives another."""

    kind = "reports.brief"
    label = gettext_lazy("Ringkasan wilayah satu halaman")
    model = RegionMonth
    permission = "reports.compare_units"
    about = gettext_lazy(
        "Untuk kepala wilayah: apa yang dicapai, siapa yang diam atau terlambat, apa "
        "yang berakhir, dan apa yang perlu diputuskan."
    )
    asked = "regionmonth.briefed"
    ready = gettext_lazy("Ringkasan wilayah siap diunduh: %(name)s")

    def rows(self):
        return RegionMonth.objects.select_related("office")

    def address(self, page):
        """Beside the brief itself, not on the other page of its month."""
        url = reverse("reports:brief_paper", args=[page.office_id])
        return f"{url}?month={page.month:%Y-%m}#{self.anchor}"

    def serves(self, issued, page):
        is_made = issued.job is None or issued.job.state == Job.State.DONE
        return not is_made or issued.issued_on == page.office.today

    def is_wanted(self, issued, page):
        return True

    def identity(self, page):
        return Identity(
            title="Ringkasan wilayah",
            holder=page.office.name,
            period=dates.month_year(page.month),
        )

    def content(self, page, issued):
        brief = Brief(page.office, Month.of(page.month), head_of(page.office))
        day = dates.date_long(brief.scope.day)
        blocks = [
            Title(
                _("Ringkasan wilayah, %(month)s") % {"month": brief.name},
                [_("Keadaan pada %(day)s") % {"day": day}],
            ),
            Heading(_("Yang dicapai"), 3),
            _figures(brief),
            Paragraph(brief.reports_told, "long-text"),
            *_fitted(brief),
            Paragraph(_who_acts(issued), "long-text"),
        ]
        return Content(blocks, paper_size=Office.PaperSize.A4.value, is_compact=True)


def _who_acts(issued: IssuedDocument) -> str:
    office = issued.office
    words = [
        _("Kepala %(office)s") % {"office": issued.office_name},
        office.head_name,
        f"NIP {spaced_nip(office.head_nip)}" if office.head_nip else "",
    ]
    return _("Yang bertindak: %(who)s.") % {"who": ", ".join(filter(None, words))}


def _figures(brief: Brief) -> Table:
    columns = [Column(_("Angka"), "middle")]
    columns += [Column(each, "number") for each in brief.heads]
    columns.append(Column(_("Terhadap target")))
    return Table(
        columns,
        [
            [
                each.label,
                *map(dates.number, (each.now, each.before, each.year_before)),
                each.achieved or "–",
            ]
            for each in brief.figures
        ],
    )


def _fitted(brief: Brief) -> list:
    """With fewer names the more there is to tell, so that it stays on its page."""
    for room in ROOMS:
        told = _told(brief, room)
        lines = sum(
            ceil(len(text) / LETTERS) for _label, texts in told for text in texts
        )
        if lines <= LINES:
            break
    return [
        block
        for label, texts in told
        if texts
        for block in (Heading(label, 3), Paragraph("\n".join(texts), "long-text"))
    ]


def _told(brief: Brief, room: int) -> list[tuple[str, list[str]]]:
    ending = [brief.ending] if brief.ending.items else []
    decisions = [
        f"{each.act}: {short(each.title)} ({each.office})." for each in brief.decisions
    ]
    nobody = _("Tidak ada yang menunggu keputusan kepala wilayah.")
    return [
        (
            _("Diam atau terlambat"),
            _named(brief.behind, room)
            or [_("Tidak ada unit yang diam atau terlambat.")],
        ),
        (_("Yang berakhir"), _named(ending, room) or [_("Tidak ada yang berakhir.")]),
        (_("Yang perlu diputuskan"), decisions or [nobody]),
        (_("Contoh baik"), brief.examples),
    ]


def _named(lists: list[Named], room: int) -> list[str]:
    return [f"{each.counted}: {each.within(room)}." for each in lists]
