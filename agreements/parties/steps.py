"""Who else signs, and whom to call: neither moves the agreement."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.parties import services
from agreements.parties.forms import ContactsForm, PartiesForm
from agreements.register.models import Agreement
from partners.models import Partner
from pokmas.records.steps import Step, When

Status = Agreement.Status


def _is_community(user) -> bool:
    acting = getattr(user, "acting", None)
    return acting is not None and acting.is_community


def _is_of_partner(agreement, user) -> bool:
    if not _is_community(user):
        return True
    own = Partner.objects.belonging_to(user)
    return own.filter(pk=agreement.partner_id).exists()


def _of_partner(user):
    if not _is_community(user):
        return Q()
    return Q(partner__in=Partner.objects.belonging_to(user))


OF_THE_SECOND = When(
    rows=_of_partner,
    holds=_is_of_partner,
    refusal=_("Narahubung dicatat oleh Pihak Kesatu dan Pihak Kedua."),
)

Agreement.STEPS.add(
    Step(
        "parties",
        at={Status.DRAFT, Status.DISCUSSION},
        permission="agreements.change_agreement",
        service=services.name_parties,
        form=PartiesForm,
        label=_("Pihak lain"),
        title=_("Pihak Ketiga dan seterusnya"),
        button=_("Simpan para pihak"),
        done=_("Para pihak tersimpan."),
    ),
    Step(
        "contacts",
        at={*Agreement.OPEN, Status.SIGNED, Status.SUSPENDED} - {Status.DRAFT},
        permission=services.KEEP,
        service=services.keep_contacts,
        form=ContactsForm,
        label=_("Narahubung"),
        title=_("Narahubung kedua pihak"),
        button=_("Simpan dan pastikan"),
        done=_("Narahubung tersimpan; pihak Anda sudah memastikannya."),
        for_partner=True,
        when=(OF_THE_SECOND,),
    ),
)
