"""The work plan: from the draft until the agreement ends."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.plans import services
from agreements.plans.forms import PlanForm
from agreements.register.conditions import STANDS_ALONE
from agreements.register.models import Agreement
from pokmas.offices.models import office_today
from pokmas.records.lifecycle import KNOWN
from pokmas.records.steps import Step, When

Status = Agreement.Status

NOT_OVER = When(
    rows=lambda user: Q(ends_on__gte=office_today()),
    holds=lambda agreement, user: agreement.ends_on >= agreement.office.today,
    refusal=_("Kerja sama ini sudah berakhir; rencana kerjanya tidak diubah lagi."),
)


def _is_planned(agreement) -> bool:
    return agreement.once(f"{KNOWN}planned", agreement.plan_items.exists)


def _is_to_be_planned(agreement) -> bool:
    """Before there is a text, of which the plan becomes the annex."""
    if agreement.status != Status.DRAFT or agreement.texts.exists():
        return False
    return not _is_planned(agreement)


Agreement.STEPS.add(
    Step(
        "plan",
        # Not from the review until both have signed: what was judged stays as it was.
        at={Status.DRAFT, Status.DISCUSSION, Status.SIGNED},
        permission="agreements.change_agreement",
        service=services.plan,
        form=PlanForm,
        label=_("Susun rencana kerja"),
        reads=lambda each: _("Ubah rencana kerja") if _is_planned(each) else "",
        title=_("Rencana kerja"),
        button=_("Simpan rencana"),
        done=_("Rencana kerja tersimpan."),
        icon="calendar",
        when=(STANDS_ALONE, NOT_OVER),
        prepares=_is_to_be_planned,
        # From the top, where the next thing stands.
        onward=lambda agreement, user: f"{agreement.get_absolute_url()}?tab=plan",
    ),
)
