"""The checklist and the decision once more, beside what the partner says now."""

from django.utils.translation import gettext as _

from partners.registry.models import Partnership
from partners.renewal import services
from partners.renewal.forms import PROLONGED, ProlongForm, ReexamineForm
from partners.vetting.views import decision
from pokmas.steps import pages as steps


def reexamine(request, pk):
    def service(partnership, *, by):
        services.reexamine(partnership, form.findings, by=by)
        return _("Hasil pemeriksaan diteruskan kepada kepala.")

    partnership, step = steps.find(request, Partnership, "reexamine", pk)
    form = ReexamineForm(*steps.sent(request), user=request.user, record=partnership)
    return decision(request, partnership, step, form, service, "verify")


def prolong(request, pk):
    def service(partnership, *, by):
        if form.cleaned_data["verdict"] == PROLONGED:
            services.prolong(partnership, by=by)
            return _("Mitra disetujui untuk masa berikutnya.")
        reason = form.cleaned_data["reason"]
        services.examine_again(partnership, reason=reason, by=by)
        return _("Dikembalikan kepada pemeriksa; ia diberi tahu.")

    partnership, step = steps.find(request, Partnership, "prolong", pk)
    form = ProlongForm(*steps.sent(request), user=request.user, record=partnership)
    return decision(request, partnership, step, form, service, "decide")
