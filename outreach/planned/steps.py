"""What was reported is put into the work plan afterwards, or into another item."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from agreements.models import PlanItem
from outreach.activities.models import Activity
from outreach.planned import services
from outreach.planned.forms import PlaceForm
from pokmas.records.steps import Step, When

HAS_PLAN = When(
    rows=lambda user: Exists(PlanItem.objects.filter(agreement=OuterRef("agreement"))),
    holds=lambda activity, user: (
        activity.agreement_id is not None and activity.agreement.plan_items.exists()
    ),
    refusal=_("Kegiatan ini tanpa kerja sama yang mempunyai rencana kerja."),
)

Activity.STEPS.add(
    Step(
        "put_in_plan",
        # Before, its item is chosen with the rest of its plan.
        at={Activity.Status.REPORTED, *Activity.COUNTED},
        permission="outreach.change_activity",
        service=services.put_in_plan,
        form=PlaceForm,
        label=_("Pilih butir rencana kerja"),
        title=_("Butir rencana kerja"),
        button=_("Simpan butir"),
        done=_("Butir rencana kerja kegiatan ini tersimpan."),
        icon="calendar",
        when=(HAS_PLAN,),
    )
)
