"""What may be done to an appointment and to a contact."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from outreach.ambassadors import services
from outreach.ambassadors.forms import RegisterAtForm, SettleForm
from outreach.ambassadors.models import Ambassador, Contact, own, thrown_away
from partners.registration.services import enters_for_own
from pokmas.forms.base import ReasonForm
from pokmas.offices.models import Office, office_today
from pokmas.records.steps import Call, Step, When

LOG = "outreach.add_contact"
# So many days before the day of a follow-up it stands on the home page.
AHEAD = 3
BOTH = frozenset(Contact.Status)

OWN = When(
    rows=own,
    holds=None,
    refusal=_("Kontak ini diteruskan oleh petugas yang mencatatnya."),
)
NOT_A_PARTNER = When(
    rows=lambda user: Q(partner=None) | thrown_away(),
    holds=None,
    refusal=_("Kontak ini sudah terkait dengan mitra."),
)
OF_AN_OFFICE_ABOVE = When(
    rows=lambda user: ~Q(office__level__in=Office.UNITS),
    holds=lambda contact, user: not contact.is_of_unit,
    refusal=_("Kontak ini milik UPT, yang mendaftarkannya pada UPT itu sendiri."),
)


def _registers_for_own(user) -> bool:
    acting = getattr(user, "acting", None)
    return acting is not None and enters_for_own(user)


# A unit registers its own; a Kanwil and headquarters what is theirs and not of units.
REGISTERED_THERE = When(
    rows=lambda user: (
        Q(office=user.acting.office)
        if _registers_for_own(user)
        else Q(office__level__in=Office.UNITS)
    ),
    holds=lambda contact, user: (
        contact.office_id == user.acting.office_id
        if _registers_for_own(user)
        else contact.is_of_unit
    ),
    refusal=_("Mitra didaftarkan kantor yang akan bekerja sama dengannya."),
)
IS_DUE = When(
    rows=lambda user: Q(
        status=Contact.Status.OPEN, follow_up_on__lte=office_today(ahead=AHEAD)
    ),
    holds=None,
    refusal="",
)


def _to_registration(contact, user):
    contact.refresh_from_db()
    partnership = contact.partner.at(contact.office)
    return reverse("partners:identity", args=[partnership.pk])


Ambassador.STEPS.add(
    Step(
        "change",
        at={Ambassador.Status.APPOINTED},
        permission=services.APPOINT,
        label=_("Betulkan penunjukan"),
    ),
    Step(
        "end",
        to=Ambassador.Status.ENDED,
        permission=services.APPOINT,
        service=services.end,
        form=ReasonForm,
        label=_("Akhiri penunjukan"),
        done=_("Penunjukan diakhiri."),
        warning=_("Masa tugasnya selesai hari ini. Kontak yang dicatatnya tetap ada."),
        is_danger=True,
        needs_reason=True,
    ),
)

Contact.STEPS.add(
    Step(
        "follow",
        at=BOTH,
        permission=LOG,
        label=_("Catat kontak berikutnya"),
        url="outreach:contact_create",
        query="after",
        is_main=True,
        when=(OWN,),
        call=Call(
            _("Hubungi lagi, lalu catat hasilnya"),
            when=IS_DUE,
            until="follow_up_on",
            days=AHEAD,
            otherwise=_("Yang mencatatnya diingatkan sehari sesudahnya."),
        ),
    ),
    Step(
        "register",
        at=BOTH,
        permission="partners.add_partner",
        service=services.register,
        label=_("Daftarkan sebagai mitra"),
        done=_("Draf pendaftaran dibuat dari kontak ini. Lengkapi isiannya."),
        icon="partners",
        onward=_to_registration,
        is_beside=True,
        when=(NOT_A_PARTNER, REGISTERED_THERE),
    ),
    Step(
        "register_at",
        at=BOTH,
        permission="partners.add_partner",
        service=services.register_at,
        form=RegisterAtForm,
        label=_("Daftarkan pada UPT"),
        title=_("Daftarkan sebagai mitra"),
        done=_("Draf pendaftaran dibuat dari kontak ini. Lengkapi isiannya."),
        icon="partners",
        onward=_to_registration,
        is_beside=True,
        when=(NOT_A_PARTNER, OF_AN_OFFICE_ABOVE),
    ),
    Step(
        "change",
        at=BOTH,
        permission=LOG,
        label=_("Ubah kontak"),
        when=(OWN,),
    ),
    Step(
        "settle",
        to=Contact.Status.CLOSED,
        permission=LOG,
        service=services.settle,
        form=SettleForm,
        label=_("Selesai tanpa tindak lanjut"),
        done=_("Tindak lanjut selesai."),
        needs_reason=True,
        when=(OWN,),
    ),
)
