"""The paper that sums up an agreement in force, to be shown to others."""

from dataclasses import replace

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.parties.listing import parties_of
from agreements.register.models import Agreement
from pokmas.documents.models import IssuedDocument
from pokmas.papers.blocks import Content, Facts, Heading, Paragraph, Title
from pokmas.papers.kinds import Identity, Paper, register
from pokmas.words import dates


@register
class AgreementExtract(Paper):
    """Valid while the agreement stands as this revision of it did; who sees the
    agreement may ask for it."""

    kind = "agreements.extract"
    label = gettext_lazy("Ringkasan kerja sama")
    model = Agreement
    about = gettext_lazy(
        "Satu atau dua halaman berkode QR untuk ditunjukkan kepada pihak lain; siapa "
        "pun dapat memeriksa keasliannya."
    )
    asked = "agreement.extracted"
    ready = gettext_lazy("Ringkasan siap diunduh: %(name)s")

    def rows(self):
        return Agreement.objects.select_related(
            "partner", "group__field", "umbrella", "scan"
        )

    def refusal(self, agreement):
        if Agreement.objects.in_force().filter(pk=agreement.pk).exists():
            return None
        return _("Ringkasan hanya dibuat selama kerja sama ditandatangani dan berlaku.")

    def awaits(self, agreement):
        if not (agreement.is_signed and agreement.starts_on > agreement.office.today):
            return ""
        day = dates.date_long(agreement.starts_on)
        return _("Dapat dibuat mulai %(day)s, saat kerja sama mulai berlaku.") % {
            "day": day
        }

    def address(self, agreement):
        return f"{agreement.get_absolute_url()}?tab=papers#tabs"

    def revision(self, agreement):
        # It also prints the names of these, and the letterhead of the unit.
        named = (agreement.office, agreement.partner, agreement.group)
        printed = [agreement, *named, agreement.umbrella]
        return sum(record.revision for record in printed if record)

    def identity(self, agreement):
        # Printed on a paper, and papers are Indonesian.
        title = f"Ringkasan kerja sama: {agreement.title}"
        return Identity(
            title=Truncator(title).chars(200),
            holder=agreement.partner.name,
            number=agreement.our_number,
            valid_until=agreement.ends_on,
        )

    def content(self, agreement, issued):
        return Content(
            [
                Title(
                    _("Ringkasan Kerja Sama"),
                    [agreement.title, agreement.get_kind_display()],
                ),
                Heading(_("Kerja sama")),
                Facts(_terms(agreement, issued)),
                Heading(_("Para pihak")),
                Facts(_parties(agreement, issued)),
                Heading(_("Ruang lingkup")),
                Facts([(_("Bidang"), [_fields(agreement)])]),
                Heading(_("Bentuk kerja sama"), 3),
                Paragraph(agreement.form, "long-text"),
                Heading(_("Pokok kerja sama"), 3),
                Paragraph(agreement.subject, "long-text"),
                *_scan(agreement),
                Paragraph(_holds(issued), "quiet"),
            ],
            is_compact=True,
        )


def _terms(agreement: Agreement, issued: IssuedDocument) -> list:
    signed = [agreement.signed_at_place, dates.date_long(agreement.signed_on)]
    today = _("Berlaku pada %(day)s") % {"day": dates.date_long(issued.issued_on)}
    rows = [
        (_("Nomor unit"), [agreement.our_number or "–"]),
        (_("Nomor mitra"), [agreement.partner_number or "–"]),
        (_("Ditandatangani"), [", ".join(filter(None, signed))]),
        (
            _("Jangka waktu"),
            [dates.date_range(agreement.starts_on, agreement.ends_on)],
        ),
        (_("Keadaan"), [today]),
    ]
    if umbrella := agreement.umbrella:
        named = ", ".join(filter(None, [umbrella.title, umbrella.our_number]))
        rows.append((_("Nota payung"), [named]))
    return rows


def _parties(agreement: Agreement, issued: IssuedDocument) -> list:
    ours, *others = parties_of(agreement)
    # The office as it was called when the paper was asked for.
    sides = [replace(ours, name=issued.office_name), *others]
    rows = [(side.label, side.lines) for side in sides]
    if agreement.group:
        rows.append((_("Kelompok"), [agreement.group.name]))
    return rows


def _fields(agreement: Agreement) -> str:
    if agreement.group:
        return str(agreement.group.field)
    partnership = agreement.partnership
    fields = partnership.fields.all() if partnership else ()
    return ", ".join(map(str, fields)) or "–"


def _scan(agreement: Agreement) -> list:
    if not agreement.scan:
        return []
    return [
        Heading(_("Pindaian naskah bertanda tangan")),
        Paragraph(
            _("Sidik berkas (SHA-256), untuk membandingkan pindaian yang Anda pegang:")
        ),
        Paragraph(agreement.scan.sha256, "fingerprint"),
    ]


def _holds(issued: IssuedDocument) -> str:
    return _(
        "Ringkasan ini berlaku %(first)s sampai %(last)s dan tidak menggantikan "
        "naskahnya. Bila kerja sama ditangguhkan atau diakhiri lebih awal, ringkasan "
        "ini ditarik; keadaan terakhirnya ada di halaman pemeriksaan."
    ) % {
        "first": dates.date_long(issued.issued_on),
        "last": dates.date_long(issued.valid_until),
    }
