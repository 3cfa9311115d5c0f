"""Which characters a paper can print, and what stands for those of Word's own fonts.

Papers are printed in the fonts of static/fonts: Arimo, and DejaVu Sans for Arabic,
check marks and signs that Arimo lacks. What neither has would be an empty box.
"""

from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from fontTools.ttLib import TTFont

FONTS = ["Arimo-Regular.ttf", "DejaVuSans.ttf"]
# Word writes the marks of its lists in fonts of its own, at places that no other font
# knows; and it breaks a line with a character that is none.
OF_WORD = {
    0xF0B7: "•",
    0xF0A7: "▪",
    0xF0A8: "□",
    0xF0D8: "➢",
    0xF0E0: "→",
    0xF0FC: "✓",
    0xF0FE: "☑",
    0x000B: "\n",
    0x2028: "\n",
    0x2029: "\n",
}
BREAKS = {0x09, 0x0A, 0x0D}
# Characters that are no letters, and that no file of text may hold.
UNSEEN = dict.fromkeys(
    {*range(0x20), *range(0x7F, 0xA0), 0xFEFF, 0xFFFE, 0xFFFF} - BREAKS
)
REPLACED = UNSEEN | OF_WORD
# What these mean every font decides for itself: no file for archives may hold them.
PRIVATE = frozenset(range(0xE000, 0xF900))
SHOWN = 8
# For a character that no font of ours has.
PLACEHOLDER = "\N{REPLACEMENT CHARACTER}"


def printable(text: str) -> str:
    """The text with Word's own characters replaced and unseen ones left out."""
    return text.translate(REPLACED)


def unprintable(text: str) -> list[str]:
    """Its characters that no font of ours has, each once."""
    if text.isascii():
        return []
    return list(dict.fromkeys(c for c in printable(text) if not _is_known(ord(c))))


def check_printable(text: str) -> None:
    """Refuse what a paper would print as empty boxes."""
    if found := unprintable(text):
        raise ValidationError(
            _("Tidak dapat dicetak pada dokumen: %(signs)s. Hapus atau ganti.")
            % {"signs": " ".join(found[:SHOWN])},
            code="unprintable",
        )


def _is_known(code: int) -> bool:
    return code in BREAKS or code in _known()


@cache
def _known() -> frozenset[int]:
    """The characters of our fonts, read once in each process."""
    known = set()
    for name in FONTS:
        with TTFont(settings.BASE_DIR / "static/fonts" / name, lazy=True) as font:
            known.update(font.getBestCmap())
    return frozenset(known - PRIVATE)
