"""The evaluations to which a day calls, and whoever confirms them."""

from django.utils.translation import gettext_lazy as _

from agreements.evaluations import due, services
from agreements.evaluations.forms import ConfirmForm, EndReportForm, EvaluationForm
from agreements.register.models import Agreement
from pokmas.records.steps import Call, Reckoned, Step, Watch, When

Status = Agreement.Status
TAB = "?tab=evaluations#tabs"

DUE = When(
    rows=lambda user: due.due(),
    holds=lambda agreement, user: due.is_due(agreement),
    refusal=_(
        "Evaluasi tahun ini sudah ada, belum waktunya, atau ada yang masih menunggu "
        "pengesahan."
    ),
)
ENDING = When(
    rows=lambda user: due.ends(),
    holds=lambda agreement, user: due.is_ending(agreement),
    refusal=_(
        "Laporan akhir sudah ada, atau belum waktunya: paling cepat 90 hari sebelum "
        "kerja sama berakhir."
    ),
)
OWED = When(
    rows=lambda user: due.owed(),
    holds=lambda agreement, user: due.is_owed(agreement),
    refusal=ENDING.refusal,
)
WAITS = When(
    rows=lambda user: due.waits(),
    holds=lambda agreement, user: due.pending(agreement) is not None,
    refusal=_("Tidak ada evaluasi yang menunggu pengesahan."),
)
BY_ANOTHER = When(
    rows=lambda user: ~due.is_own(user),
    holds=lambda agreement, user: (
        user is None
        or (waiting := due.pending(agreement)) is None
        or waiting.submitted_by_id != user.pk
    ),
    refusal=_("Langkah ini harus dilakukan orang lain: Anda yang menyusunnya."),
)


def _to_tab(agreement, user):
    return agreement.get_absolute_url() + TAB


Agreement.STEPS.add(
    Step(
        "evaluate",
        at={Status.SIGNED},
        permission="agreements.evaluate_agreement",
        service=services.evaluate,
        form=EvaluationForm,
        label=_("Evaluasi tahunan"),
        title=_("Evaluasi tahunan kerja sama"),
        button=_("Ajukan evaluasi"),
        done=_("Evaluasi diajukan untuk disahkan."),
        onward=_to_tab,
        when=(DUE,),
        call=Call(
            _("Evaluasi pelaksanaan kerja sama tahun ini"),
            DUE,
            until=Reckoned(due.day, due.day_of),
            days=due.AHEAD,
            otherwise=_("Perpanjangan diputuskan tanpa mengetahui hasilnya."),
            watch=Watch.REGION,
        ),
    ),
    Step(
        "report_end",
        at={Status.SIGNED, Status.TERMINATED},
        permission="agreements.evaluate_agreement",
        service=services.report_end,
        form=EndReportForm,
        label=_("Susun laporan akhir"),
        title=_("Laporan akhir kerja sama"),
        button=_("Ajukan laporan akhir"),
        done=_("Laporan akhir diajukan untuk disahkan."),
        onward=_to_tab,
        when=(ENDING,),
        call=Call(
            _("Susun laporan akhir kerja sama yang sudah berakhir"),
            OWED,
            until=Reckoned(due.report_by, due.report_day_of),
            days=due.REPORT_DAYS,
            otherwise=_("Hasil kerja sama tidak tercatat."),
            watch=Watch.REGION,
        ),
    ),
    Step(
        "confirm_evaluation",
        at={Status.SIGNED, Status.SUSPENDED, Status.TERMINATED},
        permission="agreements.confirm_evaluation",
        service=services.confirm,
        form=ConfirmForm,
        label=_("Periksa evaluasi"),
        title=_("Sahkan evaluasi kerja sama"),
        done=_("Penilaian Anda tersimpan."),
        icon="verify",
        onward=_to_tab,
        when=(WAITS, BY_ANOTHER),
        call=Call(
            _("Periksa dan sahkan evaluasi yang diajukan"),
            WAITS,
            until=Reckoned(due.confirm_by, due.confirm_day_of),
            days=due.CONFIRM_DAYS,
            otherwise=_("Evaluasi belum berlaku dan belum dapat dicetak."),
            watch=Watch.REGION,
        ),
    ),
)
