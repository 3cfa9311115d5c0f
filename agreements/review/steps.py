"""From an agreed text to one that may be signed."""

from django.utils.translation import gettext_lazy as _

from agreements.discussion.conditions import AGREED, where_it_stands
from agreements.discussion.threads import cautions_of
from agreements.register.models import Agreement
from agreements.review import services
from agreements.review.aspects import (
    BY_ANOTHER,
    FORMALITY_LEFT,
    LAST_DAY,
    NOT_ITS_WRITER,
    REVIEW_DAYS,
    SUBSTANCE_LEFT,
    UNJUDGED,
)
from agreements.review.forms import ReviewForm
from agreements.review.models import Review
from agreements.texts.compare import latest_text
from agreements.texts.differences import data_cautions
from pokmas.forms.base import ReasonForm
from pokmas.records.steps import Call, Step, Turn, Watch

Status = Agreement.Status
REVIEW = {
    "to": {Status.READY_TO_SIGN, Status.DISCUSSION},
    "at": {Status.LEGAL_REVIEW},
    "permission": "agreements.review_agreement",
    "service": services.review,
    "form": ReviewForm,
    "done": _("Hasil telaah tersimpan."),
    "not_by": ("created_by", "submitted_by"),
    "cautions": lambda agreement: agreement.cautions,
}


def _before_review(agreement) -> list:
    """What is open in the discussion, what its text does not say, and what stands
    against its signing."""
    text = latest_text(agreement)
    said = data_cautions(agreement, text and text.content)
    return [*cautions_of(agreement), *said, *agreement.cautions]


def _second_half(aspect, label, act, is_left):
    return Step(
        services.STEP_OF[aspect],
        **REVIEW,
        label=label,
        url="agreements:review",
        when=(is_left, BY_ANOTHER, NOT_ITS_WRITER),
        call=Call(
            act,
            is_left,
            until=LAST_DAY,
            days=REVIEW_DAYS,
            otherwise=_("Naskah tidak dapat ditandatangani."),
            watch=Watch.REGION,
        ),
    )


Agreement.STEPS.add(
    Step(
        "submit",
        to=Status.LEGAL_REVIEW,
        permission="agreements.submit_agreement",
        service=services.submit,
        label=_("Ajukan telaah"),
        question=_("Ajukan untuk telaah?"),
        warning=_("Naskah tidak dapat diubah selama ditelaah."),
        done=_("Naskah diajukan untuk telaah."),
        when=(AGREED,),
        cautions=_before_review,
        turns={
            Status.DISCUSSION: Turn(
                _("Ajukan telaah sesudah mitra menyetujui naskah"),
                14,
                _("Kerja sama tertunda."),
                Watch.REGION,
                mend=_("Ubah naskah menurut catatan, lalu ajukan telaah lagi"),
                because=where_it_stands,
            )
        },
    ),
    # A date may have passed, or a name changed, before both sides have signed.
    Step(
        "reopen",
        to=Status.DISCUSSION,
        at={Status.READY_TO_SIGN},
        permission="agreements.submit_agreement",
        service=services.reopen,
        form=ReasonForm,
        label=_("Kembalikan ke pembahasan"),
        done=_("Naskah kembali ke pembahasan dan dapat diubah."),
        needs_reason=True,
    ),
    Step(
        "review",
        **REVIEW,
        label=_("Telaah naskah"),
        when=(UNJUDGED, NOT_ITS_WRITER),
        turns={
            Status.LEGAL_REVIEW: Turn(
                _("Telaah naskah: siap ditandatangani atau dikembalikan"),
                REVIEW_DAYS,
                _("Naskah tidak dapat ditandatangani."),
                Watch.REGION,
            )
        },
    ),
    # Where two people review, the second one's turn.
    _second_half(
        Review.Aspect.SUBSTANCE,
        _("Telaah isi"),
        _("Telaah isi naskah; naskah dan administrasinya sudah ditelaah orang lain"),
        SUBSTANCE_LEFT,
    ),
    _second_half(
        Review.Aspect.FORMALITY,
        _("Telaah naskah dan administrasi"),
        _("Telaah naskah dan administrasi; isinya sudah ditelaah orang lain"),
        FORMALITY_LEFT,
    ),
)
