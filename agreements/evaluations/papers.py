"""A confirmed evaluation on paper: of a year, and at the end."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.evaluations.models import Evaluation
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


class _EvaluationPaper(Paper):
    model = Evaluation
    permission = "agreements.view_evaluation"
    asked = "evaluation.printed"
    of: str
    # Of the paper, which is Indonesian for every reader.
    title: str

    def rows(self):
        return Evaluation.objects.for_page()

    def refusal(self, evaluation):
        if evaluation.kind != self.of:
            return _("Ini bukan %(paper)s.") % {"paper": self.label}
        if not evaluation.is_confirmed:
            return _("Dicetak sesudah disahkan.")
        return None

    def identity(self, evaluation):
        agreement = evaluation.agreement
        return Identity(
            title=Truncator(f"{self.title}: {agreement.title}").chars(200),
            holder=agreement.partner.name,
            number=agreement.our_number,
            period=dates.period(agreement.starts_on, evaluation.due_on),
        )

    def content(self, evaluation, issued):
        return Content(
            [
                Title(self.label, [evaluation.agreement.title]),
                Facts(_about(evaluation)),
                Heading(_("Pelaksanaan")),
                Paragraph(evaluation.implementation),
                *_text(evaluation.comment),
                *_outcomes(evaluation),
                Heading(_("Manfaat bagi unit")),
                *_text(evaluation.benefit),
                Heading(_("Kendala")),
                *(_text(evaluation.problems) or [Paragraph("–")]),
                Signature.of_head(issued, issued.issued_on),
            ]
        )


@register
class YearlyEvaluation(_EvaluationPaper):
    kind = "agreements.evaluation"
    label = gettext_lazy("Evaluasi tahunan kerja sama")
    title = "Evaluasi tahunan kerja sama"
    about = gettext_lazy("Pelaksanaan, manfaat, kendala, dan rekomendasi tahun itu.")
    ready = gettext_lazy("Evaluasi siap diunduh: %(name)s")
    of = Evaluation.Kind.YEARLY


@register
class EndReport(_EvaluationPaper):
    kind = "agreements.end_report"
    label = gettext_lazy("Laporan akhir kerja sama")
    title = "Laporan akhir kerja sama"
    about = gettext_lazy("Tiap hasil yang diinginkan: tercapai, sebagian, atau tidak.")
    ready = gettext_lazy("Laporan akhir siap diunduh: %(name)s")
    of = Evaluation.Kind.FINAL


def _about(evaluation: Evaluation) -> list:
    agreement = evaluation.agreement
    term = dates.date_range(agreement.starts_on, agreement.ends_on)
    ended = agreement.ended_on
    confirmed = f"{evaluation.confirmed_by}, {_day(evaluation.confirmed_at, agreement)}"
    return [
        (_("Mitra"), [agreement.partner.name]),
        (_("Nomor unit"), [agreement.our_number or "–"]),
        (_("Jangka waktu"), [term]),
        *([(_("Diakhiri"), [dates.date_long(ended)])] if ended else []),
        (_("Dinilai sampai"), [dates.date_long(evaluation.due_on)]),
        (_("Rekomendasi"), [evaluation.get_advice_display()]),
        (_("Disusun oleh"), [str(evaluation.submitted_by)]),
        (_("Disahkan oleh"), [confirmed if evaluation.confirmed_by else "–"]),
    ]


def _day(moment, agreement) -> str:
    return dates.date_time(moment, agreement.office.tzinfo) if moment else ""


def _text(text: str) -> list:
    return [Paragraph(text)] if text else []


def _outcomes(evaluation: Evaluation) -> list:
    rows = [
        [
            dates.number(place),
            Cell(row.wanted),
            str(row.get_state_display()),
            row.proof,
            row.remains or "–",
        ]
        for place, row in enumerate(evaluation.outcomes.all(), start=1)
    ]
    if not rows:
        return []
    columns = [
        Column(_("No."), "order"),
        Column(_("Hasil yang diinginkan"), "wide"),
        Column(_("Keadaan")),
        Column(_("Bukti")),
        Column(_("Yang belum selesai")),
    ]
    return [
        Heading(_("Hasil")),
        Table(columns, rows, head=1, rows_are=_("hasil kerja sama")),
    ]
