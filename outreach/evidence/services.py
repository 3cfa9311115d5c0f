"""Results: kept, reported, verified or returned, locked; and their photos."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from outreach.evidence.models import Evidence
from pokmas.accounts.models import User
from pokmas.audit.models import Entry


@transaction.atomic
def review_photo(evidence: Evidence, *, visibility: str, by: User) -> None:
    """Mark a photo as public, or internal again; never by who uploaded it."""
    evidence.refresh_from_db(from_queryset=Evidence.objects.select_for_update())
    if not evidence.is_present or evidence.kind != Evidence.Kind.PHOTO:
        raise ValidationError(_("Hanya foto yang dapat dipublikasikan."))
    if visibility not in Evidence.Visibility:
        raise ValidationError(_("Pilih internal atau boleh dipublikasikan."))
    if evidence.document.uploaded_by_id == by.pk:
        raise ValidationError(_("Foto harus dinilai orang lain, bukan pengunggahnya."))
    if evidence.visibility == visibility:
        return
    evidence.visibility, evidence.reviewed_by = visibility, by
    evidence.save(update_fields=["visibility", "reviewed_by"])
    Entry.record(
        by, f"activity.photo_{visibility}", evidence.activity, photo=str(evidence)
    )
