"""WhatsApp texts to a partner."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pokmas.accounts.permissions import require
from pokmas.notices.whatsapp import Prepared, message


@message("partners.partner", "status", label=gettext_lazy("Kabar pendaftaran"))
def status(partner, user):
    """Where the registration stands and what the partner may do next."""
    require(user, "partners.view_contact")
    text = _(
        "Yth. %(name)s, pendaftaran %(partner)s (nomor %(reference)s) di %(office)s "
        "berstatus: %(status)s.%(reason)s Lihat selengkapnya: %(url)s"
    )
    reason = _(" Catatan: %(reason)s") % {"reason": partner.reason}
    return Prepared(
        to=partner.contact_name,
        phone=partner.phone,
        text=text
        % {
            "name": partner.contact_name,
            "partner": partner.name,
            "reference": partner.reference,
            "office": partner.office,
            "status": partner.get_status_display(),
            "reason": reason if partner.reason else "",
            "url": settings.BASE_URL + partner.get_absolute_url(),
        },
    )
