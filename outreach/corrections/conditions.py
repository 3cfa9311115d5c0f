"""An accepted month takes corrections, not changes."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.closing.models import is_closed
from pokmas.records.steps import When

Status = Activity.Status

OPEN_OR_CORRECTION = When(
    rows=lambda user: ~Q(is_closed()) | ~Q(correction=""),
    holds=lambda activity, user: activity.takes_changes,
    refusal=_(
        "Laporan bulan kegiatan ini sudah diterima. Buka dahulu kegiatannya sebagai "
        "koreksi, dengan alasannya."
    ),
    # Whose turn it is opens the correction, or has it opened.
    is_awaited=False,
)
MONTH_OPEN = When(
    rows=lambda user: ~Q(is_closed()),
    holds=lambda activity, user: not activity.is_in_closed_month,
    refusal=_(
        "Laporan bulan kegiatan ini sudah diterima, jadi pembatalannya tetap. Bila "
        "ternyata berlangsung, catat kegiatannya sebagai koreksi bulan itu."
    ),
)


def is_corrected() -> Exists:
    """Whether a row has a correction in its place, counted or under way."""
    rows = Activity.objects.exclude(status=Status.CANCELLED)
    return Exists(rows.filter(corrects=OuterRef("pk")))


CLOSED_TO_CHANGES = When(
    rows=lambda user: Q(is_closed(), correction=""),
    holds=lambda activity, user: not activity.takes_changes,
    refusal=_("Kegiatan ini tidak memerlukan koreksi: bulannya belum ditutup."),
)
NOT_CORRECTED = When(
    rows=lambda user: ~Q(is_corrected()),
    holds=lambda activity, user: activity.replacement is None,
    refusal=_("Kegiatan ini sudah atau sedang dikoreksi."),
)
