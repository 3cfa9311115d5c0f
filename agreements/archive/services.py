"""Scans of old agreements: handed in many at once, matched, attached, taken off."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.archive.matching import Candidate, Proposal, is_sure_by_name, propose
from agreements.extracts import services as extracts
from agreements.register.models import Agreement
from agreements.signing.services import known_scan
from agreements.texts.models import TextVersion
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents import texts
from pokmas.documents.models import Document
from pokmas.records.constraints import in_words
from pokmas.server.outage import StoreFailed

logger = logging.getLogger(__name__)

STEP = Agreement.STEPS
# So many stored files are read in one go.
READ_AT_ONCE = 40
# Up to which document all were read, for how long that is believed, and how long after
# its upload one may still become a scan.
READ_TO, ALL_AGAIN = "archive.read_to", timedelta(days=1)
ATTACHED_WITHIN = timedelta(days=2)


@transaction.atomic
def add_scan(
    agreement: Agreement, *, by: User, scan: Document, is_same_scan: bool = False
) -> None:
    """The signed paper of an agreement that came in without it."""
    agreement.begin("add_scan", by=by)
    if not is_same_scan and (words := known_scan(agreement, scan)):
        raise ValidationError({"scan": words})
    documents.attach(scan, agreement, by=by)
    agreement.scan = scan
    agreement.save_edit(agreement.revision, ["scan"])
    Entry.record(by, "agreement.scan_added", agreement, file=scan.name)
    extracts.replace(agreement, by=by, reason=_("Pindaian naskahnya ditambahkan."))


@transaction.atomic
def remove_scan(agreement: Agreement, *, by: User, reason: str) -> None:
    """It was another paper: the file goes, and its name stays in the history."""
    agreement.begin("remove_scan", by=by, reason=reason)
    scan, agreement.scan = agreement.scan, None
    agreement.save_edit(agreement.revision, ["scan"])
    Entry.record(
        by, "agreement.scan_removed", agreement, file=scan.name, reason=reason.strip()
    )
    documents.discard(scan, by=by)
    extracts.replace(agreement, by=by, reason=reason)


# Many at once


def without_scan(user: User):
    """The agreements of this person's office to which a scan may still be added."""
    rows = Agreement.objects.visible_to(user).filter(
        Agreement.free_for(user, STEP["add_scan"]),
        is_archived=True,
        scan=None,
        status__in=STEP.statuses(STEP["add_scan"]),
    )
    return rows.select_related("partner", "office").order_by("-starts_on", "-pk")


@dataclass(frozen=True)
class Refused:
    """A file that is not taken, and why."""

    name: str
    words: str


def take_in(
    uploads: Iterable[UploadedFile], *, by: User
) -> tuple[list[Document], list[Refused]]:
    """Keep each file that passes; one that is refused keeps no other from it."""
    kept, refused = {}, []
    for upload in uploads:
        try:
            found = documents.store(upload, by=by, kinds=[Document.Kind.PDF])
        except ValidationError as refusal:
            refused.append(Refused(upload.name, " ".join(refusal.messages)))
            continue
        if found.sha256 in kept:
            words = _("Isinya sama dengan “%(name)s”; cukup sekali.")
            same = kept[found.sha256].name
            refused.append(Refused(found.name, words % {"name": same}))
        elif words := _known(found, by):
            refused.append(Refused(found.name, words))
        else:
            kept[found.sha256] = found
    return list(kept.values()), refused


def _known(document: Document, by: User) -> str:
    rows = Agreement.objects.visible_to(by).filter(scan__sha256=document.sha256)
    other = rows.first()
    if other is None:
        return ""
    return _("Berkas ini sudah menjadi pindaian “%(title)s”.") % {"title": other.title}


def proposals(kept: list[Document], among: Iterable[Agreement]) -> list[Proposal]:
    """What each file is taken for; it is read only where its name does not say it."""
    candidates = [Candidate.of(each) for each in among]
    return [propose(each, _text_of(each, candidates), candidates) for each in kept]


def _text_of(document: Document, candidates: list[Candidate]) -> str:
    if is_sure_by_name(document, candidates):
        return ""
    said = texts.known(document)
    try:
        return (said or texts.keep(document)).text
    except (texts.NotNow, OSError):
        return ""


def attach_all(
    chosen: list[tuple[Document, Agreement]], *, by: User
) -> list[tuple[Document, str]]:
    """Each becomes the scan of its agreement, or stays and is told why."""
    left = []
    for document, agreement in chosen:
        try:
            with in_words(), transaction.atomic():
                agreement.lock()
                add_scan(agreement, by=by, scan=document)
        except ValidationError as refusal:
            left.append((document, " ".join(refusal.messages)))
    return left


# What the files say


def read_unread(now: datetime | None = None) -> int:
    """Keep the text of scans and of handed-in texts that nobody read; how many.

    Once all was read only newer files are looked at, until the next day.
    """
    now, count = now or timezone.now(), 0
    for document in unread(after=cache.get(READ_TO, 0))[:READ_AT_ONCE]:
        try:
            _keep(document)
        except (texts.NotNow, StoreFailed):
            return count
        except FileNotFoundError:
            logger.warning("The file of document %s is gone", document.pk)
            texts.keep(document, "")
        count += 1
    if count < READ_AT_ONCE:
        settled = Document.objects.filter(uploaded_at__lt=now - ATTACHED_WITHIN)
        last = settled.order_by("-pk").values_list("pk", flat=True).first()
        cache.add(READ_TO, last or 0, ALL_AGAIN.total_seconds())
    return count


def unread(after: int = 0):
    """Those with a higher number."""
    scans = Agreement.objects.filter(scan__gt=after).values("scan")
    versions = TextVersion.objects.filter(file__gt=after).values("file")
    rows = Document.objects.available().filter(Q(pk__in=scans) | Q(pk__in=versions))
    return rows.filter(said=None, pk__gt=after).order_by("-pk")


def _keep(document: Document) -> None:
    version = TextVersion.objects.filter(file=document).first()
    if document.kind == Document.Kind.PDF:
        texts.keep(document)
    elif version:
        texts.keep(document, "\n".join(_strings(version.text)))
    else:
        texts.keep(document, "")


def _strings(value) -> Iterable[str]:
    """All the words of a text as it is kept."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)
