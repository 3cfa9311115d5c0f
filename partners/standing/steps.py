"""What may befall an active partner; its end is up to the agreements' floor."""

from django.utils.translation import gettext_lazy as _

from partners.registry.models import Partnership
from partners.standing import services
from pokmas.forms.base import ReasonForm
from pokmas.records.steps import Step

Status = Partnership.Status

Partnership.STEPS.add(
    Step(
        "resume",
        to=Status.ACTIVE,
        at={Status.SUSPENDED},
        permission="partners.suspend_partner",
        service=services.resume,
        label=_("Lanjutkan kemitraan"),
        done=_("Kemitraan dilanjutkan."),
        is_main=True,
    ),
    Step(
        "suspend",
        to=Status.SUSPENDED,
        permission="partners.suspend_partner",
        service=services.suspend,
        form=ReasonForm,
        label=_("Tangguhkan"),
        title=_("Tangguhkan kemitraan"),
        done=_("Kemitraan ditangguhkan."),
        is_danger=True,
        needs_reason=True,
    ),
)
