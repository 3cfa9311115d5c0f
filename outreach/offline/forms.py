"""The forms of the pages, as a device keeps them; what comes back is read by those of
the pages themselves."""

from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from outreach.activities.counts import BeneficiaryCount
from outreach.activities.models import Activity
from outreach.evidence.models import Evidence
from outreach.plans.forms import ENDS_BEFORE, ActivityForm
from outreach.restorative.forms import PREFIX
from outreach.results.forms import (
    ReportForm,
    count_fields,
    doubtful,
    plausible,
)
from outreach.results.services import COST_OF_NOTHING
from outreach.types.models import ActivityType
from pokmas.forms.limits import limits_of

# A device cannot ask for more: so many it is given.
OFFERED = 300
# Of more than so many partners one is looked for.
MANY = 12


class PlanToKeep(ActivityForm):
    """Offers all partners of the unit, and what is in force with any of them."""

    offered = OFFERED
    use_required_attribute = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.types = list(self.fields["type"].queryset)
        self.fields["type"].choices = [
            ("", _("Pilih")),
            *((kind.pk, kind.name) for kind in self.types),
        ]

    def _offer_agreements(self):
        rows = Agreement.objects.visible_to(self.user).in_force(self._day())
        self.in_force = list(rows.select_related("partner")[: self.offered])
        self.fields["agreement"].choices = [
            ("", _("Tanpa kerja sama")),
            *((row.pk, _with_partner(row)) for row in self.in_force),
        ]

    @property
    def company(self) -> dict:
        """With whom an agreement is and from when to when, so that the only one in
        force is chosen; and who takes part without being asked."""
        agreements = [
            {
                "agreement": str(row.pk),
                "with": [f"partners {row.partner_id}", f"group {row.group_id}"],
                "days": [row.starts_on, row.ends_on],
            }
            for row in self.in_force
        ]
        own = [] if "partners" in self.fields else getattr(self, "own", [])
        return {"agreements": agreements, "own": [f"partners {row.pk}" for row in own]}

    def _offer_plan_items(self):
        del self.fields["plan_item"]

    def _offer_programmes(self, asked):
        del self.fields["programme"]

    def _ask_for_correction(self):
        """Asked once the portal has said that the month is closed."""
        self.fields["correction"].required = False

    @property
    def offers_many(self) -> bool:
        return "partners" in self.fields and len(self.fields["partners"].choices) > MANY

    @property
    def limits(self) -> dict[str, dict]:
        """What the device refuses, as the portal would."""
        limits = limits_of(self)
        limits["ends_at"]["after"] = ["starts_at", str(ENDS_BEFORE)]
        return limits

    @property
    def kept_fields(self):
        """Without what the report asks as well, and what only a server can answer."""
        apart = {"find", "office", "correction", *ReportForm._meta.fields}
        return [bound for bound in self.visible_fields() if bound.name not in apart]


class ReportToKeep(ReportForm):
    """The report of any activity; that of a meeting of restorative justice asks more.

    Papers are scanned with more care than a weak network allows.
    """

    use_required_attribute = True

    def __init__(self, *, user):
        kind = ActivityType(pk=-1, is_restorative=True)
        blank = Activity(pk=0, office=user.acting.office, type=kind)
        # Nothing is on record of it, and nothing is asked for.
        blank._prefetched_objects_cache = {
            "counts": BeneficiaryCount.objects.none(),
            "evidence": Evidence.objects.none(),
        }
        blank._state.fields_cache["session_result"] = None
        super().__init__(user=user, instance=blank)

    def meeting_on_record(self):
        return None

    @property
    def limits(self) -> dict[str, dict]:
        """What the device refuses, as the portal would, or asks about once more."""
        limits = limits_of(self)
        limits["funding"]["unpaid"] = [
            "cost",
            Activity.Funding.NONE,
            str(COST_OF_NOTHING),
        ]
        for name, category, _sex in count_fields():
            limits[name]["likely"] = [plausible(category), str(doubtful(category))]
        return limits

    @property
    def kept_fields(self):
        apart = {"attendance", "removed", *(name for name, *_rest in count_fields())}
        apart |= {name for name in self.fields if name.startswith(PREFIX)}
        return [bound for bound in self.visible_fields() if bound.name not in apart]


def _with_partner(agreement: Agreement) -> str:
    return f"{agreement.title} ({agreement.partner or agreement.our_number})"
