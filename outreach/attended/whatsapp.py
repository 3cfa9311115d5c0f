"""The invitation as a text to the officers of the units, sent by the organiser."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outreach.activities.models import Activity
from outreach.attended.models import OPEN, Attendance
from outreach.attended.steps import INVITE
from pokmas.accounts.permissions import require
from pokmas.notices.whatsapp import Prepared, message
from pokmas.words import dates

# So many units the text names.
NAMED = 30


@message("outreach.activity", "invitation", label=gettext_lazy("Teks undangan unit"))
def invitation(activity: Activity, user) -> Prepared:
    require(user, INVITE)
    if activity.refusal_elsewhere(user) or activity.status not in OPEN:
        raise PermissionDenied
    chosen = _("Petugas atau grup unit yang Anda pilih di WhatsApp")
    return Prepared(to=chosen, phone=None, text=text(activity))


def text(activity: Activity) -> str:
    rows = [
        (_("Kegiatan"), activity.title),
        (_("Waktu"), activity.when),
        (_("Tempat"), f"{activity.place}, {activity.regency}"),
        (_("Belum menjawab"), _silent(activity)),
    ]
    lines = [f"*{label}*: {value}" for label, value in rows if value]
    heading = _("Undangan %(office)s bagi UPT.") % {"office": activity.office}
    asked = (
        _("Catat berapa orang dari unit Anda yang ikut serta:")
        if activity.has_begun
        else _("Jawab di portal, siapa yang hadir dan dengan cara apa:")
    )
    place = f"{reverse('outreach:attendance_index')}?activity={activity.pk}"
    asked = f"{asked} {settings.BASE_URL}{place}"
    return "\n".join([heading, "", *lines, "", asked])


def _silent(activity: Activity) -> str:
    silent = Attendance.objects.silent().filter(activity=activity)
    names = list(silent.order_by("office__name").values_list("office__name", flat=True))
    if len(names) > NAMED:
        more = _("dan %(count)s lagi")
        rest = more % {"count": dates.number(len(names) - NAMED)}
        return "; ".join([*names[:NAMED], rest])
    return "; ".join(names)
