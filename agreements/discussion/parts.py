from django.utils.translation import gettext_lazy as _

from agreements.discussion.threads import places_of
from agreements.register.parts import PARTS, Part
from agreements.texts.compare import latest_text


def _said(agreement, user) -> dict:
    places = places_of(agreement, user, latest_text(agreement))
    return {
        "answers": agreement.answers.for_list(),
        "places": [place for place in places if place.threads],
    }


PARTS.add(
    Part(
        "discussion",
        _("Pembahasan"),
        "agreements/discussion/_discussion.html",
        order=20,
        serves=lambda agreement, user: agreement.may_be_told,
        given=_said,
    ),
)
