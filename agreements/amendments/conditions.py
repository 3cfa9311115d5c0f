from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from pokmas.offices.models import office_today
from pokmas.records.steps import When


def being_written() -> Exists:
    """Whether an amendment of the row is open: for queries over agreements."""
    return Exists(
        Agreement.objects.filter(amends=OuterRef("pk"), status__in=Agreement.OPEN)
    )


NOT_OVER = When(
    rows=lambda user: Q(ends_on__gte=office_today()),
    holds=lambda agreement, user: agreement.ends_on >= agreement.office.today,
    refusal=_(
        "Jangka waktu kerja sama ini sudah lewat, jadi tidak dapat diubah dengan "
        "adendum. Perpanjang, atau susun kerja sama baru."
    ),
)
ALONE = When(
    rows=lambda user: Q(~being_written()),
    holds=None,
    refusal=_(
        "Adendum lain masih disusun. Selesaikan atau buang dahulu yang itu; Anda "
        "menemukannya di halaman kerja sama ini."
    ),
)
