"""What the national e-office (SRIKANDI) puts into a Word file when it gives a number
and has it signed: these words must reach it untouched, each in one piece.

Whoever prints a draft writes by hand instead: there stand blanks.
"""

from dataclasses import astuple, dataclass

from pokmas.papers.blocks import UNNAMED


@dataclass(frozen=True)
class Marks:
    """What stands where number, date and signature belong."""

    number: str
    date: str
    signature: str
    name: str
    nip: str
    position: str

    def placed(self, text: str) -> str:
        """A text with these where it names what SRIKANDI fills in."""
        for variable, mark in zip(VARIABLES, astuple(self), strict=True):
            text = text.replace(variable, mark)
        return text


FILLED = Marks(
    number="${nomor_naskah}",
    date="${tanggal_naskah}",
    signature="${ttd_pengirim}",
    name="${nama_pengirim}",
    nip="${nip_pengirim}",
    position="${jabatan_pengirim}",
)
BLANK = Marks(
    number=UNNAMED,
    date=UNNAMED,
    signature="",
    name=UNNAMED,
    nip=UNNAMED,
    position=UNNAMED,
)
VARIABLES = astuple(FILLED)
