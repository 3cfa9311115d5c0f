"""From a submitted registration to the head's decision."""

from django.utils.translation import gettext_lazy as _

from partners.registry.models import Partnership
from pokmas.records.steps import Step, Turn, Watch

Status = Partnership.Status

Partnership.STEPS.add(
    Step(
        "verify",
        to=Status.VERIFYING,
        permission="partners.verify_partner",
        label=_("Periksa pendaftaran"),
        icon="verify",
        turns={
            Status.SUBMITTED: Turn(
                _("Periksa berkas dan catat hasilnya"),
                3,
                watch=Watch.UNIT,
            )
        },
    ),
    Step(
        "decide",
        to={Status.APPROVED, Status.RETURNED, Status.DECLINED},
        permission="partners.approve_partner",
        label=_("Putuskan"),
        title=_("Putuskan pendaftaran"),
        icon="verify",
        not_by=("submitted_by", "verified_by"),
        turns={
            Status.VERIFYING: Turn(
                _("Setujui, kembalikan, atau tolak"),
                3,
                watch=Watch.REGION,
            )
        },
    ),
)
