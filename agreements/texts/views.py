"""The versions of a text: read, compared, taken as files, handed in."""

from collections.abc import Callable
from functools import partial

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from agreements.register.models import Agreement
from agreements.register.numbered import is_numbered_here
from agreements.texts import services
from agreements.texts.compare import changes_between
from agreements.texts.forms import UploadForm
from agreements.texts.models import TextVersion
from agreements.texts.papers import AgreementText
from agreements.texts.srikandi import with_variables, without_variables
from pokmas.accounts.permissions import permission_required
from pokmas.documents.answers import answer
from pokmas.documents.models import Document
from pokmas.papers.kinds import PAPERS, panel_of
from pokmas.server.outside import whole_number
from pokmas.steps import pages as steps

VIEW = "agreements.view_agreement"


def upload_text(request, pk):
    agreement, step = steps.find(request, Agreement, "upload_text", pk)
    form = UploadForm(*steps.sent(request), user=request.user, record=agreement)
    if refusal := agreement.refusal(step, request.user):
        return steps.closed(request, agreement, refusal, form, step)
    if form.is_valid():
        keep = partial(services.upload, **form.cleaned_data)
        if steps.taken(request, agreement, step, form, keep):
            return redirect(services.latest_text(agreement))
    context = {"form": form, "agreement": agreement, "step": step}
    return render(request, "agreements/texts/upload.html", context)


@require_safe
@permission_required(VIEW)
def text(request, pk):
    version = _found(request, pk)
    agreement = version.agreement
    signs = request.user.has_perm("agreements.sign_agreement")
    context = {
        "version": version,
        "agreement": agreement,
        "for_srikandi": signs and not is_numbered_here(agreement),
        "panel": panel_of(PAPERS[AgreementText.kind], version),
        "earlier": _others(version).filter(number__lt=version.number).first(),
        "later": _others(version).filter(number__gt=version.number).first(),
    }
    return render(request, "agreements/texts/text.html", context)


@require_safe
@permission_required(VIEW)
def text_changes(request, pk):
    """What this version says otherwise than another one, else than the one before."""
    version = _found(request, pk)
    others = list(_others(version))
    asked = whole_number(request.GET.get("with"))
    before = next((row for row in others if row.number == asked), None)
    if before is None:
        before = next((row for row in others if row.number < version.number), None)
    if before is None:
        raise Http404
    old, new = sorted([before, version], key=lambda row: row.number)
    changes = changes_between(old, new)
    context = {
        "version": version,
        "agreement": version.agreement,
        "old": old,
        "new": new,
        "others": others,
        "before": before,
        "changes": [each for each in changes if not each.is_same],
        "same": [each.name for each in changes if each.is_same],
    }
    return render(request, "agreements/texts/changes.html", context)


@require_safe
@permission_required(VIEW)
def text_word(request, pk):
    """The file to be edited; who takes it is remembered."""
    version = _found(request, pk)
    taken = _word(request, version, _name(version), without_variables)
    services.downloaded(version, by=request.user)
    return taken


@require_safe
@permission_required("agreements.sign_agreement")
def text_srikandi(request, pk):
    """The file that goes to SRIKANDI, in which its variables stand."""
    version = _found(request, pk)
    made = services.made_of(version).content
    name = f"{_name(version)} untuk SRIKANDI"
    return _word(request, version, name, partial(with_variables, made=made))


@require_safe
@permission_required(VIEW)
def text_pdf(request, pk):
    version = _found(request, pk)
    issued = _issued(version)
    name = f"{_name(version)}.pdf"
    return answer(request, issued, issued.file, Document.Kind.PDF, name)


def _found(request, pk) -> TextVersion:
    rows = TextVersion.objects.visible_to(request.user).for_page()
    return get_object_or_404(rows, pk=pk)


def _others(version: TextVersion):
    return version.agreement.texts.select_related("created_by").exclude(pk=version.pk)


def _issued(version: TextVersion):
    issued = PAPERS[AgreementText.kind].latest(version)
    if issued is None or not issued.is_sealed:
        raise Http404
    return issued


def _word(request, version: TextVersion, name: str, change: Callable):
    document, file = _word_of(version)
    return answer(
        request,
        document,
        file,
        Document.Kind.DOCX,
        f"{name}.docx",
        inline=False,
        change=change,
    )


def _word_of(version: TextVersion):
    if version.file:
        if not version.file.is_available:
            raise Http404
        return version.file, version.file.file
    issued = _issued(version)
    return issued, issued.word


def _name(version: TextVersion) -> str:
    return f"{version.agreement.title} versi {version.number}"
