"""An accepted month takes corrections, not changes."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outreach.closing.models import is_closed
from pokmas.records.steps import When

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
CLOSED_TO_CHANGES = When(
    rows=lambda user: Q(is_closed(), correction=""),
    holds=lambda activity, user: not activity.takes_changes,
    refusal=_("Kegiatan ini tidak memerlukan koreksi: bulannya belum ditutup."),
)
