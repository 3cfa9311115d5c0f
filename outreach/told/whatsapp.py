"""What was told, as a text to one who takes part: sent by an officer himself."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outreach.told.models import News
from pokmas.accounts.permissions import require
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
    require(user, "partners.view_contact")
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
    url = settings.BASE_URL + activity.get_absolute_url() if recipient.user_id else ""
    return Prepared(
        to=recipient.name, phone=recipient.phone, text=f"{greeting}{said} {url}".strip()
    )
