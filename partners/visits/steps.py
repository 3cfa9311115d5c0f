"""The sheet of a visit: before the decision, or whenever one looks again."""

from django.utils.translation import gettext_lazy as _

from partners.registry.models import Partnership
from partners.visits import services
from partners.visits.forms import VisitForm
from pokmas.records.steps import Step

Status = Partnership.Status

Partnership.STEPS.add(
    Step(
        "visit",
        at={Status.SUBMITTED, Status.VERIFYING, *Partnership.WORKING},
        permission="partners.verify_partner",
        service=services.visit,
        form=VisitForm,
        label=_("Catat kunjungan"),
        title=_("Catat kunjungan lapangan"),
        button=_("Simpan kunjungan"),
        done=_("Kunjungan dicatat."),
    ),
)
