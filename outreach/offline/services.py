"""What waited on a device is taken: each photo once, each report once."""

import hashlib
from collections.abc import Callable, Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.offline.models import OfflineEntry, OfflinePhoto
from pokmas.accounts.models import User
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.forms.kept_files import PHOTOS


def take_photo(upload: UploadedFile, *, key: UUID, fingerprint: str, by: User) -> None:
    """Keep a photo of the report `key`; one that arrived before is not kept again."""
    sent = hashlib.sha256()
    for chunk in upload.chunks():
        sent.update(chunk)
    upload.seek(0)
    if sent.hexdigest() != fingerprint:
        raise ValidationError(_("Foto ini tidak sampai dengan utuh. Kirim lagi."))
    known = OfflinePhoto.objects.filter(user=by, key=key, fingerprint=fingerprint)
    if known.exists() or OfflineEntry.objects.filter(user=by, key=key).exists():
        return
    document = documents.store(upload, by=by, kinds=PHOTOS)
    _photo, is_first = OfflinePhoto.objects.get_or_create(
        user=by, key=key, fingerprint=fingerprint, defaults={"document": document}
    )
    if not is_first:
        documents.discard(document, by=by)


def photos_of(
    key: UUID, fingerprints: Iterable[str], *, by: User
) -> dict[str, Document]:
    """Those of these that are here, in the order in which they were taken."""
    rows = OfflinePhoto.objects.filter(user=by, key=key, document__owner_type=None)
    found = {row.fingerprint: row.document for row in rows.select_related("document")}
    return {each: found[each] for each in fingerprints if each in found}


@transaction.atomic
def take(
    key: UUID,
    *,
    by: User,
    digest: str,
    find: Callable[[], Activity],
    report: Callable[[Activity], None],
) -> OfflineEntry:
    """Report the activity that `find` gives, once however often the same key comes.

    Whoever comes meanwhile with the same key waits for the row that is written first.
    """
    activity = find()
    receipt, is_first = OfflineEntry.objects.get_or_create(
        key=key, defaults={"user": by, "activity": activity, "digest": digest}
    )
    if is_first:
        report(activity)
        OfflinePhoto.objects.filter(user=by, key=key).delete()
    return receipt
