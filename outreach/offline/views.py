"""The page that works without network, and where what waited there arrives.

`docs/offline.md` says how the device goes about it.
"""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from outreach.activities.columns import COMPANY
from outreach.activities.counts import BeneficiaryCount
from outreach.activities.desks import held_by
from outreach.activities.models import Activity
from outreach.activities.offers import may_plan
from outreach.evidence.models import Evidence
from outreach.offline import services
from outreach.offline.forms import PlanToKeep, ReportToKeep
from outreach.offline.models import OfflineEntry
from outreach.offline.sent import Conflict, Refused, Sent
from pokmas.accounts.permissions import permission_required
from pokmas.forms.limits import reading

AROUND = timedelta(days=7)
MOST = 50


@require_safe
@permission_required("outreach.report_activity")
def offline(request):
    """Kept by the device of its owner: activities of these days, and empty forms."""
    user = request.user
    office = user.acting.office
    plans = may_plan(user) and not office.is_wide
    context = {
        "activities": _of_these_days(user),
        # Its copy is opened when something was sent in vain: drafts are still wanted.
        "is_kept": "kept" in request.GET,
        "made_at": timezone.now(),
        "today": office.today,
        "plan": PlanToKeep(user=user) if plans else None,
        "report": ReportToKeep(user=user),
    }
    # What both ask is asked by the report.
    fields = context["report"].limits
    planned = context["plan"].limits if plans else {}
    fields = {
        name: each for name, each in planned.items() if name not in fields
    } | fields
    context["limits"] = {"reading": reading(), "fields": fields}
    context["known"] = {row.pk: _known(row) for row in context["activities"]}
    types = [row.type for row in context["activities"]]
    types += context["plan"].types if plans else []
    context["meetings"] = sorted({each.pk for each in types if each.is_restorative})
    return render(request, "outreach/offline/page.html", context)


def _of_these_days(user) -> list[Activity]:
    today = user.acting.office.today
    rows = Activity.objects.visible_to(user).filter(
        held_by(user),
        status=Activity.Status.PLANNED,
        held_on__range=(today - AROUND, today + AROUND),
    )
    begun = Q(Exists(BeneficiaryCount.objects.filter(activity=OuterRef("pk"))))
    begun |= Q(Exists(Evidence.objects.present().filter(activity=OuterRef("pk"))))
    begun |= ~Q(output="", obstacles="", follow_up="")
    return list(
        rows.annotate(is_begun=begun, with_whom=COMPANY)
        .select_related("office", "type")
        .order_by("starts_at", "pk")[:MOST]
    )


def _known(activity) -> dict:
    """What the device needs of an activity to show it and to begin its report."""
    return {
        "title": activity.title,
        "when": activity.when,
        "place": activity.place,
        "revision": activity.revision,
        "type": activity.type_id,
        "fields": [
            [name, str(value)]
            for name in ("funding", "changes_sought")
            for value in _listed(getattr(activity, name))
        ],
    }


def _listed(value) -> list:
    return value if isinstance(value, list) else [value]


# What a device asks


@require_safe
@permission_required("outreach.report_activity")
def offline_state(request):
    """Who is signed in, and what a script needs to send as him."""
    return JsonResponse(
        {
            "user": request.user.pk,
            "acting": request.user.acting.pk,
            "csrf": get_token(request),
        }
    )


@require_POST
@permission_required("outreach.report_activity")
def offline_photo(request):
    """One photo of a report that follows."""
    key, upload = _key(request), request.FILES.get("photo")
    if anothers := _of_another(request):
        return anothers
    if key is None or upload is None:
        return _refused([(_("Foto"), _("Kiriman ini tidak lengkap."))])
    fingerprint = request.POST.get("fingerprint", "")
    try:
        services.take_photo(upload, key=key, fingerprint=fingerprint, by=request.user)
    except ValidationError as refusal:
        if refusal.code == "busy":
            return JsonResponse({"state": "later"})
        return _refused([(upload.name, words) for words in refusal.messages])
    return JsonResponse({"state": "done"})


@require_POST
@permission_required("outreach.report_activity")
def offline_entry(request):
    """One report, through the forms and services of the pages; once for each key."""
    key = _key(request)
    if anothers := _of_another(request):
        return anothers
    if key is None:
        return _refused([("", _("Kiriman ini tidak lengkap."))])
    try:
        return JsonResponse(_took(Sent(request, key)))
    except Refused as refusal:
        return _refused(refusal.errors, refusal.sure)
    except Conflict as conflict:
        return JsonResponse(conflict.told)


def _took(sent: Sent) -> dict:
    """What the device is told; a report that arrived before is done as well."""
    receipt = OfflineEntry.objects.filter(key=sent.key).first()
    if receipt is None:
        if sent.missing:
            return {"state": "photos", "missing": sent.missing}
        receipt = services.take(
            sent.key,
            by=sent.user,
            digest=sent.digest,
            find=sent.find,
            report=sent.report,
        )
    if receipt.user_id != sent.user.pk:
        raise Refused([("", _("Kiriman ini milik orang lain."))])
    if receipt.digest != sent.digest:
        words = _("Laporan ini sudah diterima sebelum Anda mengubahnya.")
        raise sent.conflict(receipt.activity_id, words)
    return {"state": "done"}


def _key(request) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _of_another(request) -> JsonResponse | None:
    """Another person, or another assignment, than that in which it was written."""
    mine = {"user": request.user.pk, "acting": request.user.acting.pk}
    for name, own in mine.items():
        if request.POST.get(name, str(own)) != str(own):
            return JsonResponse({"state": f"other_{name}"}, status=403)
    return None


def _refused(errors, sure: str = "") -> JsonResponse:
    told = [
        {"label": str(label), "words": str(words), "name": "".join(name)}
        for label, words, *name in errors
    ]
    return JsonResponse({"state": "refused", "errors": told, "sure": sure})
