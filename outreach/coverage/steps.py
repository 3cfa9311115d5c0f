"""Coverage is added to whatever was held, as long as it is told of."""

from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.coverage import services
from outreach.coverage.forms import CoverageForm
from pokmas.records.steps import Step

Status = Activity.Status

Activity.STEPS.add(
    Step(
        "cover",
        at={Status.REPORTED, Status.RETURNED, *Activity.COUNTED},
        permission="outreach.add_coverage",
        service=services.cover,
        form=CoverageForm,
        label=_("Catat liputan media"),
        title=_("Catat liputan media"),
        button=_("Simpan liputan"),
        done=_("Liputan media dicatat."),
        for_partner=True,
        onward=lambda activity, user: (
            f"{activity.get_absolute_url()}?tab=coverage#tabs"
        ),
    )
)
