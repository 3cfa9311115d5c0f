"""The bundle of an item of the action plan: an index as PDF, and the ZIP around it."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pokmas.jobs.models import Job
from pokmas.jobs.services import JobFailed
from pokmas.offices.models import Office
from pokmas.papers import printing
from pokmas.papers.blocks import (
    Cell,
    Column,
    Content,
    Facts,
    Heading,
    Items,
    Paragraph,
    Signature,
    Table,
    Title,
)
from pokmas.papers.kinds import Identity, Paper, register
from pokmas.words import dates
from reports.bundles.gathering import Gap, Gathering
from reports.bundles.models import PlanItem
from reports.bundles.packing import INDEX, Packed, Packing
from reports.bundles.services import BUNDLE, KEEP, why_not


@register
class BundlePaper(Paper):
    """As the records stand when it is made: later another one says what changed."""

    kind = BUNDLE
    label = gettext_lazy("Paket bukti")
    model = PlanItem
    permission = KEEP
    asked = "planitem.bundled"
    ready = gettext_lazy("Paket bukti siap diunduh: %(name)s")

    def rows(self):
        return PlanItem.objects.select_related("office__regency", "office__region")

    def serves(self, issued, item):
        return issued.job is not None and issued.job.state != Job.State.DONE

    def is_wanted(self, issued, item):
        return True

    def identity(self, item):
        with printing.as_printed(item.office):
            return Identity(
                title=f"Paket bukti {item.code}",
                holder=item.office.name,
                period=item.period.name,
            )

    def content(self, item, issued):
        by = issued.job.requested_by
        by.acting = issued.job.assignment
        gathering = Gathering(item.office, item.period, by)
        indicator = gathering.indicator(item.code)
        shown = gathering.of(indicator)
        if refusal := why_not(shown):
            raise JobFailed(refusal)
        packing = Packing()
        packing.add_all(shown.pieces)
        gaps = [*_lost(packing), *shown.gaps]
        counted = _("%(pieces)s bukti, %(files)s berkas (%(size)s)") % {
            "pieces": dates.number(len(packing.packed)),
            "files": dates.number(packing.files),
            "size": dates.file_size(packing.size),
        }
        facts = [
            (_("Indikator"), [f"{indicator.code} {indicator.name}"]),
            (_("Rumus"), [indicator.formula]),
            (_("Kantor"), [issued.office_name]),
            (_("Masa"), [issued.period]),
            (_("Keadaan pada"), [dates.date_long(item.office.today)]),
            (_("Isi"), [counted]),
            (_("Disusun oleh"), [str(by)]),
        ]
        blocks = [
            Title(
                _("Indeks bukti rencana aksi"),
                [indicator.name, f"{issued.office_name} · {issued.period}"],
            ),
            Facts(facts),
            Heading(_("Yang belum berbukti")),
            *_gaps(gaps),
            Heading(_("Berkas di dalam paket")),
            *_files(packing.packed),
            Signature.of_head(issued, issued.issued_on),
        ]
        keeps = {"packing": packing, "gaps": gaps, "facts": facts}
        lines = [f"{issued.office_name} · {issued.period}"]
        paper_size = Office.PaperSize.A4.value
        return Content(blocks, lines, paper_size=paper_size, keeps=keeps)

    def word(self, item, content, issued):
        return b""

    def package(self, item, content, issued, pdf):
        told = content.keeps
        context = {
            "portal": settings.BASE_URL,
            "issued": issued,
            "facts": told["facts"],
            "gaps": told["gaps"],
            "packed": told["packing"].packed,
            "index": f"{INDEX}.pdf",
        }
        page = render_to_string("reports/bundles/packed.html", context)
        files = {f"{INDEX}.pdf": pdf, f"{INDEX}.html": page.encode()}
        return told["packing"].finished(files)


def _lost(packing: Packing) -> list[Gap]:
    words = _("%(name)s: berkasnya hilang dari penyimpanan portal.")
    return [Gap(words % {"name": each.name}, each.url) for each in packing.lost]


def _gaps(gaps: list[Gap]) -> list:
    if not gaps:
        return [Paragraph(_("Tidak ada: setiap bulan dan setiap unsur berbukti."))]
    return [Items([gap.text for gap in gaps], numbered=True)]


def _files(packed: list[Packed]) -> list:
    if not packed:
        return [Paragraph(_("Tidak ada berkas."))]
    table = Table(
        [
            Column(_("No."), "order"),
            Column(_("Berkas dan SHA-256")),
            Column(_("Bulan"), "date"),
            Column(_("Ukuran"), "number"),
        ],
        [_row(each) for each in packed],
        head=1,
        rows_are=_("berkas"),
    )
    return [table]


def _row(each: Packed) -> list:
    number, size = dates.number(each.number), dates.file_size(each.piece.file.size)
    told = f"{each.path}\n{each.sha256}"
    if each.is_again:
        told = _("sama dengan berkas nomor %(number)s") % {"number": number}
        number = size = "–"
    return [number, Cell(each.piece.name, told), each.piece.when or "–", size]
