"""A number that a unit says, until its head confirms it."""

from django.utils.translation import gettext_lazy as _

from pokmas.records.steps import Step, Turn, Watch
from reports.targets import services
from reports.targets.forms import ConfirmForm
from reports.targets.models import EnteredValue

Status = EnteredValue.Status
ENTER, CONFIRM = "reports.enter_value", "reports.confirm_value"

EnteredValue.STEPS.add(
    Step(
        "confirm",
        to={Status.CONFIRMED, Status.RETURNED},
        permission=CONFIRM,
        service=services.judge,
        form=ConfirmForm,
        label=_("Sahkan nilai"),
        title=_("Sahkan nilai indikator"),
        button=_("Simpan keputusan"),
        warning=_("Buka berkas buktinya, lalu bandingkan dengan angkanya."),
        done=_("Nilai indikator disahkan."),
        not_by=("entered_by",),
        turns={
            Status.ENTERED: Turn(
                _("Bandingkan angka dengan buktinya, lalu sahkan"),
                7,
                _("Angkanya belum dihitung dalam capaian."),
                Watch.REGION,
            )
        },
    ),
    Step(
        "change",
        at=Status,
        permission=ENTER,
        label=_("Ubah nilai"),
        labels={Status.RETURNED: _("Perbaiki nilai")},
        turns={
            Status.RETURNED: Turn(
                _("Perbaiki menurut catatan kepala"),
                7,
                _("Angkanya belum dihitung dalam capaian."),
                Watch.UNIT,
            )
        },
    ),
)
