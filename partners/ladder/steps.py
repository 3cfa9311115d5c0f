"""The step from stage to stage; it leaves the status as it is."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.ladder import services
from partners.ladder.forms import PromoteForm
from partners.volunteers.models import Volunteer
from partners.volunteers.services import DECIDE
from partners.volunteers.steps import SERVING
from pokmas.records.steps import Step, When

BELOW_THE_TOP = When(
    rows=lambda user: Q(stage__in=services.STAGES[:-1]),
    holds=lambda volunteer, user: services.next_stage(volunteer) is not None,
    refusal=_("Sahabat ini sudah pada tahap tertinggi."),
)

Volunteer.STEPS.add(
    Step(
        "promote",
        at={Volunteer.Status.ACTIVE},
        permission=DECIDE,
        service=services.promote,
        form=PromoteForm,
        label=_("Naikkan tahap"),
        title=_("Naikkan tahap Sahabat"),
        done=_("Tahap dinaikkan; Sahabat diberi tahu."),
        not_by=("user",),
        when=(BELOW_THE_TOP, SERVING),
    )
)
