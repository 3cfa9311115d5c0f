"""A report written for WhatsApp: pasted, read, and led to its activity."""

from django.contrib import messages
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Value
from django.db.models.functions import Upper
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from outreach.activities.models import Activity
from outreach.activities.offers import may_plan
from outreach.pasted import kept
from outreach.pasted.forms import PasteForm
from outreach.pasted.reading import Reading
from pokmas.accounts.permissions import permission_required
from pokmas.server.outside import whole_number
from pokmas.words import dates

OFFERED = 5


@permission_required("outreach.report_activity")
def paste(request):
    form = PasteForm(request.POST or None, user=request.user)
    if form.is_valid():
        key = kept.keep(request, form.cleaned_data["text"])
        activity = whole_number(request.GET.get("activity", ""))
        url = (
            reverse("outreach:report", args=[activity])
            if activity
            else reverse("outreach:placed")
        )
        return redirect(f"{url}?{kept.NAME}={key}")
    return render(request, "outreach/pasted/paste.html", {"form": form})


@require_safe
@permission_required("outreach.report_activity")
def placed(request):
    """What was found in the text, and of which activity it may be."""
    reading = kept.reading_of(request, request.user.acting.office.tzinfo)
    if reading is None:
        messages.info(request, _("Teks itu sudah tidak ada; tempel lagi."))
        return redirect("outreach:paste")
    context = {
        "rows": _rows(reading),
        "reading": reading,
        "text": kept.text_of(request),
        "activities": _meant(reading, request.user),
        "may_plan": may_plan(request.user),
        "key": request.GET[kept.NAME],
    }
    return render(request, "outreach/pasted/placed.html", context)


def _rows(reading: Reading) -> list[tuple]:
    clocks = [dates.clock(each) for each in (reading.starts, reading.ends) if each]
    counts = [
        f"{category.label}, {sex.label.lower()}: {dates.number(number)}"
        for (category, sex), number in reading.counts.items()
    ]
    rows = [
        (_("Kegiatan"), reading.title),
        (_("Hari dan tanggal"), reading.day and dates.date_full(reading.day)),
        (_("Jam"), "–".join(clocks)),
        (_("Tempat"), reading.place),
        (_("Mitra"), ", ".join(reading.partners)),
        (_("Petugas"), reading.officers),
        (_("Narasumber"), reading.instructors),
        (_("Penerima manfaat"), "\n".join(counts)),
        (_("Hasil"), reading.output),
        (_("Kendala"), reading.obstacles),
        (_("Tindak lanjut"), reading.follow_up),
    ]
    return [(label, value) for label, value in rows if value not in ("", None)]


def _meant(reading: Reading, user) -> list[Activity]:
    """Those of that day that he may report, the likest title first."""
    step = Activity.STEPS["report"]
    rows = Activity.objects.visible_to(user).filter(
        Activity.free_for(user, step),
        status__in=Activity.STEPS.statuses(step),
        starts_at__lte=timezone.now(),
    )
    if reading.day is None:
        return []
    likeness = TrigramWordSimilarity(Value(reading.title.upper()), Upper("title"))
    rows = rows.filter(held_on=reading.day).select_related("office", "type")
    return list(rows.annotate(likeness=likeness).order_by("-likeness", "pk")[:OFFERED])
