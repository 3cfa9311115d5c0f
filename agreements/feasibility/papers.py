"""The sheet on paper, for the file of the cooperation."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.feasibility.models import Feasibility
from agreements.feasibility.sheet import groups_of, triggers_of
from pokmas.papers.blocks import (
    Cell,
    Column,
    Content,
    Facts,
    Heading,
    Paragraph,
    Signature,
    Table,
    Title,
)
from pokmas.papers.kinds import Identity, Paper, register
from pokmas.words import dates


@register
class FeasibilityPaper(Paper):
    """As it was handed in or decided; a changed sheet has another one."""

    kind = "agreements.feasibility"
    label = gettext_lazy("Lembar kelayakan")
    model = Feasibility
    about = gettext_lazy(
        "Rencana, penilaian, dan keputusan kepala, untuk berkas kerja sama."
    )
    asked = "feasibility.printed"
    ready = gettext_lazy("Lembar kelayakan siap diunduh: %(name)s")

    def rows(self):
        return Feasibility.objects.select_related("office", "partner", "decided_by")

    def refusal(self, sheet):
        if sheet.status not in Feasibility.OPEN:
            return None
        return _("Cetakan dibuat sesudah lembar diajukan kepada kepala.")

    def address(self, sheet):
        return f"{sheet.get_absolute_url()}?tab=papers#tabs"

    def revision(self, sheet):
        return sum(each.revision for each in (sheet, sheet.office, sheet.partner))

    def identity(self, sheet):
        # Printed on a paper, and papers are Indonesian.
        title = f"Lembar kelayakan: {sheet.title}"
        return Identity(title=Truncator(title).chars(200), holder=sheet.partner.name)

    def content(self, sheet, issued):
        return Content(
            [
                Title(_("Lembar Kelayakan Kerja Sama"), [sheet.title]),
                Heading(_("Rencana kerja sama")),
                Facts(_plan(sheet)),
                Heading(_("Urgensi"), 3),
                Paragraph(sheet.urgency),
                Heading(_("Bentuk kerja sama"), 3),
                Paragraph(sheet.form),
                Heading(_("Pokok kerja sama"), 3),
                Paragraph(sheet.subject),
                Heading(_("Penilaian")),
                *_answers(sheet),
                *_triggers(sheet),
                Heading(_("Rekomendasi dan keputusan")),
                Facts(_verdict(sheet)),
                Signature.of_head(issued),
            ],
            is_compact=True,
        )


def _plan(sheet) -> list:
    return [
        (_("Mitra"), [sheet.partner.name]),
        (_("Jenis"), [sheet.get_kind_display()]),
        (_("Jangka waktu"), [dates.date_range(sheet.starts_on, sheet.ends_on)]),
    ]


def _answers(sheet) -> list:
    columns = [
        Column(_("Kriteria"), "wide"),
        Column(_("Jawaban")),
        Column(_("Bukti"), "wide"),
    ]
    blocks = []
    for label, lines in groups_of(sheet):
        rows = [
            [Cell(each.text), str(each.answer) or "–", each.note or "–"]
            for each in lines
        ]
        blocks += [Heading(str(label), 3), Table(columns, rows)]
    return blocks


def _triggers(sheet) -> list:
    lines = triggers_of(sheet)
    if not lines:
        return []
    columns = [Column(_("Hal"), "wide"), Column(_("Penjelasan"), "wide")]
    rows = [[Cell(each.text), each.note or _("Belum dijelaskan")] for each in lines]
    return [Heading(_("Hal yang perlu dijelaskan"), 3), Table(columns, rows)]


def _verdict(sheet) -> list:
    weighed = sheet.weighed
    said = _("%(words)s (%(points)s dari %(most)s angka, %(percent)s%%)") % {
        "words": weighed.recommendation.label,
        "points": weighed.points,
        "most": weighed.most,
        "percent": weighed.percent,
    }
    rows = [(_("Rekomendasi"), [said]), (_("Keadaan"), [sheet.get_status_display()])]
    if sheet.decided_on:
        day = dates.date_long(sheet.decided_on)
        rows.append((_("Diputuskan"), [f"{sheet.decided_by}, {day}"]))
    if sheet.reason:
        rows.append((_("Pertimbangan"), [sheet.reason]))
    return rows
