"""How a registration stands, for whoever has its number; nothing personal.

The slip that is handed out at the counter says the same (partners.door).
"""

import math
from collections.abc import Collection, Mapping

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from partners.registry.models import Partner, Partnership
from pokmas.documents import limiter
from pokmas.documents.forms import CodeForm
from pokmas.records.lifecycle import Lifecycle
from pokmas.server.rooms import collect
from pokmas.words import dates

Status = Partnership.Status
AFTERWARDS = {
    Status.DRAFT: gettext_lazy(
        "Isian dilengkapi, lalu diajukan: oleh petugas, atau oleh mitra sendiri "
        "dengan akun yang diambil alih memakai kode pada slip."
    ),
    Status.SUBMITTED: gettext_lazy("Petugas %(office)s memeriksa."),
    Status.VERIFYING: gettext_lazy("Diputuskan %(decider)s."),
    Status.RETURNED: gettext_lazy(
        "Pendaftar memperbaiki isian sesuai catatan, lalu mengajukan lagi."
    ),
    Status.PROPOSED: gettext_lazy("Diputuskan %(decider)s."),
    Status.SENT_BACK: gettext_lazy(
        "Petugas %(office)s memperbaiki usulannya, lalu diputuskan %(decider)s."
    ),
    Status.DECLINED: gettext_lazy(
        "Selesai. Pendaftar membaca alasannya setelah masuk."
    ),
    Status.WITHDRAWN: gettext_lazy(
        "Selesai. Pendaftaran baru dapat dibuat kapan saja."
    ),
    Status.APPROVED: gettext_lazy(
        "%(office)s menghubungi mitra untuk bergabung dalam kelompok atau menyusun "
        "kerja sama."
    ),
    Status.ACTIVE: gettext_lazy("Kerja sama berjalan."),
    Status.SUSPENDED: gettext_lazy(
        "%(office)s memutuskan kapan kerja sama dilanjutkan."
    ),
    Status.ENDED: gettext_lazy("Selesai."),
}


class ReferenceForm(CodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Nomor pendaftaran")
        self.fields["code"].help_text = _(
            "12 huruf dan angka dari surel atau halaman sesudah mengajukan, misalnya "
            "7KQM-2XVD-9TRB."
        )


@login_not_required
@require_safe
def status(request):
    """A number that nobody has and one of an applicant's draft get the same answer."""
    form = ReferenceForm(request.GET or None)
    context = {"form": form}
    if request.GET:
        if wait := limiter.wait_for(request, "registration", times=30, seconds=60):
            return _too_many(request, math.ceil(wait))
        if form.is_valid():
            code = form.cleaned_data["code"]
            context |= {"asked": True, "found": _found(code)}
    response = render(request, "partners/registration/status.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _found(code: str) -> list[dict]:
    return [each for room in collect("status") for each in room.of_number(code)]


def of_number(code: str) -> list[dict]:
    """Its registrations; who else has such numbers says so in its room's status.py.

    Also a draft that an officer wrote down: its slip tells the number.
    """
    # Of one that was found to be the same as another, that one answers.
    partners = Partner.objects.filter(Q(reference=code) | Q(merged__reference=code))
    rows = Partnership.objects.filter(partner__in=partners)
    rows = rows.exclude(status=Status.DRAFT, is_self_registered=True)
    return [
        {"record": each, "afterwards": afterwards(each)}
        for each in rows.select_related("office").order_by("-status_since")
    ]


def afterwards(partnership: Partnership) -> str:
    waits = {Status.SUBMITTED, Status.VERIFYING, Status.PROPOSED}
    return said(partnership, AFTERWARDS, waits)


def said(record: Lifecycle, words: Mapping, waits: Collection) -> str:
    """What comes next, and by when where it `waits` for the unit."""
    office = record.office
    text = words[record.status] % {"office": office, "decider": office.decider}
    if record.status in waits:
        day = dates.date_long(record.due_on)
        text += " " + _("Paling lambat %(day)s.") % {"day": day}
    return text


def _too_many(request, seconds: int):
    page = "pokmas/documents/too_many.html"
    response = render(request, page, {"seconds": seconds}, status=429)
    response["Retry-After"] = str(seconds)
    return response
