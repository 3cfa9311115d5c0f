"""The list of what is signed at a ceremony."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.signing.models import SigningDay
from pokmas.papers.blocks import (
    Cell,
    Column,
    Content,
    Facts,
    Signature,
    Table,
    Title,
)
from pokmas.papers.kinds import Identity, Paper, register
from pokmas.words import dates


@register
class SigningList(Paper):
    kind = "agreements.signing_day"
    label = gettext_lazy("Daftar naskah")
    model = SigningDay
    about = gettext_lazy(
        "Naskah yang ditandatangani pada acara ini, dengan nomor dan penanda tangannya."
    )
    asked = "signingday.printed"
    ready = gettext_lazy("Daftar naskah siap diunduh: %(name)s")
    permission = "agreements.sign_agreement"
    is_draft = True

    def rows(self):
        return SigningDay.objects.select_related("office__regency")

    def identity(self, day):
        # Printed on a paper, and papers are Indonesian.
        title = f"Daftar naskah penandatanganan: {day}"
        return Identity(title=Truncator(title).chars(200), holder=day.office.name)

    def content(self, day, issued):
        rows = [
            [
                str(place),
                Cell(each.title, each.get_kind_display()),
                each.our_number or "–",
                Cell(each.our_signatory, each.our_position),
                Cell(each.partner_signatory, each.partner.name),
            ]
            for place, each in enumerate(day.naskah, start=1)
        ]
        columns = [
            Column(_("No."), "order"),
            Column(_("Naskah"), "wide"),
            Column(_("Nomor unit")),
            Column(_("Pihak Kesatu")),
            Column(_("Pihak Kedua")),
        ]
        office = day.office
        return Content(
            [
                Title(_("Daftar Naskah Penandatanganan"), [office.name]),
                Facts(
                    [
                        (_("Hari dan tanggal"), [dates.date_full(day.held_on)]),
                        (_("Tempat"), [day.place]),
                    ]
                ),
                Table(columns, rows, head=1, rows_are="naskah"),
                Signature.of_head(issued, day.held_on),
            ]
        )
