from django.utils.translation import gettext_lazy as _

from agreements.discussion.conditions import CHANGE_ASKED
from agreements.discussion.threads import places_of
from agreements.register.models import Agreement
from agreements.register.parts import PARTS
from agreements.texts.compare import latest_text
from pokmas.steps.parts import Part


def _said(agreement, user) -> dict:
    places = places_of(agreement, user, latest_text(agreement))
    return {
        "answers": agreement.answers.for_list(),
        "places": [place for place in places if place.threads],
    }


def _is_change_asked(agreement, user) -> bool:
    """Asked of the database with whose turn it is."""
    in_discussion = agreement.status == Agreement.Status.DISCUSSION
    return in_discussion and agreement.meets(CHANGE_ASKED, None)


PARTS.add(
    Part(
        "asked_change",
        _("Perubahan yang diminta mitra"),
        "agreements/discussion/_asked_change.html",
        order=5,
        is_beside=True,
        serves=_is_change_asked,
        given=lambda agreement, user: {"answer": agreement.answers.for_list().first()},
    ),
    Part(
        "discussion",
        _("Pembahasan"),
        "agreements/discussion/_discussion.html",
        order=20,
        serves=lambda agreement, user: agreement.may_be_told,
        given=_said,
    ),
)
