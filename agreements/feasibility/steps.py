"""From a plan to a decision; drafting says how it becomes a draft."""

from django.utils.translation import gettext_lazy as _

from agreements.feasibility import services
from agreements.feasibility.forms import AnswerForm, DecideForm
from agreements.feasibility.models import Feasibility, Recommendation
from pokmas.records.steps import Step, Turn, Watch

Status = Feasibility.Status
CHANGE = "agreements.change_feasibility"


def _cautions(sheet) -> list:
    weighed = sheet.weighed
    said = _("Rekomendasi: %(words)s, %(percent)s%% dari angka tertinggi.")
    words = {
        "words": weighed.recommendation.label,
        "percent": weighed.percent,
    }
    found = [*sheet.cautions]
    if weighed.recommendation != Recommendation.WORTH:
        found.append(said % words)
    if weighed.unexplained:
        found.append(_("Ada hal yang perlu dijelaskan dan belum dijelaskan."))
    return found


Feasibility.STEPS.add(
    Step(
        "answer",
        at=Feasibility.OPEN,
        permission=CHANGE,
        service=services.answer,
        form=AnswerForm,
        label=_("Jawab kriteria"),
        button=_("Simpan jawaban"),
        done=_("Jawaban tersimpan."),
        is_beside=True,
    ),
    Step(
        "submit",
        to=Status.SUBMITTED,
        permission=CHANGE,
        service=services.submit,
        label=_("Ajukan kepada kepala"),
        question=_("Ajukan kepada kepala?"),
        warning=_("Lembar tidak dapat diubah selama menunggu keputusan."),
        done=_("Lembar kelayakan diajukan kepada kepala."),
        cautions=_cautions,
        turns={
            Status.DRAFT: Turn(
                _("Jawab kriteria, lalu ajukan kepada kepala"),
                14,
                _("Naskahnya belum dapat disusun dari lembar ini."),
                Watch.UNIT,
            ),
            Status.RETURNED: Turn(
                _("Perbaiki lembar, lalu ajukan lagi"),
                14,
                _("Naskahnya belum dapat disusun dari lembar ini."),
                Watch.UNIT,
            ),
        },
    ),
    Step(
        "change",
        at=Feasibility.OPEN,
        permission=CHANGE,
        label=_("Ubah rencana kerja sama"),
        mends=True,
    ),
    Step(
        "decide",
        to={Status.APPROVED, Status.RETURNED, Status.DECLINED},
        permission="agreements.decide_feasibility",
        service=services.decide,
        form=DecideForm,
        label=_("Putuskan kelayakan"),
        done=_("Keputusan tersimpan."),
        not_by=("created_by", "submitted_by"),
        cautions=_cautions,
        turns={
            Status.SUBMITTED: Turn(
                _("Putuskan: layak, diperbaiki, atau tidak dilanjutkan"),
                7,
                _("Naskahnya belum dapat disusun dari lembar ini."),
                Watch.REGION,
            )
        },
    ),
)
