"""An amendment takes effect with its signing."""

from agreements.amendments import services
from agreements.signing.services import FOLLOWING


def merge(agreement, *, by):
    if agreement.is_amendment:
        services.merge(agreement, by=by)


FOLLOWING.append(merge)
