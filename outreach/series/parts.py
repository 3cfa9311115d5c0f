"""The series of an activity, on its page."""

from django.db.models import F, IntegerField, OuterRef, Window
from django.db.models.functions import Coalesce, Lag, Lead
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.activities.parts import PARTS
from outreach.series.models import Session
from pokmas.steps.parts import Part, RowCount


def _sessions() -> Coalesce:
    """How many sessions the series of an activity has."""
    rows = Session.objects.filter(series=OuterRef("session__series")).order_by()
    return Coalesce(RowCount(rows.values("pk"), output_field=IntegerField()), 0)


def _rows(activity, user):
    rows = Activity.objects.visible_to(user)
    return rows.filter(session__series=activity.session.series_id)


def _place(activity, user):
    """The sessions before and after it that this person may open."""
    order = F("session__number").asc()
    rows = _rows(activity, user).annotate(
        before=Window(Lag("pk"), order_by=order),
        after=Window(Lead("pk"), order_by=order),
    )
    near = rows.values_list("pk", "before", "after").order_by("session__number")
    before, after = next(
        (row[1:] for row in near if row[0] == activity.pk), (None, None)
    )
    return {"before": before, "after": after}


def _list(activity, user):
    rows = _rows(activity, user).annotate(left_its_slot=Session.MOVED)
    rows = rows.select_related("session", "office").order_by("session__number")
    return {"rows": rows}


PARTS.add(
    Part(
        "place_in_series",
        _("Rangkaian"),
        "outreach/series/_place.html",
        order=5,
        is_beside=True,
        counted=_sessions(),
        given=_place,
    ),
    Part(
        "series",
        _("Rangkaian"),
        "outreach/series/_sessions.html",
        order=50,
        counted=_sessions(),
        given=_list,
    ),
)
