"""Evidence is added while the agreement stands; its beginning is locked once."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.proofs import services
from agreements.proofs.forms import ProveForm
from agreements.register.conditions import STANDS_ALONE
from agreements.register.models import Agreement
from pokmas.records.steps import Step, When

Status = Agreement.Status

NOT_LOCKED = When(
    rows=lambda user: Q(proof_baseline=None),
    holds=lambda agreement, user: not hasattr(agreement, "proof_baseline"),
    refusal=_("Posisi awal sudah dikunci dan tidak dapat diubah."),
)


def _to_card(agreement, user):
    return f"{agreement.get_absolute_url()}?tab=proofs#tabs"


Agreement.STEPS.add(
    Step(
        "prove",
        at={Status.SIGNED, Status.SUSPENDED},
        permission="agreements.evaluate_agreement",
        service=services.prove,
        form=ProveForm,
        label=_("Isi bukti"),
        title=_("Isi bukti kerja sama"),
        button=_("Simpan bukti"),
        done=_("Bukti tersimpan."),
        when=(STANDS_ALONE,),
        onward=_to_card,
        is_inside=True,
    ),
    Step(
        "lock_baseline",
        at={Status.SIGNED},
        permission="agreements.confirm_evaluation",
        service=services.lock_baseline,
        label=_("Kunci posisi awal"),
        question=_("Kunci keadaan hari ini sebagai posisi awal?"),
        warning=_("Posisi awal tidak dapat diubah lagi oleh siapa pun."),
        done=_("Posisi awal dikunci."),
        onward=_to_card,
        icon="lock",
        when=(STANDS_ALONE, NOT_LOCKED),
        is_inside=True,
    ),
)
