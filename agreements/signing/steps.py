"""From a reviewed text to a signed one."""

from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.signing import services
from agreements.signing.forms import SignForm
from pokmas.records.steps import Step, Turn, Watch

Status = Agreement.Status

Agreement.STEPS.add(
    Step(
        "sign",
        to=Status.SIGNED,
        at={Status.READY_TO_SIGN},
        permission="agreements.sign_agreement",
        service=services.sign,
        form=SignForm,
        label=_("Catat penandatanganan"),
        button=_("Simpan penandatanganan"),
        done=_("Kerja sama sudah ditandatangani."),
        turns={
            Status.READY_TO_SIGN: Turn(
                _("Tandatangani, lalu unggah pindaian naskah"),
                14,
                _("Kerja sama belum berlaku sampai pindaian diunggah."),
                Watch.REGION,
            )
        },
    ),
)
