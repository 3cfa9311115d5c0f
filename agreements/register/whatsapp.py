"""WhatsApp texts to the partner of an agreement."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pokmas.accounts.permissions import require
from pokmas.notices.whatsapp import Prepared, message


@message("agreements.agreement", "status", label=gettext_lazy("Kabar kerja sama"))
def status(agreement, user):
    """Where the agreement stands; the partner reads the text in the portal."""
    require(user, "partners.view_contact")
    # Whom to call at another unit's partner is not told to whom carries it out.
    seen = user.acting.office.is_above(agreement.office)
    partnership = agreement.partnership if seen else None
    name = partnership.contact_name if partnership else agreement.partner_signatory
    text = _(
        "Yth. %(name)s, naskah “%(title)s” antara %(office)s dan %(partner)s "
        "berstatus: %(status)s. Lihat selengkapnya: %(url)s"
    )
    return Prepared(
        to=name,
        phone=partnership.phone if partnership else "",
        text=text
        % {
            "name": name,
            "title": agreement.title,
            "office": agreement.office,
            "partner": agreement.partner,
            "status": agreement.get_status_display(),
            "url": settings.BASE_URL + agreement.get_absolute_url(),
        },
    )
