"""The report of a verified activity as officers send it to their superiors."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outreach.activities.models import Activity
from pokmas.accounts.permissions import require
from pokmas.notices.whatsapp import Prepared, message
from pokmas.words import dates


@message("outreach.activity", "report", label=gettext_lazy("Teks “Izin melaporkan”"))
def report(activity: Activity, user) -> Prepared:
    """Figures as counts, never a name; of what was verified alone."""
    require(user, "outreach.view_activity")
    if activity.status not in Activity.COUNTED or user.acting.is_community:
        raise PermissionDenied
    chosen = _("Yang Anda pilih di WhatsApp")
    return Prepared(to=chosen, phone=None, text=text(activity))


def text(activity: Activity) -> str:
    rows = [
        (_("Kegiatan"), activity.title),
        (_("Hari/tanggal"), dates.date_full(activity.held_on)),
        (_("Waktu"), _hours(activity)),
        (_("Tempat"), f"{activity.place}, {activity.regency}"),
        (_("Mitra"), ", ".join(partner.name for partner in activity.partners.all())),
        (_("Penerima manfaat"), _served(activity)),
        (_("Hasil"), activity.output),
        (_("Kendala"), activity.obstacles),
        (_("Tindak lanjut"), activity.follow_up),
    ]
    lines = [f"*{label}*: {value}" for label, value in rows if value]
    heading = _("Izin melaporkan kegiatan %(office)s.") % {"office": activity.office}
    return "\n".join([heading, "", *lines, "", _("Demikian, terima kasih.")])


def _hours(activity) -> str:
    zone = activity.zone
    start, end = (
        dates.clock(each.astimezone(zone))
        for each in (activity.starts_at, activity.ends_at)
    )
    return f"{start}–{end} {dates.zone_name(zone)}"


def _served(activity) -> str:
    """“12 (L 10, P 2)” of each category."""
    found = {}
    for row in activity.counts.all():
        found.setdefault(row.get_category_display(), {})[row.sex] = row.number
    return "; ".join(
        _("%(category)s %(all)s (L %(male)s, P %(female)s)")
        % {
            "category": category,
            "all": dates.number(sum(sexes.values())),
            "male": dates.number(sexes.get("male", 0)),
            "female": dates.number(sexes.get("female", 0)),
        }
        for category, sexes in found.items()
        if sum(sexes.values())
    )
