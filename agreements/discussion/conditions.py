"""Where the text stands between unit and partner."""

from datetime import date, timedelta

from django.db.models import DateField, Exists, Func, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.discussion.models import TextAnswer
from agreements.register.models import Agreement
from agreements.texts.models import TextVersion
from pokmas.records.steps import Reckoned, When

DAYS_TO_TAKE_IN = 14
Verdict = TextAnswer.Verdict


def _is_answered(verdict: str) -> Q:
    """Whether the newest answer is this one, and to the newest version."""
    same = {"agreement": OuterRef("agreement")}
    newest = TextAnswer.objects.filter(**same).order_by("-answered_at", "-pk")
    latest = TextVersion.objects.filter(**same).order_by("-number")
    said = TextAnswer.objects.filter(
        agreement=OuterRef("pk"),
        verdict=verdict,
        pk=Subquery(newest.values("pk")[:1]),
        version=Subquery(latest.values("pk")[:1]),
    )
    return Q(Exists(said))


def _last_answer_at():
    newest = TextAnswer.objects.filter(agreement=OuterRef("pk"))
    return Subquery(newest.order_by("-answered_at", "-pk").values("answered_at")[:1])


def _day_to_take_in(agreement: Agreement) -> date | None:
    answer = agreement.answers.first()
    if answer is None:
        return None
    until = answer.answered_at + timedelta(days=DAYS_TO_TAKE_IN)
    return timezone.localdate(until, agreement.office.tzinfo)


def where_it_stands(agreement: Agreement) -> str:
    """What the partner said of the newest text, in words, or why he said nothing."""
    answer = agreement.answers.for_list().first()
    latest = agreement.texts.values_list("pk", "number").first()
    if latest is None:
        return _("Naskahnya belum ada.")
    if answer and answer.version_id == latest[0]:
        return answer.told
    words = _("Mitra belum diminta menjawab naskah versi %(number)s.")
    return words % {"number": latest[1]}


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
# What the partner wants otherwise, until there is a newer version or it is sent again.
CHANGE_ASKED = When(
    rows=lambda user: Q(partner_due_by=None) & _is_answered(Verdict.CHANGE),
    holds=None,
    refusal=_("Tidak ada permintaan perubahan mitra yang menunggu."),
)
LAST_DAY_TO_TAKE_IN = Reckoned(
    lambda: Func(
        _last_answer_at(),
        template=f"((%(expressions)s)::date + {DAYS_TO_TAKE_IN})",
        output_field=DateField(),
    ),
    _day_to_take_in,
)
# Also another proposal beside his first: the later one is the newer version.
MAY_PROPOSE = When(
    rows=lambda user: (
        ASKED.rows(user)
        | Q(Exists(TextAnswer.objects.filter(agreement=OuterRef("pk"))))
    ),
    holds=None,
    refusal=_("Usulan naskah diterima sesudah unit mengirim naskahnya kepada Anda."),
)
AGREED = When(
    # Asked again, he has not answered yet.
    rows=lambda user: Q(partner_due_by=None) & _is_answered(Verdict.AGREE),
    holds=None,
    refusal=_(
        "Mitra belum menyetujui naskah versi terbaru. Kirim naskahnya ke mitra, atau "
        "catat persetujuannya bila ia menjawab di luar portal. Bila naskahnya belum "
        "ada, buat atau unggah dahulu."
    ),
    # To obtain it is the unit's turn.
    is_awaited=False,
)
