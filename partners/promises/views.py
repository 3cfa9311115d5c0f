"""The newest wording of the promise, to be read and made."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partners.promises import services
from partners.volunteers.forms import PromiseAgainForm
from partners.volunteers.models import Promise, Volunteer
from pokmas.steps import pages as steps


def promise(request, pk):
    def service(volunteer, *, by):
        services.promise(volunteer, promise=form.cleaned_data["promise"], by=by)
        return _("Janji Anda tersimpan. Terima kasih.")

    volunteer, step = steps.find(request, Volunteer, "promise", pk)
    asked = Promise.objects.holding(volunteer.office.today)
    form = PromiseAgainForm(
        *steps.sent(request), user=request.user, record=volunteer, promise=asked
    )
    if refusal := volunteer.refusal(step, request.user):
        return steps.closed(request, volunteer, refusal, form, step)
    if form.is_valid() and steps.taken(request, volunteer, step, form, service):
        return redirect(volunteer)
    context = {"volunteer": volunteer, "form": form, "step": step, "promise": asked}
    return render(request, "partners/promises/promise.html", context)
