"""WhatsApp texts to a partner."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.registry.models import Partner
from pokmas.accounts.permissions import PermissionMissing
from pokmas.accounts.privacy import CONTACT
from pokmas.notices.whatsapp import Prepared, message


@message("partners.partnership", "status", label=gettext_lazy("Kabar pendaftaran"))
def status(partnership, user):
    """Where the registration stands and what the partner may do next."""
    if not partnership.is_reached_by(user):
        raise PermissionMissing(CONTACT)
    text = _(
        "Yth. %(name)s, pendaftaran %(partner)s (nomor %(reference)s) di %(office)s "
        "berstatus: %(status)s.%(reason)s"
    )
    reason = _(" Catatan: %(reason)s") % {"reason": partnership.reason}
    said = text % {
        "name": partnership.contact_name,
        "partner": partnership.partner.name,
        "reference": partnership.partner.reference,
        "office": partnership.office,
        "status": partnership.get_status_display(),
        "reason": reason if partnership.reason else "",
    }
    return Prepared(
        to=partnership.contact_name,
        phone=partnership.phone,
        text=said + link_for(partnership.partner, partnership),
    )


def link_for(partner: Partner, record) -> str:
    """Where to read more, if somebody acts for the partner and may open the record."""
    rows = type(record).objects.filter(pk=record.pk)
    acting = partner.representatives.current().select_related("user")
    if not any(rows.belonging_to(each.user).exists() for each in acting):
        return ""
    url = settings.BASE_URL + record.get_absolute_url()
    return " " + _("Lihat selengkapnya: %(url)s") % {"url": url}
