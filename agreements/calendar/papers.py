"""The page of a region's month that its head is given."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.calendar.models import RegionMonth
from agreements.calendar.regional import Section, per_unit, sections
from agreements.register.models import Agreement
from pokmas.jobs.models import Job
from pokmas.papers.blocks import (
    Cell,
    Column,
    Content,
    Heading,
    Paragraph,
    Signature,
    Table,
    Title,
)
from pokmas.papers.kinds import Identity, Paper, register
from pokmas.words import dates


@register
class RegionPage(Paper):
    """As things stand on the day it is asked for; another day gives another."""

    kind = "agreements.region"
    label = gettext_lazy("Halaman bulanan wilayah")
    model = RegionMonth
    about = gettext_lazy(
        "Untuk kepala wilayah: yang berakhir, yang tidak berlanjut, yang tanpa "
        "kegiatan, dan yang ditangguhkan, per unit."
    )
    asked = "regionmonth.printed"
    ready = gettext_lazy("Halaman bulanan siap diunduh: %(name)s")

    def rows(self):
        return RegionMonth.objects.select_related("office")

    def refusal(self, page):
        if page.is_now:
            return None
        return _("Bulan ini sudah lewat. Susun halaman bulan yang berjalan.")

    def serves(self, issued, page):
        is_made = issued.job is None or issued.job.state == Job.State.DONE
        return not is_made or issued.issued_on == page.office.today

    def is_wanted(self, issued, page):
        return True

    def identity(self, page):
        return Identity(
            title="Kerja sama wilayah",
            holder=page.office.name,
            period=dates.month_year(page.month),
        )

    def content(self, page, issued):
        found = sections(page.office)
        month = dates.month_year(page.month)
        blocks = [
            Title(
                _("Kerja sama wilayah, %(month)s") % {"month": month},
                [
                    issued.office_name,
                    _("Keadaan pada %(day)s")
                    % {"day": dates.date_long(page.office.today)},
                ],
            ),
            Heading(_("Ringkasan per unit")),
            _summary(found),
        ]
        for section in found:
            blocks += [Heading(str(section.label)), _table(section)]
        blocks.append(Signature.of_head(issued, page.office.today))
        return Content(
            blocks, annex_lines=[f"{issued.office_name} · {month}"], is_compact=True
        )


def _summary(found: list[Section]) -> Table | Paragraph:
    units = per_unit(found)
    if not units:
        return Paragraph(_("Tidak ada yang perlu perhatian."))
    total = [len(each.found) for each in found]
    return Table(
        [Column(_("Unit"))] + [Column(str(each.label), "number") for each in found],
        [
            *(
                [unit.name, *(dates.number(number) for _section, number in counts)]
                for unit, counts in units
            ),
            [_("Jumlah"), *map(dates.number, total)],
        ],
        rows_are=_("unit"),
    )


def _table(section: Section) -> Table | Paragraph:
    if not section.found:
        return Paragraph(str(section.nothing))
    return Table(
        [
            Column(_("Kerja sama"), "wide"),
            Column(_("Unit")),
            Column(_("Berakhir"), "date"),
            Column(_("Kegiatan terakhir"), "date"),
        ],
        [_row(row) for row in section.found],
        rows_are=_("kerja sama"),
    )


def _row(agreement: Agreement) -> list:
    last = agreement.active_on
    return [
        Cell(agreement.title, agreement.partner_unsaid),
        agreement.office.name,
        dates.date_short(agreement.ends_on),
        dates.date_short(last) if last else "–",
    ]
