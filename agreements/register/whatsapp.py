"""WhatsApp texts to the partner of an agreement, for wherever it stands.

A text names the agreement, the day and what comes next. Reasons stay in the portal:
whoever holds the telephone may not be who is written to.
"""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agreements.register.models import Agreement
from agreements.register.validity import EXPIRING_DAYS
from partners.registry.models import reaches
from partners.registry.whatsapp import link_for
from pokmas.accounts.permissions import PermissionMissing
from pokmas.accounts.privacy import CONTACT
from pokmas.notices.whatsapp import Prepared, message
from pokmas.words import dates

Status = Agreement.Status
GREETING = gettext_lazy(
    "Yth. %(name)s, tentang “%(title)s” antara %(office)s dan %(partner)s: %(news)s"
)
NEWS = {
    Status.DISCUSSION: gettext_lazy(
        "naskahnya terbuka untuk dibahas. Mohon dibaca dan sampaikan perbaikannya."
    ),
    Status.LEGAL_REVIEW: gettext_lazy(
        "naskahnya sedang ditelaah. Untuk sekarang tidak ada yang perlu dilakukan."
    ),
    Status.READY_TO_SIGN: gettext_lazy(
        "naskahnya siap ditandatangani. Mohon sampaikan hari yang sesuai."
    ),
    Status.DROPPED: gettext_lazy(
        "naskahnya tidak dilanjutkan. Penjelasannya ada pada kami."
    ),
    Status.SUSPENDED: gettext_lazy(
        "kerja sama ini ditangguhkan untuk sementara. Penjelasannya ada pada kami."
    ),
    Status.TERMINATED: gettext_lazy(
        "kerja sama ini sudah diakhiri. Penjelasannya ada pada kami."
    ),
}


@message("agreements.agreement", "status", label=gettext_lazy("Kabar kerja sama"))
def status(agreement, user):
    """Where the agreement stands; the partner reads the text in the portal."""
    if not reaches(user, agreement.office_id):
        raise PermissionMissing(CONTACT)
    # Whom to call at another unit's partner is not told to whom carries it out.
    seen = user.acting.office.is_above(agreement.office)
    partnership = agreement.partnership if seen else None
    name = partnership.contact_name if partnership else agreement.partner_signatory
    name = name or agreement.partner.name
    said = str(GREETING) % {
        "name": name,
        "title": agreement.title,
        "office": agreement.office,
        "partner": agreement.partner,
        "news": NEWS.get(agreement.status) or _of_signed(agreement),
    }
    return Prepared(
        to=name,
        phone=partnership.phone if partnership else "",
        text=said + link_for(agreement.partner, agreement),
    )


def _of_signed(agreement: Agreement) -> str:
    """By its dates; a draft is opened to the partner before he is told of it."""
    if not agreement.is_signed:
        return _("naskahnya sedang disusun.")
    today, end = agreement.office.today, agreement.ends_on
    told = {
        "first": dates.date_long(agreement.starts_on),
        "last": dates.date_long(end),
        "count": dates.number((end - today).days),
    }
    if today < agreement.starts_on:
        return _("sudah ditandatangani dan berlaku mulai %(first)s.") % told
    if today >= end - timedelta(days=EXPIRING_DAYS) and _is_renewed(agreement):
        return _("berlaku sampai %(last)s dan sudah diperpanjang.") % told
    if today > end:
        words = _("sudah berakhir pada %(last)s. Mohon sampaikan apakah dilanjutkan.")
        return words % told
    if today == end:
        words = _("berakhir hari ini. Mohon sampaikan apakah dilanjutkan.")
        return words % told
    if (end - today).days > EXPIRING_DAYS:
        return _("sudah ditandatangani dan berlaku sampai %(last)s.") % told
    words = ngettext(
        "berakhir %(count)s hari lagi, pada %(last)s. Mohon sampaikan apakah "
        "dilanjutkan.",
        "berakhir %(count)s hari lagi, pada %(last)s. Mohon sampaikan apakah "
        "dilanjutkan.",
        (end - today).days,
    )
    return words % told


def _is_renewed(agreement: Agreement) -> bool:
    return agreement.renewals.filter(status=Status.SIGNED).exists()
