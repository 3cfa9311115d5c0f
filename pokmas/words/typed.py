"""Text as it was typed or pasted, before it is read as a date, an hour or a number."""

# Word and web pages write dashes and apostrophes of their own.
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
APOSTROPHES = dict.fromkeys(map(ord, "‘’‛ʼ´`′"), "'")
# Signs that nobody sees: marks of direction, zero width, soft hyphens.
UNSEEN = [0xAD, 0x61C, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F)]
UNSEEN += range(0x2060, 0x206A)
PLAIN = DASHES | APOSTROPHES | dict.fromkeys(UNSEEN)


def plain(text: str) -> str:
    """With the dashes and apostrophes of a keyboard, and one blank of any kind."""
    return " ".join(str(text).translate(PLAIN).split())
