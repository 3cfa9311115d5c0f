"""What becomes of a photo: marked, blurred and cut, refused."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.evidence.models import Evidence, PhotoRefusal
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.notices.telling import tell
from pokmas.records.guarded import StaleRecord

Status = Activity.Status
ANOTHER = _("Foto ini berubah sejak Anda membukanya. Periksa lagi, lalu ulangi.")


@transaction.atomic
def review_photo(evidence: Evidence, *, visibility: str, by: User) -> None:
    """Mark a photo as public, or internal again; never by who uploaded it."""
    evidence.refresh_from_db(from_queryset=Evidence.objects.select_for_update())
    if not evidence.is_present or evidence.kind != Evidence.Kind.PHOTO:
        raise ValidationError(_("Hanya foto yang dapat dipublikasikan."))
    if visibility not in Evidence.Visibility:
        raise ValidationError(_("Pilih internal atau boleh dipublikasikan."))
    _check_judge(evidence, by)
    if evidence.visibility == visibility:
        return
    evidence.visibility, evidence.reviewed_by = visibility, by
    evidence.save(update_fields=["visibility", "reviewed_by"])
    Entry.record(
        by, f"activity.photo_{visibility}", evidence.activity, photo=str(evidence)
    )


def _check_judge(evidence: Evidence, by: User) -> None:
    evidence.activity.refuse_elsewhere(by)
    if evidence.document.uploaded_by_id == by.pk:
        raise ValidationError(_("Foto harus dinilai orang lain, bukan pengunggahnya."))


def why_not_edited(evidence: Evidence, user: User) -> str:
    """Why this person may not blur or cut it now; "" if he may.

    Who reports may until it was verified; who verifies may at any time, for a face that
    was overlooked must not stay.
    """
    if not evidence.is_present or evidence.kind != Evidence.Kind.PHOTO:
        return str(_("Hanya foto yang dapat disamarkan atau dipotong."))
    if not evidence.document.is_available:
        return str(_("Foto ini masih dipindai. Coba lagi sebentar lagi."))
    if refusal := evidence.activity.refusal_elsewhere(user):
        return str(refusal)
    if not evidence.activity.is_counted or user.has_perm("outreach.review_photo"):
        return ""
    return str(
        _("Kegiatan ini sudah diperiksa; minta kepala kantor menyamarkan fotonya.")
    )


def edit_photo(
    evidence: Evidence, *, areas: dict, seen: int | None = None, by: User
) -> None:
    """Put a version with areas blurred and cut in the place of the photo.

    What the photo was is gone for good, in every activity that shows it; it looks as
    before to whoever compares photos, and is judged anew before it may be public.
    """
    if refusal := why_not_edited(evidence, by):
        raise ValidationError(refusal)
    # Drawing takes a while: it comes before any lock.
    fresh = documents.redrawn(evidence.document, areas)
    with transaction.atomic():
        shown = _hold(evidence, seen or evidence.document_id)
        if refusal := why_not_edited(evidence, by):
            raise ValidationError(refusal)
        old = evidence.document
        fresh.save()
        shown.update(
            document=fresh,
            visibility=Evidence.Visibility.INTERNAL,
            reviewed_by=None,
            edited_by=by,
            edited_at=timezone.now(),
        )
        documents.erase(old, by=by)
        _count(evidence, only_if_judged=True)
        Entry.record(by, "activity.photo_edited", evidence.activity)
    evidence.refresh_from_db()


@transaction.atomic
def refuse_photo(
    evidence: Evidence, *, refusal: PhotoRefusal, seen: int | None = None, by: User
) -> None:
    """It is evidence no longer: its file goes, and who reported it is told why."""
    shown = _hold(evidence, seen or evidence.document_id)
    if not evidence.is_present or evidence.kind != Evidence.Kind.PHOTO:
        raise ValidationError(_("Hanya foto yang dapat ditolak."))
    _check_judge(evidence, by)
    old = evidence.document
    shown.update(
        visibility=Evidence.Visibility.INTERNAL,
        reviewed_by=None,
        refusal=refusal,
        refused_by=by,
        refused_at=timezone.now(),
    )
    documents.erase(old, by=by)
    activity = _count(evidence)
    Entry.record(by, "activity.photo_refused", activity, reason=str(refusal))
    tell(
        activity,
        "photo_refused",
        {activity.reported_by or activity.created_by, old.uploaded_by},
        _("Foto ditolak: %(name)s"),
        _("Alasan: %(why)s. Fotonya sudah dihapus; unggah foto lain bila ada."),
        by=by,
        why=lambda: str(refusal),
    )
    if activity.status == Status.REPORTED and not activity.evidence.present().exists():
        why = _("Foto ditolak: %(why)s. Unggah foto lain, lalu laporkan lagi.")
        activity.move_to(Status.RETURNED, by=by, reason=str(why % {"why": refusal}))
    evidence.refresh_from_db()


def _hold(evidence: Evidence, seen: int):
    """Nobody else changes the activity and the photo; all rows that show its file."""
    evidence.activity.lock()
    evidence.refresh_from_db(from_queryset=Evidence.objects.select_for_update())
    if evidence.is_present and evidence.document_id != seen:
        raise StaleRecord(ANOTHER)
    Document.objects.select_for_update().filter(pk=evidence.document_id).first()
    return Evidence.objects.filter(document=evidence.document_id)


def _count(evidence: Evidence, *, only_if_judged: bool = False) -> Activity:
    """Whoever is about to judge the report is told that it changed."""
    activity = evidence.activity
    if activity.status == Status.REPORTED or not only_if_judged:
        activity.touch()
    return activity
