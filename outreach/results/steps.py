"""From what was held to figures that count."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.corrections.conditions import OPEN_OR_CORRECTION
from outreach.evidence.models import Evidence
from outreach.results import services
from outreach.results.forms import AnotherPhotoForm, VerifyForm
from outreach.results.hints import hints
from pokmas.audit.models import Entry
from pokmas.forms.base import ReasonForm
from pokmas.records.steps import Step, Turn, Watch, When
from pokmas.words import dates

Status = Activity.Status
NOT_COUNTED = _("Kegiatan tidak dihitung dalam laporan bulanan.")

HAS_BEGUN = When(
    rows=lambda user: Q(starts_at__lte=timezone.now()),
    holds=lambda activity, user: activity.has_begun,
    refusal=_("Kegiatan ini belum berlangsung; laporkan sesudahnya."),
    begins=lambda activity: (
        "" if activity.has_begun else dates.date_time(activity.starts_at, activity.zone)
    ),
)


def _is_owed_a_photo() -> Exists:
    """Whether nothing was handed in since a photo was refused."""
    rows = Evidence.objects.filter(activity=OuterRef("pk"))
    later = Evidence.objects.filter(
        activity=OuterRef("activity"), added_at__gt=OuterRef("refused_at")
    )
    return Exists(rows.refused().exclude(Exists(later)))


def _written_by(user) -> Q:
    """What this person kept or reported at any time, whoever sent it in the end."""
    if user is None:
        return Q(pk__in=[])
    kind = ContentType.objects.get_for_model(Activity)
    wrote = Entry.objects.filter(
        actor=user,
        about_type=kind,
        about_id=OuterRef("pk"),
        action__in=["activity.kept", "activity.reported"],
    )
    return Q(Exists(wrote))


OF_OTHERS = When(
    rows=lambda user: ~_written_by(user),
    holds=None,
    refusal=_(
        "Anda ikut mengisi laporan ini; verifikasinya harus dilakukan orang lain."
    ),
)
OWED_A_PHOTO = When(
    rows=lambda user: Q(_is_owed_a_photo()),
    holds=None,
    refusal=_("Tidak ada foto yang ditolak tanpa penggantinya."),
)

Activity.STEPS.add(
    Step(
        "report",
        to=Status.REPORTED,
        permission="outreach.report_activity",
        label=_("Laporkan hasil"),
        labels={Status.RETURNED: _("Perbaiki laporan")},
        for_partner=True,
        when=(HAS_BEGUN, OPEN_OR_CORRECTION),
        turns={
            Status.PLANNED: Turn(
                _("Laksanakan, lalu laporkan hasilnya"), 7, NOT_COUNTED, Watch.UNIT
            ),
            Status.RETURNED: Turn(
                _("Perbaiki laporan sesuai catatan, lalu laporkan lagi"),
                5,
                NOT_COUNTED,
                Watch.UNIT,
            ),
        },
    ),
    Step(
        "verify",
        to={Status.VERIFIED, Status.RETURNED},
        at={Status.REPORTED},
        permission="outreach.verify_activity",
        service=services.judge,
        form=VerifyForm,
        label=_("Verifikasi"),
        title=_("Verifikasi kegiatan"),
        warning=_(
            "Setelah diverifikasi, angkanya dihitung dalam laporan bulanan. Sampai "
            "laporan itu diterima, verifikasi dapat dibatalkan dengan alasan."
        ),
        done=_("Kegiatan diverifikasi; angkanya kini dihitung."),
        not_by=("reported_by",),
        when=(OF_OTHERS, OPEN_OR_CORRECTION),
        turns={
            Status.REPORTED: Turn(
                _("Periksa angka dan bukti, lalu verifikasi"),
                5,
                NOT_COUNTED,
                Watch.REGION,
            )
        },
        cautions=hints,
    ),
    Step(
        "take_back",
        to=Status.RETURNED,
        at={Status.VERIFIED},
        permission="outreach.verify_activity",
        service=services.take_back,
        form=ReasonForm,
        label=_("Batalkan verifikasi"),
        title=_("Batalkan verifikasi"),
        warning=_(
            "Angkanya tidak dihitung lagi sampai laporannya diperbaiki dan "
            "diverifikasi."
        ),
        done=_("Verifikasi dibatalkan; laporannya dikembalikan kepada pelapor."),
        is_danger=True,
        needs_reason=True,
        when=(OPEN_OR_CORRECTION,),
    ),
    Step(
        "add_photos",
        at={Status.REPORTED, Status.VERIFIED},
        permission="outreach.report_activity",
        service=services.add_photos,
        form=AnotherPhotoForm,
        label=_("Unggah foto pengganti"),
        title=_("Foto pengganti"),
        done=_("Foto tersimpan. Fotonya menunggu dinilai."),
        for_partner=True,
        when=(OWED_A_PHOTO, OPEN_OR_CORRECTION),
        is_main=True,
    ),
)
