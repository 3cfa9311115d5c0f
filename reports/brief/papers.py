"""The brief of a region on one sheet of A4."""

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
from reports.brief.brief import Brief, head_of, short
from reports.figures.periods import Month

# So much of what ends is named; the rest stands in the portal.
ENDING = 6


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
            *_list(
                _("Diam atau terlambat"),
                [
                    f"{each.label} ({len(each.items)}): {each.all}."
                    for each in brief.behind
                ],
                _("Tidak ada unit yang diam atau terlambat."),
            ),
            *_list(_("Yang berakhir"), _ending(brief), _("Tidak ada yang berakhir.")),
            *_list(
                _("Yang perlu diputuskan"),
                [
                    f"{each.act}: {short(each.title)} ({each.office})."
                    for each in brief.decisions
                ],
                _("Tidak ada yang menunggu keputusan kepala wilayah."),
            ),
            *_list(_("Contoh baik"), brief.examples, ""),
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
    month = brief.month
    columns = [Column(_("Angka"), "wide")]
    columns += [
        Column(_month(each), "number")
        for each in (month, month.back(1), month.back(12))
    ]
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


def _month(month: Month) -> str:
    return f"{dates.month_short(month.number)} {month.year}"


def _ending(brief: Brief) -> list[str]:
    items = brief.ending.items
    if not items:
        return []
    rest = len(items) - ENDING
    more = [_("dan %(count)s lagi") % {"count": dates.number(rest)}] if rest > 0 else []
    return [f"{brief.ending.counted}: {'; '.join([*items[:ENDING], *more])}."]


def _list(label: str, texts: list[str], nothing: str) -> list:
    """Small, so that a region of thirty units stays on its page."""
    if not texts and not nothing:
        return []
    told = [Paragraph(each, "long-text") for each in texts or [nothing]]
    return [Heading(label, 3), *told]
