"""A picture is drawn anew: upright, small, without what came with its pixels."""

import json
import warnings
from pathlib import Path

from pokmas.documents.sandbox import Refused

LONGEST_SIDE = 1600
# A page of text needs more to be read and printed.
PAGE_SIDE = 2200
THUMBNAIL_SIDE = 320
PIXELS = 40_000_000
AIM_BYTES = 300 * 1024
PAGE_BYTES = 900 * 1024
QUALITIES = (85, 76, 66, 55)
A4_INCHES = 297 / 25.4
# What of a picture is blurred and kept, in per cent of it, lies beside it as this.
AREAS = "areas.json"
# So few spots are left along the longer side of what is blurred: no face is among them.
SPOTS = 5
PREVIEW_SIDE = 800
# EXIF orientation → what sets the picture upright.
UPRIGHT = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}


def redraw(path: Path, folder: Path) -> dict:
    """As `file` and `thumbnail`, of at most 1600 pixels and some 300 KB."""
    clean, small, was_png = _opened(path, LONGEST_SIDE)
    kind = _save(clean, small if was_png else None, folder / "file", AIM_BYTES)
    clean.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    clean.save(folder / "thumbnail", "JPEG", quality=70, optimize=True)
    return {"kind": kind, "width": small.width, "height": small.height}


def redraw_page(path: Path, folder: Path) -> dict:
    """The same of a photographed page, large enough to be read in a PDF."""
    clean, small, _was_png = _opened(path, PAGE_SIDE)
    _save(clean, None, folder / "file", PAGE_BYTES)
    clean.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    clean.save(folder / "thumbnail", "JPEG", quality=70, optimize=True)
    return {"kind": "jpeg", "width": small.width, "height": small.height}


def edit(path: Path, folder: Path) -> dict:
    """The picture with some areas blurred for good, then cut; and a small `preview`."""
    asked = json.loads((folder / AREAS).read_text())
    clean, _small, _was_png = _opened(path, LONGEST_SIDE)
    for area in asked["blurred"]:
        _blur(clean, _box(area, clean.size))
    if asked["cut"]:
        clean = clean.crop(_box(asked["cut"], clean.size))
    width, height = clean.size
    _save(clean, None, folder / "file", AIM_BYTES)
    clean.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    clean.save(folder / "preview", "JPEG", quality=60, optimize=True)
    clean.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    clean.save(folder / "thumbnail", "JPEG", quality=70, optimize=True)
    return {"kind": "jpeg", "width": width, "height": height}


def _box(area: list[int], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom in pixels, of left, top, width and height."""
    left, top, across, down = area
    width, height = size
    return (
        left * width // 100,
        top * height // 100,
        -(-(left + across) * width // 100),
        -(-(top + down) * height // 100),
    )


def _blur(image, box: tuple[int, int, int, int]) -> None:
    """Leave of an area the mean colours of a few spots; what they hid is gone."""
    from PIL import Image

    part = image.crop(box)
    longer = max(part.size)
    few = tuple(max(1, round(SPOTS * side / longer)) for side in part.size)
    spots = part.resize(few, Image.Resampling.BOX)
    image.paste(spots.resize(part.size, Image.Resampling.NEAREST), box)


def bind(path: Path, folder: Path) -> dict:
    """The pictures `page-001`, `page-002` … of the folder as the pages of one PDF."""
    from PIL import Image

    paths = sorted(folder.glob("page-*"))
    first, *others = [Image.open(each).convert("RGB") for each in paths]
    first.save(
        folder / "file",
        "PDF",
        save_all=True,
        append_images=others,
        # The longer side of the largest is that of A4.
        resolution=max(max(image.size) for image in (first, *others)) / A4_INCHES,
        quality=85,
    )
    return {"kind": "pdf", "pages": len(paths)}


def _opened(path: Path, side: int):
    """On white, with its transparency if it has one, and whether it was a PNG."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = PIXELS
    warnings.simplefilter("error")
    warnings.filterwarnings("ignore", message=".*malformed MPO")
    try:
        image = Image.open(path, formats=_formats(path))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("pixels") from None
    with image:
        was_png = image.format == "PNG"
        if image.width * image.height > PIXELS:
            raise Refused("pixels")
        orientation = _orientation(image)
        image.draft("RGB", (side, side))
        image.load()
        small = _shrunk(image, side)
    if orientation in UPRIGHT:
        small = small.transpose(getattr(Image.Transpose, UPRIGHT[orientation]))
    clean = Image.new("RGB", small.size, "white")
    clean.paste(small, mask=small.getchannel("A") if small.mode == "RGBA" else None)
    return clean, small, was_png


def _formats(path: Path) -> list[str]:
    """HEIC needs a reader of its own, which no other picture has to wait for."""
    with path.open("rb") as file:
        if file.read(12)[4:8] != b"ftyp":
            return ["JPEG", "PNG", "WEBP"]
    import pillow_heif

    pillow_heif.register_heif_opener()
    return ["HEIF"]


def _orientation(image) -> int:
    """From EXIF, which may be broken without the picture being so."""
    try:
        return image.getexif().get(0x0112, 1)
    except Exception:  # noqa: BLE001
        return 1


def _shrunk(image, side: int):
    """At most `side` pixels long, as RGB, or RGBA if parts are transparent.

    Far larger ones are first reduced strip by strip: whole, they would be held twice.
    """
    from PIL import Image

    factor = max(image.size) // (2 * side)
    if factor > 1:
        width, height = (-(-length // factor) for length in image.size)
        strip = 64 * factor
        reduced = Image.new(_plain(image.crop((0, 0, 1, 1))).mode, (width, height))
        for top in range(0, image.height, strip):
            piece = image.crop((0, top, image.width, min(top + strip, image.height)))
            reduced.paste(_plain(piece).reduce(factor), (0, top // factor))
        image = reduced
    image = _plain(image)
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    return image


def _plain(image):
    """In one of two modes: with transparency, or without."""
    if image.mode in ("RGB", "RGBA"):
        return image
    if image.mode in ("P", "PA", "LA", "La", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode.startswith("I") or image.mode == "F":
        image = image.point(lambda value: value / 256).convert("L")
    return image.convert("RGB")


def _save(clean, as_png, path: Path, aim: int) -> str:
    """As PNG if that is asked for and light, else as JPEG of so many bytes or so."""
    if as_png is not None:
        fresh = as_png.copy()
        fresh.info = {}
        fresh.save(path, "PNG", optimize=True)
        if path.stat().st_size <= aim:
            return "png"
    for quality in QUALITIES:
        clean.save(path, "JPEG", quality=quality, optimize=True, progressive=True)
        if path.stat().st_size <= aim:
            break
    return "jpeg"
