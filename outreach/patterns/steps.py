"""The plan of any activity may become a pattern."""

from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.patterns import services
from outreach.patterns.forms import KeepForm
from pokmas.records.steps import Step

Activity.STEPS.add(
    Step(
        "keep_pattern",
        at=set(Activity.Status),
        permission="outreach.manage_pattern",
        service=services.keep,
        form=KeepForm,
        label=_("Simpan sebagai pola"),
        button=_("Simpan pola"),
        onward=lambda activity, user: activity,
    )
)
