"""From an agreed text to one that may be signed."""

from django.utils.translation import gettext_lazy as _

from agreements.discussion.conditions import AGREED
from agreements.discussion.threads import cautions_of
from agreements.register.models import Agreement
from agreements.review import services
from agreements.review.forms import ReviewForm
from pokmas.forms.base import ReasonForm
from pokmas.records.steps import Step, Turn, Watch

Status = Agreement.Status

Agreement.STEPS.add(
    Step(
        "submit",
        to=Status.LEGAL_REVIEW,
        permission="agreements.submit_agreement",
        service=services.submit,
        label=_("Ajukan telaah"),
        question=_("Ajukan untuk telaah?"),
        warning=_("Naskah tidak dapat diubah selama ditelaah Kanwil."),
        done=_("Naskah diajukan untuk telaah."),
        when=(AGREED,),
        cautions=cautions_of,
        turns={
            Status.DISCUSSION: Turn(
                _("Sepakati naskah dengan mitra, lalu ajukan telaah"),
                14,
                _("Kerja sama tertunda."),
                Watch.REGION,
                mend=_("Ubah naskah menurut catatan, lalu ajukan telaah lagi"),
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
        to={Status.READY_TO_SIGN, Status.DISCUSSION},
        at={Status.LEGAL_REVIEW},
        permission="agreements.review_agreement",
        service=services.review,
        form=ReviewForm,
        label=_("Telaah naskah"),
        done=_("Hasil telaah tersimpan."),
        not_by=("submitted_by",),
        cautions=lambda agreement: agreement.cautions,
        turns={
            Status.LEGAL_REVIEW: Turn(
                _("Telaah naskah: siap ditandatangani atau dikembalikan"),
                5,
                _("Naskah tidak dapat ditandatangani."),
                Watch.REGION,
            )
        },
    ),
)
