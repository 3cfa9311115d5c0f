"""What was told, as a text to one who takes part: sent by an officer himself."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outreach.told import people
from outreach.told.models import News
from pokmas.accounts.permissions import PermissionMissing
from pokmas.accounts.privacy import CONTACT
from pokmas.notices.whatsapp import Prepared, message

Kind = News.Kind
NEWS = {
    Kind.PLANNED: gettext_lazy("direncanakan %(when)s di %(place)s."),
    Kind.MOVED: gettext_lazy("berubah. %(said)s"),
    Kind.CANCELLED: gettext_lazy("dibatalkan. Penjelasannya ada pada unit kami."),
    Kind.BROUGHT_BACK: gettext_lazy("jadi dilaksanakan %(when)s di %(place)s."),
    Kind.DETACHED: gettext_lazy("tetap dilaksanakan %(when)s di %(place)s."),
}


@message("outreach.recipient", "news", label=gettext_lazy("Kabar kegiatan"))
def news(recipient, user):
    if not recipient.is_reached_by(user):
        raise PermissionMissing(CONTACT)
    told = recipient.news
    activity = told.activity
    greeting = _("Yth. %(name)s, tentang kegiatan “%(title)s” oleh %(office)s: ") % {
        "name": recipient.name,
        "title": activity.title,
        "office": activity.office,
    }
    said = f"{told.subject}. {told.text}"
    if told.kind in NEWS:
        said = NEWS[told.kind] % {
            "when": activity.when,
            "place": activity.place,
            "said": told.said,
        }
    text = f"{greeting}{said} {_link(recipient)}".strip()
    return Prepared(to=recipient.name, phone=recipient.phone, text=text)


def _link(recipient) -> str:
    """Where he reads of it; nothing for whoever cannot open it."""
    activity, user = recipient.news.activity, recipient.user
    if user is None:
        return ""
    told = (each.leads_to for each in people.of(activity) if each.user == user)
    place = next(told, "")
    if not place and people.may_open(activity, user):
        place = activity.get_absolute_url()
    return settings.BASE_URL + place if place else ""
