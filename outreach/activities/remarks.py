"""What in a remark looks like the name or number of a person served."""

import re

from django.utils.translation import gettext_lazy as _

from pokmas.forms.doubts import Doubts

NAME = r"[A-Z][\w.'’]*"
# Who signs for an office is no client.
OFFICES = (
    r"(?!Kepala|Kakanwil|Kalapas|Kabapas|Karutan|Direktur|Dirjen|Menteri|Sekretaris"
    r"|Gubernur|Bupati|Wali|Camat|Lurah|Ketua|Pimpinan|Kantor|Kementerian)"
)
NAMES = re.compile(
    rf"\b(?i:a\.\s?n\.?|an\.|atas\s+nama|inisial|alias)\s*:?\s+{OFFICES}{NAME}"
    rf"|\b{NAME}\s+(?i:bin|binti)\s+{NAME}"
)
# Sixteen figures, as a NIK is written.
NUMBERS = re.compile(r"(?<!\d)\d(?:[ .-]?\d){15}(?!\d)")
WARNING = _(
    "Tampak seperti nama atau nomor orang: “%(found)s”. Hapus bila itu warga binaan, "
    "klien, korban, atau anak."
)


def of_a_person(text: str) -> str:
    """The first words that look so; empty if none."""
    found = NAMES.search(text) or NUMBERS.search(text)
    return found.group() if found else ""


class NoNames(Doubts):
    """To be mixed into a form: what is typed into REMARKS is looked at."""

    REMARKS: tuple[str, ...] = ()

    def clean(self):
        cleaned = super().clean()
        for name in self.REMARKS:
            if found := of_a_person(self.cleaned_data.get(name) or ""):
                self.doubt(name, WARNING % {"found": found})
        return cleaned
