"""How the audit trail calls what is done here, and what it tells of the plan."""

from django.utils.translation import gettext_lazy as _

from agreements.plans.models import PlanItem
from agreements.register.models import Agreement
from pokmas.audit.moments import Change, Part, tell_with
from pokmas.audit.phrases import describe
from pokmas.words import dates
from pokmas.words.language import in_readers_words

describe({"agreement.planned": _("menyusun rencana kerja")})


def _said(state) -> str:
    months = map(dates.month_year, (state.first_month, state.last_month))
    numbers = f"{dates.number(state.times)} / {dates.number(state.target)}"
    words = (" – ".join(dict.fromkeys(months)), numbers, state.note)
    return ", ".join(filter(None, words))


def _told(before, after) -> Change | None:
    is_gone = after.pgh_label == "delete"
    was = _said(before or after) if before or is_gone else "–"
    now = "–" if is_gone else _said(after)
    label = in_readers_words(after.type_name)
    return None if was == now else Change(label, was, now)


tell_with(Agreement, Part(PlanItem, "agreement", ("pgh_obj_id",), _told))
