"""Where the text stands between unit and partner."""

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from agreements.discussion.models import TextAnswer
from agreements.texts.models import TextVersion
from pokmas.records.steps import When


def _is_agreed(user) -> Q:
    """Whether the newest answer is a yes, and to the newest version."""
    same = {"agreement": OuterRef("agreement")}
    newest = TextAnswer.objects.filter(**same).order_by("-answered_at", "-pk")
    latest = TextVersion.objects.filter(**same).order_by("-number")
    agreed = TextAnswer.objects.filter(
        agreement=OuterRef("pk"),
        verdict=TextAnswer.Verdict.AGREE,
        pk=Subquery(newest.values("pk")[:1]),
        version=Subquery(latest.values("pk")[:1]),
    )
    return Q(Exists(agreed))


HAS_TEXT = When(
    rows=lambda user: Q(Exists(TextVersion.objects.filter(agreement=OuterRef("pk")))),
    holds=None,
    refusal=_("Naskahnya belum ada. Buat naskah atau unggah dari Word dahulu."),
)
ASKED = When(
    rows=lambda user: Q(partner_due_by__isnull=False),
    holds=lambda agreement, user: agreement.partner_due_by is not None,
    refusal=_("Naskah ini tidak sedang menunggu jawaban mitra."),
)
AGREED = When(
    rows=_is_agreed,
    holds=None,
    refusal=_(
        "Mitra belum menyetujui naskah versi terbaru. Kirim naskahnya ke mitra, atau "
        "catat persetujuannya bila ia menjawab di luar portal. Bila naskahnya belum "
        "ada, buat atau unggah dahulu."
    ),
    # To obtain it is the unit's turn.
    is_awaited=False,
)
