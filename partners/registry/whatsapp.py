"""WhatsApp texts to a partner."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pokmas.accounts.permissions import require
from pokmas.notices.whatsapp import Prepared, message


@message("partners.partnership", "status", label=gettext_lazy("Kabar pendaftaran"))
def status(partnership, user):
    """Where the registration stands and what the partner may do next."""
    require(user, "partners.view_contact")
    text = _(
        "Yth. %(name)s, pendaftaran %(partner)s (nomor %(reference)s) di %(office)s "
        "berstatus: %(status)s.%(reason)s Lihat selengkapnya: %(url)s"
    )
    reason = _(" Catatan: %(reason)s") % {"reason": partnership.reason}
    return Prepared(
        to=partnership.contact_name,
        phone=partnership.phone,
        text=text
        % {
            "name": partnership.contact_name,
            "partner": partnership.partner.name,
            "reference": partnership.partner.reference,
            "office": partnership.office,
            "status": partnership.get_status_display(),
            "reason": reason if partnership.reason else "",
            "url": settings.BASE_URL + partnership.get_absolute_url(),
        },
    )
