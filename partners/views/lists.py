"""The lists that headquarters keeps: fields, criteria, and the numbers of the rules."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from partners.forms.lists import CriterionForm, FieldForm, RuleForm
from partners.models import Criterion, Field, Rule
from partners.services import lists as services
from pokmas.accounts.permissions import permission_required

TITLES = {
    "fields": gettext_lazy("Daftar bidang"),
    "criteria": gettext_lazy("Kriteria pemeriksaan"),
    "rules": gettext_lazy("Angka ketentuan"),
}
manages = permission_required("partners.manage_field")


@require_safe
@manages
def fields(request):
    rows = Field.objects.select_related("parent")
    return render(request, "partners/lists/fields.html", {"rows": rows})


@manages
def add_field(request):
    return _keep(request, FieldForm(request.POST or None), "fields", _("Tambah bidang"))


@manages
def change_field(request, pk):
    row = get_object_or_404(Field, pk=pk)
    form = FieldForm(request.POST or None, instance=row)
    return _keep(request, form, "fields", _("Ubah bidang"))


@require_safe
@manages
def criteria(request):
    return render(
        request, "partners/lists/criteria.html", {"rows": Criterion.objects.all()}
    )


@manages
def add_criterion(request):
    form = CriterionForm(request.POST or None)
    return _keep(request, form, "criteria", _("Tambah kriteria"))


@manages
def change_criterion(request, pk):
    row = get_object_or_404(Criterion, pk=pk)
    form = CriterionForm(request.POST or None, instance=row)
    return _keep(request, form, "criteria", _("Ubah kriteria"))


@require_safe
@manages
def rules(request):
    context = {"rows": Rule.objects.all(), "today": timezone.localdate()}
    return render(request, "partners/lists/rules.html", context)


@manages
def add_rule(request):
    form = RuleForm(request.POST or None)
    return _keep(
        request, form, "rules", _("Tetapkan angka baru"), service=services.set_rule
    )


def _keep(request, form, name, title, service=services.keep):
    if form.is_valid():
        try:
            service(form.save(commit=False), by=request.user)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Tersimpan."))
            return redirect(f"partners:{name}")
    context = {
        "form": form,
        "title": title,
        "list_name": name,
        "list_title": TITLES[name],
    }
    return render(request, "partners/lists/form.html", context)
