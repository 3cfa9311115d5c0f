from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from outreach.patterns import services
from outreach.patterns.forms import PatternForm
from outreach.patterns.models import Pattern
from pokmas.accounts.permissions import permission_required


@require_safe
@permission_required("outreach.manage_pattern")
def patterns(request):
    rows = Pattern.objects.kept_by(request.user).select_related("type", "office")
    rows = rows.order_by("-is_active", "name", "pk")
    context = {"patterns": rows, "is_wide": request.user.acting.office.is_wide}
    return render(request, "outreach/patterns/index.html", context)


@permission_required("outreach.manage_pattern")
def change_pattern(request, pk):
    rows = Pattern.objects.visible_to(request.user).select_related("office")
    pattern = get_object_or_404(rows, pk=pk)
    if not Pattern.objects.kept_by(request.user).filter(pk=pk).exists():
        words = _("Pola ini diatur %(office)s.")
        messages.error(request, words % {"office": pattern.office})
        return redirect("outreach:patterns")
    form = PatternForm(request.POST or None, user=request.user, instance=pattern)
    if form.is_valid():
        with form.refusals():
            changed = form.save(commit=False)
            services.change(changed, revision=form.seen_revision, by=request.user)
            messages.success(request, _("Perubahan pola tersimpan."))
            return redirect("outreach:patterns")
    context = {"form": form, "pattern": pattern}
    return render(request, "outreach/patterns/form.html", context)
