"""The sets of fonts that pages are tested with in a browser, as Debian packs them.

A page must hold with each of them: letters of DejaVu are the widest there are, those of
Liberation as wide as Arial, those of Noto between the two, and taller.
"""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path("/usr/share/fonts/truetype")


@dataclass(frozen=True)
class FontSet:
    """`files` are all there is for the browser, whatever else its folder holds."""

    package: str
    sans: str
    mono: str
    files: tuple[str, ...]

    @property
    def paths(self) -> list[Path]:
        return [FOLDER / name for name in self.files]

    @property
    def installed(self) -> bool:
        return all(path.exists() for path in self.paths)


SETS = {
    "dejavu": FontSet(
        "fonts-dejavu-core",
        "DejaVu Sans",
        "DejaVu Sans Mono",
        (
            "dejavu/DejaVuSans.ttf",
            "dejavu/DejaVuSans-Bold.ttf",
            "dejavu/DejaVuSansMono.ttf",
            "dejavu/DejaVuSansMono-Bold.ttf",
        ),
    ),
    "liberation": FontSet(
        "fonts-liberation",
        "Liberation Sans",
        "Liberation Mono",
        (
            "liberation/LiberationSans-Regular.ttf",
            "liberation/LiberationSans-Bold.ttf",
            "liberation/LiberationSans-Italic.ttf",
            "liberation/LiberationMono-Regular.ttf",
            "liberation/LiberationMono-Bold.ttf",
        ),
    ),
    "noto": FontSet(
        "fonts-noto-core",
        "Noto Sans",
        "Noto Sans",
        (
            "noto/NotoSans-Regular.ttf",
            "noto/NotoSans-Bold.ttf",
            "noto/NotoSans-Italic.ttf",
        ),
    ),
}
# The widest letters, and on every Debian that has a Chromium.
USUAL = "dejavu"
