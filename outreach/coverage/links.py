"""When two addresses lead to the same page."""

from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

# What networks and newsletters hang on an address to follow who clicks.
FOLLOWING = ("utm_", "fbclid", "gclid", "igsh", "igshid", "mc_", "ref_src")


def key_of(link: str) -> str:
    """A print of the address: without scheme, www, what follows people, and place."""
    if not link:
        return ""
    parts = urlsplit(link)
    asked = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.lower().startswith(FOLLOWING)
    ]
    host = parts.netloc.lower().removeprefix("www.")
    page = f"{host}{parts.path.rstrip('/')}?{urlencode(sorted(asked))}"
    return sha256(page.encode()).hexdigest()
