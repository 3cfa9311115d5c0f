"""From the first PDF to an accepted report."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pokmas.jobs.models import Job
from pokmas.offices.models import day_at, days_of_zones
from pokmas.records.steps import Step, Turn, Watch, When
from pokmas.words import dates
from reports.figures.periods import Kind, Period
from reports.monthly import services
from reports.monthly.forms import AcceptForm, AnswerForm, SignedForm, WordForm
from reports.monthly.given import hints, lacking_in
from reports.monthly.models import Report
from reports.monthly.seats import KEEP

Status = Report.Status
OPEN_JOBS = [Job.State.QUEUED, Job.State.RUNNING]

NOT_BEING_MADE = When(
    rows=lambda user: Q(job=None) | ~Q(job__state__in=OPEN_JOBS),
    holds=lambda report, user: report.job is None or not report.job.is_open,
    refusal=services.BEING_MADE,
)


def _over(user=None) -> Q:
    """The period of today has not been reached by those that are over."""
    over = Q(pk=None)
    for kind in Kind:
        firsts = tuple(Period.of(kind, day).first for day in days_of_zones())
        over |= Q(kind=kind, month__lt=day_at("office", firsts))
    return over


PERIOD_IS_OVER = When(
    rows=_over,
    holds=lambda report, user: services.is_over(report),
    refusal=services.NOT_OVER,
    begins=lambda report: (
        ""
        if services.is_over(report)
        else dates.date_long(report.period.last + timedelta(days=1))
    ),
)
# Whoever writes the report has a step of that name already.
BY_WHO_ONLY_SUBMITS = When(
    rows=lambda user: Q(pk=None) if user.has_perm("reports.add_report") else Q(),
    holds=lambda report, user: not user.has_perm("reports.add_report"),
    refusal=_("PDF disusun ulang oleh penyusun laporan."),
)
HAS_WORD = When(
    rows=lambda user: Q(version__gt=0),
    holds=lambda report, user: report.version > 0,
    refusal=_("Berkas Word laporan ini belum selesai dibuat."),
)
IS_ACCOUNTED = When(
    rows=lambda user: Q(kind__in=[Kind.SEMESTER, Kind.YEARLY], version__gt=0),
    holds=lambda report, user: report.is_accounted and report.version > 0,
    refusal=_(
        "Analisis capaian diisi pada laporan semester dan tahunan sesudah PDF "
        "pertamanya selesai."
    ),
)

Report.STEPS.add(
    Step(
        "submit",
        to=Status.SUBMITTED,
        at={Status.DRAFTING},
        permission="reports.submit_report",
        service=services.submit,
        label=_("Ajukan laporan"),
        question=_("Ajukan laporan?"),
        warning=_(
            "Sesudah diajukan, isi laporan tidak dapat diubah kecuali dikembalikan."
        ),
        done=_("Laporan diajukan."),
        when=(PERIOD_IS_OVER, NOT_BEING_MADE),
        cautions=lacking_in,
        turns={
            Status.DRAFTING: Turn(
                _("Periksa PDF, lalu ajukan"), Report.TURN, watch=Watch.REGION
            ),
        },
    ),
    Step(
        "answer",
        to=Status.SUBMITTED,
        at={Status.RETURNED},
        permission="reports.submit_report",
        service=services.answer,
        form=AnswerForm,
        label=_("Ajukan tanpa perubahan"),
        button=_("Ajukan laporan"),
        done=_("Laporan diajukan."),
        needs_reason=True,
        when=(NOT_BEING_MADE,),
        cautions=lacking_in,
    ),
    Step(
        "accept",
        to={Status.ACCEPTED, Status.RETURNED},
        permission="reports.accept_report",
        service=services.judge,
        form=AcceptForm,
        label=_("Periksa laporan"),
        warning=_(
            "Setelah diterima, PDF menjadi sah; laporan bulanan unit juga mengunci "
            "kegiatan bulannya."
        ),
        not_by=("submitted_by",),
        turns={
            Status.SUBMITTED: Turn(
                _("Periksa, lalu terima atau kembalikan"),
                Report.TURN,
                _("Laporan belum sah dan angkanya belum dikunci."),
                Watch.REGION,
            )
        },
        cautions=hints,
    ),
    Step(
        "rebuild",
        at=Report.WITH_THE_UNIT,
        permission="reports.add_report",
        service=services.rebuild,
        label=_("Susun ulang PDF"),
        labels={Status.OPEN: _("Susun PDF")},
        done=_("PDF sedang dibuat ulang."),
        when=(NOT_BEING_MADE,),
        turns={
            Status.OPEN: Turn(
                _("Susun PDF, lalu tunggu sampai selesai"),
                Report.TURN,
                watch=Watch.UNIT,
            )
        },
    ),
    Step(
        "refresh",
        at=Report.WITH_THE_UNIT,
        permission="reports.submit_report",
        service=services.refresh,
        label=_("Susun ulang PDF"),
        done=_("PDF sedang dibuat ulang."),
        when=(NOT_BEING_MADE, BY_WHO_ONLY_SUBMITS),
    ),
    Step(
        "change",
        at=Report.WITH_THE_UNIT,
        permission="reports.add_report",
        label=_("Isi uraian laporan"),
        labels={Status.RETURNED: _("Perbaiki laporan")},
        turns={
            Status.RETURNED: Turn(
                _("Perbaiki menurut catatan pemeriksa, lalu susun ulang PDF"),
                Report.TURN,
                _("Laporan belum dapat diajukan kembali."),
                Watch.REGION,
            )
        },
    ),
    Step(
        "explain",
        at=Report.WITH_THE_UNIT,
        permission="reports.add_report",
        label=_("Isi analisis capaian"),
        when=(IS_ACCOUNTED,),
    ),
    Step(
        "take_word",
        at=Report.WITH_THE_UNIT,
        permission="reports.add_report",
        service=services.take_word,
        form=WordForm,
        label=_("Unggah uraian dari Word"),
        button=_("Ambil uraiannya"),
        when=(HAS_WORD, NOT_BEING_MADE),
    ),
    Step(
        "keep_signed",
        at={Status.SUBMITTED, Status.ACCEPTED},
        permission=KEEP,
        service=services.keep_signed,
        form=SignedForm,
        label=_("Simpan PDF bertanda tangan"),
        button=_("Simpan berkas"),
    ),
    Step(
        "assign",
        at=Report.WITH_THE_UNIT,
        permission="reports.submit_report",
        label=_("Tetapkan penanda tangan"),
    ),
)
