"""What stands on the slip: who, what happens next, where to go, until when."""

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from partners.door.models import Slip
from partners.registration import status as registration
from partners.registry.models import Partnership
from partners.volunteers import status as volunteers
from pokmas.documents import qr
from pokmas.documents.letterhead import without_scheme
from pokmas.papers import printing
from pokmas.papers.blocks import (
    Block,
    Content,
    Facts,
    Items,
    Key,
    Paragraph,
    Title,
)
from pokmas.words import dates

# In millimetres; on a small page less is left blank.
MARGINS = {"top": 12, "right": 12, "bottom": 16, "left": 12}
LONGEST_NAME = 120


def told(slip: Slip) -> dict:
    """The same for the page, where it may be copied by hand, and for the paper; how it
    stands and what is next in the words of the public page of its number."""
    owner, office = slip.owner, slip.owner.office
    is_partner = isinstance(owner, Partnership)
    room = registration if is_partner else volunteers
    reference = owner.partner.reference if is_partner else owner.reference
    return {
        "owner": owner,
        "office": office,
        "is_partner": is_partner,
        "reference": reference,
        "status": owner.status_label,
        "next": room.afterwards(owner),
        "until": slip.ends_on,
        "where": [line for line in (office.name, office.address, office.phone) if line],
        "address": settings.BASE_URL + reverse("partners:take_over"),
        "status_address": settings.BASE_URL + reverse("partners:status"),
    }


def printed(slip: Slip, code: str, *, paper: str) -> bytes:
    """The slip as a PDF of one page; raises PdfFailed. It is kept nowhere."""
    with printing.as_printed(slip.owner.office):
        facts = told(slip)
        content = Content(
            _blocks(facts, code), paper_size=paper, margins=MARGINS, is_compact=True
        )
        title = " ".join([_("Slip pendaftaran"), facts["reference"]])
        return printing.sheet_of(content, facts["office"], title=title).content


def _blocks(facts: dict, code: str) -> list[Block]:
    address = without_scheme(facts["address"])
    until = _("Berlaku sekali, sampai %(day)s.") % {
        "day": dates.date_long(facts["until"])
    }
    steps = [
        _("Bila sudah punya alamat surel, buka %(address)s atau pindai kode QR.")
        % {"address": address},
        _("Buat akun, lalu buka tautan yang kami kirim ke surel Anda."),
        _("Ketik kode akun di atas. Pendaftaran ini menjadi milik akun Anda."),
    ]
    return [
        Title(_("Slip pendaftaran")),
        Facts(
            [
                (_("Nama"), [Truncator(facts["owner"]).chars(LONGEST_NAME)]),
                (_("Nomor pendaftaran"), [facts["reference"]]),
                (_("Status"), [facts["status"]]),
                (_("Setelah ini"), [facts["next"]]),
                (_("Cek status"), [without_scheme(facts["status_address"])]),
                (_("Bertanya di"), facts["where"]),
            ]
        ),
        Key(
            _("Kode akun"),
            code,
            until,
            qr.svg(facts["address"], title=facts["address"]),
        ),
        Items(steps, numbered=True),
        Paragraph(
            _(
                "Simpan slip ini dan jangan tunjukkan kodenya kepada orang lain. Bila "
                "hilang, minta petugas mencetak yang baru. Tidak dipungut biaya."
            ),
            "quiet",
        ),
    ]
