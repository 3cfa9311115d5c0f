"""The Word files of an office: what it may name, its versions, and which is used."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners.decrees import services
from partners.decrees.forms import TemplateForm
from partners.decrees.models import WordTemplate
from partners.decrees.papers import TemplatedPaper
from pokmas.accounts.permissions import permission_required
from pokmas.documents.models import Document
from pokmas.papers.kinds import PAPERS
from pokmas.papers.printing import as_printed
from pokmas.steps import pages as steps

MANAGE = "partners.manage_template"


@require_safe
@permission_required(MANAGE)
def templates(request):
    """The kinds of paper, and which of them follow a file of the office."""
    own = WordTemplate.objects.filter(
        office=request.user.acting.office, is_in_use=True
    ).select_related("file")
    used = {row.kind: row for row in own}
    kinds = [(paper, used.get(paper.kind)) for paper in _kinds()]
    return render(request, "partners/decrees/templates.html", {"kinds": kinds})


@permission_required(MANAGE)
def template_kind(request, kind):
    paper, office = _paper(kind), request.user.acting.office
    form = TemplateForm(*steps.sent(request), user=request.user, paper=paper)
    if form.is_valid():
        with form.refusals():
            services.upload(office, kind, by=request.user, **form.cleaned_data)
            messages.success(
                request, _("Templat tersimpan. Lihat pratinjaunya, lalu pakai.")
            )
            return redirect("partners:template_kind", kind)
    rows = WordTemplate.objects.filter(office=office, kind=kind)
    versions = list(rows.select_related("file", "created_by"))
    context = {"paper": paper, "form": form, "versions": versions}
    return render(request, "partners/decrees/template_kind.html", context)


@require_POST
@permission_required(MANAGE)
def template_use(request, pk):
    done = _("Mulai sekarang berkas Word mengikuti templat ini.")
    return steps.do(request, _own(request, pk), services.use, done)


@require_POST
@permission_required(MANAGE)
def template_put_aside(request, pk):
    done = _("Berkas Word kembali ke bawaan portal.")
    return steps.do(request, _own(request, pk), services.put_aside, done)


@require_safe
@permission_required(MANAGE)
def template_preview(request, pk):
    """The file filled from what is on record at the office."""
    template = _own(request, pk)
    paper = _paper(template.kind)
    owner = paper.example(template.office)
    if owner is None:
        messages.error(
            request,
            _("Belum ada %(what)s untuk pratinjau: catat satu dahulu.")
            % {"what": paper.tried_on._meta.verbose_name},
        )
        return redirect(template)
    with as_printed(template.office):
        content = paper.filled(template, owner)
    name = f"pratinjau-{template.kind.rpartition('.')[2]}-{template.version}.docx"
    response = HttpResponse(content, content_type=Document.Kind.DOCX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _kinds() -> list[TemplatedPaper]:
    return [paper for paper in PAPERS.values() if isinstance(paper, TemplatedPaper)]


def _paper(kind) -> TemplatedPaper:
    paper = PAPERS.get(kind)
    if not isinstance(paper, TemplatedPaper):
        raise Http404
    return paper


def _own(request, pk) -> WordTemplate:
    own = WordTemplate.objects.filter(office=request.user.acting.office)
    return get_object_or_404(own.select_related("office__parent", "file"), pk=pk)
