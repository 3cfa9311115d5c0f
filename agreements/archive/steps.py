"""What is done to an agreement that came in without its scan."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.archive import services
from agreements.archive.forms import AddScanForm
from agreements.register.models import Agreement
from pokmas.forms.base import ReasonForm
from pokmas.records.steps import Step, When

Status = Agreement.Status
SIGNED = {Status.SIGNED, Status.SUSPENDED, Status.TERMINATED}

WITHOUT_SCAN = When(
    rows=lambda user: Q(is_archived=True, scan=None),
    holds=lambda agreement, user: agreement.is_archived and not agreement.scan_id,
    refusal=_("Pindaian kerja sama ini sudah ada."),
)
WITH_SCAN = When(
    rows=lambda user: Q(is_archived=True, scan__isnull=False),
    holds=lambda agreement, user: bool(agreement.is_archived and agreement.scan_id),
    refusal=_("Hanya pindaian kerja sama dari arsip yang dapat dilepas."),
)

Agreement.STEPS.add(
    Step(
        "add_scan",
        at=SIGNED,
        permission="agreements.sign_agreement",
        service=services.add_scan,
        form=AddScanForm,
        label=_("Tambahkan pindaian"),
        title=_("Tambahkan pindaian naskah"),
        button=_("Simpan pindaian"),
        done=_("Pindaian naskah tersimpan."),
        is_main=True,
        leads=lambda agreement: agreement.is_archived and not agreement.scan_id,
        when=(WITHOUT_SCAN,),
    ),
    Step(
        "remove_scan",
        at=SIGNED,
        permission="agreements.sign_agreement",
        service=services.remove_scan,
        form=ReasonForm,
        label=_("Lepas pindaian"),
        title=_("Lepas pindaian yang keliru"),
        done=_("Pindaian dilepas dan berkasnya dihapus."),
        is_danger=True,
        needs_reason=True,
        when=(WITH_SCAN,),
    ),
)
