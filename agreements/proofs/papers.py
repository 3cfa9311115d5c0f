"""The evidence card on paper, as it stands that day."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.proofs.card import Card, card_of
from agreements.proofs.parts import PAPERED
from agreements.register.models import Agreement
from pokmas.jobs.models import Job
from pokmas.papers.blocks import Cell, Column, Content, Facts, Paragraph, Table, Title
from pokmas.papers.kinds import Identity, Paper, register
from pokmas.words import dates
from pokmas.words.identity import spaced_nip


@register
class AgreementProofs(Paper):
    """Another whenever it is asked for: it tells of much beside the agreement."""

    kind = "agreements.proofs"
    label = gettext_lazy("Kartu bukti kerja sama")
    model = Agreement
    permission = "agreements.view_evaluation"
    about = gettext_lazy(
        "Keadaan setiap unsur bukti pada hari pencetakan, di samping posisi awalnya."
    )
    asked = "agreement.proofs_printed"
    ready = gettext_lazy("Kartu bukti siap diunduh: %(name)s")

    def rows(self):
        return Agreement.objects.select_related(
            "office", "partner", "proof_baseline__locked_by"
        )

    def refusal(self, agreement):
        if agreement.status in PAPERED:
            return None
        return _("Kartu bukti dibuat sesudah kerja sama ditandatangani.")

    def serves(self, issued, agreement):
        return issued.job is not None and issued.job.state != Job.State.DONE

    def is_wanted(self, issued, agreement):
        return True

    def address(self, agreement):
        return f"{agreement.get_absolute_url()}?tab=proofs#tabs"

    def identity(self, agreement):
        # Printed on a paper, and papers are Indonesian.
        title = f"Kartu bukti kerja sama: {agreement.title}"
        return Identity(
            title=Truncator(title).chars(200),
            holder=agreement.partner.name,
            number=agreement.our_number,
        )

    def content(self, agreement, issued):
        card, baseline = card_of(agreement), getattr(agreement, "proof_baseline", None)
        return Content(
            [
                Title(_("Kartu Bukti Kerja Sama"), [agreement.title]),
                Facts(_facts(agreement, issued, card, baseline)),
                _table(card, baseline),
                Paragraph(
                    _(
                        "Keadaan dijawab catatan portal; yang diisi petugas disebut "
                        "nama dan tanggalnya."
                    ),
                    "quiet",
                ),
            ]
        )


def _facts(agreement, issued, card: Card, baseline) -> list:
    rows = [
        (_("Mitra"), [agreement.partner.name]),
        (_("Nomor unit"), [agreement.our_number or "–"]),
        (_("Penanda tangan unit"), _signatory(agreement)),
        (
            _("Jangka waktu"),
            [dates.date_range(agreement.starts_on, agreement.ends_on)],
        ),
        (
            _("Keadaan %(day)s") % {"day": dates.date_long(issued.issued_on)},
            [_met(card.met, len(card.lines))],
        ),
    ]
    if baseline:
        day = {"day": dates.date_long(baseline.locked_on)}
        rows.append(
            (_("Posisi awal %(day)s") % day, [_met(card.then, len(card.lines))])
        )
    return rows


def _signatory(agreement) -> list[str]:
    nip = [f"NIP {spaced_nip(agreement.our_nip)}"] if agreement.our_nip else []
    return [f"{agreement.our_signatory}, {agreement.our_position}", *nip]


def _met(count: int, of: int) -> str:
    return _("%(count)s dari %(of)s unsur terpenuhi") % {
        "count": dates.number(count),
        "of": dates.number(of),
    }


def _table(card: Card, baseline) -> Table:
    columns = [
        Column(_("No."), "order"),
        Column(_("Unsur dan bukti paling sedikit"), "wide"),
        Column(_("Keadaan")),
        Column(_("Fakta"), "wide"),
        *([Column(_("Posisi awal"))] if baseline else []),
    ]
    rows = [
        [
            dates.number(place),
            Cell(str(line.element), line.element.said_least),
            str(line.status_label),
            line.text or "–",
            *([str(line.then_state) or "–"] if baseline else []),
        ]
        for place, line in enumerate(card.lines, start=1)
    ]
    return Table(columns, rows, head=1, rows_are=_("unsur bukti"))
