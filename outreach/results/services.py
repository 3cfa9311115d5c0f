"""Results: kept, reported, verified or returned, locked; and their photos."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach.activities.counts import BeneficiaryCount
from outreach.activities.models import Activity
from outreach.closing import services as closing
from outreach.corrections.conditions import OPEN_OR_CORRECTION
from outreach.evidence.look import look_of
from outreach.evidence.models import Evidence
from outreach.presence.services import keep_list_place
from outreach.restorative import services as meetings
from outreach.results.models import HintAnswer
from outreach.results.questions import Unanswered, questions
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.notices.telling import next_in_turn, officers, own_people, tell
from pokmas.records.lines import one_line
from pokmas.words import dates

Status = Activity.Status

FIELDS = [
    "output",
    "obstacles",
    "follow_up",
    "officers",
    "instructors",
    "funding",
    "cost",
    "changes_sought",
]


COST_OF_NOTHING = _(
    "Ada biaya, padahal sumbernya “Tanpa biaya”. Pilih sumber biayanya, atau kosongkan "
    "biayanya."
)

NOTHING_LEFT = _(
    "Semua fotonya ditolak dan tidak ada bukti lain. Tunggu foto penggantinya, atau "
    "kembalikan laporannya."
)


@transaction.atomic
def keep(activity: Activity, *, by: User, **answers) -> None:
    """Keep a report that is not finished yet; nothing of it counts."""
    _write_report(activity, by, **answers)
    Entry.record(by, "activity.kept", activity)


@transaction.atomic
def report(
    activity: Activity,
    *,
    by: User,
    declared: bool,
    explained: Mapping[str, str] = MappingProxyType({}),
    **answers,
) -> None:
    """Report what came of it; the head of the unit verifies the figures.

    `explained` is what the author says, by code, to what looks odd in it.
    """
    _write_report(activity, by, **answers)
    evidence = list(activity.evidence.present().select_related("document"))
    _check_report(activity, declared, evidence)
    served = sum(answers["counts"].values())
    photos = [each for each in evidence if each.kind == Evidence.Kind.PHOTO]
    _settle_questions(activity, questions(activity, served, photos), explained, by)
    activity.move_to(Status.REPORTED, by=by, reported_by=by, is_declared=True)
    tell(
        activity,
        "reported",
        next_in_turn(activity),
        _("Laporan kegiatan menunggu verifikasi: %(name)s"),
        _("%(day)s, %(served)s orang terlayani. Periksa angka dan buktinya."),
        by=by,
        day=lambda: dates.date_full(activity.held_on),
        served=dates.number(served),
    )


def _write_report(
    activity: Activity,
    by: User,
    *,
    revision: int,
    counts: Mapping[tuple[str, str], int],
    photos: Iterable[Document] = (),
    attendance: Iterable[Document] = (),
    caption: str = "",
    removed: Iterable[Evidence] = (),
    restorative: dict | None = None,
    list_kept_at: str | None = None,
) -> None:
    Activity(pk=activity.pk).begin("report", by=by)
    activity.validate_constraints()
    activity.save_edit(revision, FIELDS)
    _write_counts(activity, counts)
    if restorative is not None:
        meetings.keep(activity, restorative)
    if list_kept_at is not None:
        keep_list_place(activity, list_kept_at, by=by)
    if gone := [row.pk for row in removed]:
        present = activity.evidence.present().filter(pk__in=gone)
        present.update(removed_at=timezone.now())
    papers = [(Evidence.Kind.PHOTO, document, caption) for document in photos]
    papers += [(Evidence.Kind.ATTENDANCE, document, "") for document in attendance]
    if papers:
        _add_evidence(activity, papers, by)


def _add_evidence(activity, papers, by):
    documents_sent = [document for _kind, document, _words in papers]
    used = Evidence.objects.filter(document__in=documents_sent)
    twice = set(used.values_list("document_id", flat=True))
    for document in documents_sent:
        if document.pk in twice:
            raise ValidationError(
                _("Berkas “%(name)s” sudah terkirim. Kirim setiap berkas sekali."),
                params={"name": document.name},
            )
        twice.add(document.pk)
    _refuse_twice_shown(activity, papers)
    rows = Evidence.objects.bulk_create(
        Evidence(
            activity=activity,
            kind=kind,
            document=document,
            caption=words,
            look=look_of(document) if kind == Evidence.Kind.PHOTO else None,
        )
        for kind, document, words in papers
    )
    documents.attach_all([(row.document, row) for row in rows], by=by)


def _refuse_twice_shown(activity, papers):
    """One photo shows an activity once, however often its file is sent."""
    there = activity.evidence.present().filter(kind=Evidence.Kind.PHOTO)
    known = set(there.values_list("document__sha256", flat=True))
    for kind, document, _words in papers:
        if kind != Evidence.Kind.PHOTO:
            continue
        if document.sha256 in known:
            words = _("Foto “%(name)s” sudah ada dalam laporan ini; pilih foto lain.")
            raise ValidationError({"photos": words % {"name": document.name}})
        known.add(document.sha256)


def _write_counts(activity, counts):
    """Keep what was counted; a figure taken back becomes 0, so history shows it."""
    before = dict.fromkeys(activity.counts.values_list("category", "sex"), 0)
    rows = [
        BeneficiaryCount(activity=activity, category=category, sex=sex, number=number)
        for (category, sex), number in (before | dict(counts)).items()
        if number or (category, sex) in before
    ]
    BeneficiaryCount.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["activity", "category", "sex"],
        update_fields=["number"],
    )


def _check_report(activity, declared, evidence):
    """Refuse with everything that is missing before the figures may be verified."""
    errors = {}
    ended_on = timezone.localdate(activity.ends_at, activity.zone)
    if activity.starts_at > timezone.now():
        errors["__all__"] = _(
            "Kegiatan ini baru dimulai pada %(start)s; laporkan sesudahnya."
        ) % {"start": dates.date_time(activity.starts_at, activity.zone)}
    elif ended_on > timezone.localdate(timezone=activity.zone):
        errors["__all__"] = _(
            "Kegiatan ini baru selesai pada %(end)s; laporkan sesudahnya, atau ubah "
            "dahulu waktu selesainya."
        ) % {"end": dates.date_time(activity.ends_at, activity.zone)}
    if not activity.output.strip():
        errors["output"] = _("Tulis hasil kegiatan.")
    if not evidence:
        errors["photos"] = _("Lampirkan sedikitnya satu foto atau daftar hadir.")
    if activity.cost and activity.funding == Activity.Funding.NONE:
        errors["funding"] = COST_OF_NOTHING
    errors |= meetings.lacking(activity)
    if not declared:
        errors["declared"] = _("Setujui pernyataan tentang wajah dan identitas.")
    if errors:
        raise ValidationError(errors)


def _settle_questions(activity, asked, explained, by):
    """Keep what was answered; refuse as long as something was not."""
    said = {each.code: one_line(explained.get(each.code, "")) for each in asked}
    if unanswered := [each for each in asked if not said[each.code]]:
        raise Unanswered(unanswered)
    if activity.status == Status.RETURNED:
        activity.hint_answers.exclude(code__in=said).delete()
    now = timezone.now()
    HintAnswer.objects.bulk_create(
        [
            HintAnswer(
                activity=activity,
                code=each.code,
                asked=each.words[:400],
                answer=said[each.code],
                answered_by=by,
                answered_at=now,
            )
            for each in asked
        ],
        update_conflicts=True,
        unique_fields=["activity", "code"],
        update_fields=["asked", "answer", "answered_by", "answered_at"],
    )


@transaction.atomic
def add_photos(
    activity: Activity, *, photos: list[Document], caption: str, by: User
) -> None:
    """Put others in the place of photos that were refused."""
    activity.begin("add_photos", by=by)
    _add_evidence(
        activity, [(Evidence.Kind.PHOTO, photo, caption) for photo in photos], by
    )
    activity.touch()
    Entry.record(by, "activity.photo_added", activity)
    tell(
        activity,
        "photo_added",
        officers(activity, "outreach.review_photo"),
        _("Foto pengganti: %(name)s"),
        _("Periksa fotonya pada halaman kegiatan."),
        by=by,
    )


@transaction.atomic
def verify(activity: Activity, *, by: User) -> str | None:
    """Let the figures count; never by the person who reported them."""
    activity.begin("verify", by=by)
    if not (activity.correction or closing.hold(activity.office_id, activity.held_on)):
        raise ValidationError(OPEN_OR_CORRECTION.refusal)
    if activity.evidence.refused().exists() and not activity.evidence.present():
        raise ValidationError(NOTHING_LEFT)
    activity.move_to(Status.VERIFIED, by=by, verified_by=by)
    if activity.correction:
        return _count_as_correction(activity, by)
    tell(
        activity,
        "verified",
        own_people(activity),
        _("Kegiatan diverifikasi: %(name)s"),
        _("Angkanya masuk laporan bulan %(month)s."),
        by=by,
        month=lambda: dates.month_year(activity.held_on),
    )


def _count_as_correction(activity, by) -> str:
    """Its month was closed before: it is final at once, and the Kanwil is told."""
    today = activity.office.today
    activity.move_to(Status.LOCKED, by=by, corrected_on=today)
    if activity.corrects is not None:
        Activity.objects.filter(pk=activity.corrects_id).update(superseded_on=today)
        Entry.record(by, "activity.superseded", activity.corrects)
    tell(
        activity,
        "corrected",
        [*own_people(activity), *officers(activity, "reports.accept_report")],
        _("Koreksi %(month)s: %(name)s"),
        _("Alasan: %(why)s. Dicantumkan dalam laporan %(stated)s. Unit: %(office)s."),
        by=by,
        month=lambda: dates.month_year(activity.held_on),
        why=activity.correction.rstrip("."),
        stated=lambda: dates.month_year(today),
    )
    return str(_("Koreksi diverifikasi dan dikunci; tampak pada laporan bulannya."))


@transaction.atomic
def send_back(activity: Activity, *, reason: str, by: User) -> str:
    """Return a report for correction, with the reason."""
    activity.begin("verify", by=by)
    activity.move_to(Status.RETURNED, by=by, reason=reason)
    tell(
        activity,
        "returned",
        own_people(activity),
        _("Laporan kegiatan perlu perbaikan: %(name)s"),
        "%(reason)s",
        by=by,
    )
    return str(_("Laporan dikembalikan kepada pelapor."))


@transaction.atomic
def take_back(activity: Activity, *, reason: str, by: User) -> None:
    """What was verified by mistake is mended; its month is still open."""
    activity.begin("take_back", by=by, reason=reason)
    if not closing.hold(activity.office_id, activity.held_on):
        raise ValidationError(OPEN_OR_CORRECTION.refusal)
    activity.move_to(Status.RETURNED, by=by, reason=reason, verb="taken_back")
    tell(
        activity,
        "taken_back",
        own_people(activity),
        _("Verifikasi dibatalkan: %(name)s"),
        "%(reason)s",
        by=by,
    )


def judge(activity: Activity, *, by: User, verdict: str, reason: str) -> str | None:
    """What the head found: the figures count, or the reporter mends them."""
    if verdict == Status.VERIFIED:
        return verify(activity, by=by)
    return send_back(activity, reason=reason, by=by)


@transaction.atomic
def lock(activities: Iterable[Activity], *, by: User) -> int:
    """Freeze the verified ones among `activities`: their report was accepted."""
    rows = (
        Activity.objects.filter(
            pk__in=[row.pk for row in activities], status=Status.VERIFIED
        )
        .select_related("office")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    for activity in rows:
        activity.move_to(Status.LOCKED, by=by)
    return len(rows)
