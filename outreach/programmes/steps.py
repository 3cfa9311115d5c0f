"""A programme from phase to phase."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach.programmes import services
from outreach.programmes.forms import HandOverForm, JudgeForm, PhaseForm
from outreach.programmes.models import Phase, PhaseReport, Programme
from pokmas.forms.base import ReasonForm
from pokmas.records.steps import Step, Turn, Watch, When
from pokmas.words import dates

Status = Programme.Status
WAITS = _("Fase berikutnya belum terbuka.")
CARRIED_OUT = (Phase.IMPLEMENTATION, Phase.EVALUATION)


def _plans_ahead(programme):
    """The plan of a programme that is to be carried out later."""
    return PhaseReport.objects.filter(
        programme=programme, phase=Phase.PLANNING, starts_on__gt=timezone.localdate()
    )


def _has_begun(user) -> Q:
    return ~Q(Exists(_plans_ahead(OuterRef("pk"))), phase__in=CARRIED_OUT)


def _begins(programme) -> str:
    if programme.phase not in CARRIED_OUT:
        return ""
    plan = _plans_ahead(programme).first()
    return dates.date_full(plan.starts_on) if plan else ""


HAS_BEGUN = When(
    rows=_has_begun,
    holds=None,
    refusal=_(
        "Menurut rencananya, program ini belum dilaksanakan; isi fase ini sesudah "
        "dimulai."
    ),
    begins=_begins,
)


def _unseen(programme):
    """What a phase about what was done is expected to rest on."""
    if programme.phase in CARRIED_OUT and not programme.links.exists():
        yield _("Belum ada kegiatan yang dicatat untuk program ini.")


Programme.STEPS.add(
    Step(
        "write",
        to=Status.SUBMITTED,
        permission="outreach.write_programme",
        service=services.write,
        form=PhaseForm,
        label=_("Isi fase ini"),
        labels={Status.RETURNED: _("Perbaiki fase ini")},
        title=_("Isi fase program"),
        button=_("Ajukan untuk disetujui"),
        done=_("Fase diajukan untuk disetujui."),
        icon="edit",
        for_partner=True,
        when=(HAS_BEGUN,),
        turns={
            Status.WRITING: Turn(
                _("Isi fase yang terbuka, lalu ajukan"), 30, WAITS, Watch.UNIT
            ),
            Status.RETURNED: Turn(
                _("Perbaiki fase sesuai catatan, lalu ajukan lagi"), 14, WAITS
            ),
        },
    ),
    Step(
        "judge",
        to={Status.WRITING, Status.RETURNED, Status.COMPLETED},
        at={Status.SUBMITTED},
        permission="outreach.judge_programme",
        service=services.judge,
        form=JudgeForm,
        label=_("Periksa fase"),
        title=_("Periksa fase program"),
        done=_("Penilaian Anda tersimpan."),
        icon="verify",
        not_by=("submitted_by",),
        cautions=_unseen,
        turns={
            Status.SUBMITTED: Turn(
                _("Periksa fase yang diajukan"), 7, WAITS, Watch.REGION
            )
        },
    ),
    Step(
        "hand_over",
        at=set(Programme.OPEN),
        permission="outreach.stop_programme",
        service=services.hand_over,
        form=HandOverForm,
        label=_("Ganti yang memimpin"),
        done=_("Program kini dipimpin yang Anda pilih."),
    ),
    Step(
        "stop",
        to=Status.STOPPED,
        permission="outreach.stop_programme",
        service=services.stop,
        form=ReasonForm,
        label=_("Hentikan program"),
        done=_("Program dihentikan."),
        needs_reason=True,
        is_danger=True,
    ),
    Step(
        "resume",
        to=Status.WRITING,
        at={Status.STOPPED},
        permission="outreach.stop_programme",
        service=services.resume,
        label=_("Lanjutkan program"),
        question=_("Lanjutkan program ini?"),
        warning=_("Program berjalan lagi dari fase ketika dihentikan."),
        done=_("Program berjalan lagi."),
    ),
)
