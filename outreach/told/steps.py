"""The organiser writes to all who take part."""

from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.told import services
from outreach.told.forms import LetterForm
from pokmas.records.steps import Step

Activity.STEPS.add(
    Step(
        "write",
        at=set(Activity.Status),
        permission="outreach.write_news",
        service=services.write,
        form=LetterForm,
        label=_("Tulis kepada peserta"),
        button=_("Sampaikan"),
        icon="mail",
        onward=lambda activity, user: activity.news.first(),
    )
)
