"""What a photo looks like; the same picture saved anew, or smaller, looks the same."""

from itertools import pairwise

from PIL import Image, UnidentifiedImageError

from pokmas.documents.models import Document

WIDTH, HEIGHT = 9, 8
# In how many of its 64 bits the same picture may differ.
NEAR = 4
# With less between its darkest and its brightest spot it tells nothing.
LEAST_CONTRAST = 24


def look_of(document: Document) -> int | None:
    """Whether each spot is brighter than the next one, read from the small picture."""
    if not document.thumbnail:
        return None
    try:
        with document.thumbnail.open() as file, Image.open(file) as picture:
            small = picture.convert("L").resize((WIDTH, HEIGHT))
    except (OSError, UnidentifiedImageError):
        return None  # of what cannot be read now nothing is said
    tones = small.tobytes()
    if max(tones) - min(tones) < LEAST_CONTRAST:
        return None
    rows = [tones[start : start + WIDTH] for start in range(0, len(tones), WIDTH)]
    bits = "".join("01"[left > right] for row in rows for left, right in pairwise(row))
    return int.from_bytes(int(bits, 2).to_bytes(8), signed=True)
