"""Many names in one sentence."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from pokmas.words import dates


def first_of(names: Sequence[str], most: int) -> str:
    """All of them; of more than `most` the first, and how many more there are."""
    shown = list(names[:most])
    if len(names) > most:
        left = dates.number(len(names) - most)
        shown.append(_("dan %(count)s lainnya") % {"count": left})
    return ", ".join(shown)
