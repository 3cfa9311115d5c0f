"""What happens to files: handed in, attached, scanned, swept; issued and checked."""

import hashlib
import logging
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import certificates, clamd, slots, tasks
from pokmas.documents.inspection import (
    ALL,
    bound,
    edited,
    find_codes,
    inspected,
    refusal,
    sealed_in,
)
from pokmas.documents.letterhead import letterhead_of
from pokmas.documents.models import (
    Document,
    IssuedDocument,
    SignedCopy,
    random_name,
)
from pokmas.jobs.services import enqueue
from pokmas.offices.models import Office
from pokmas.server.outage import why_no_store

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=1)
# Months; each of them is swept about every ten days.
OLDEST = 240
# Where the names of stored files stand.
STORED = [
    *((Document, "file"), (Document, "thumbnail")),
    *((IssuedDocument, name) for name in ("file", "word", "package")),
]
NOT_THIS_PAPER = gettext_lazy(
    "Berkas “%(name)s” bertanda tangan elektronik, tetapi bukan PDF terbitan portal "
    "ini apa adanya. Unduh PDF dari halaman ini dan tandatangani berkas itu tanpa "
    "mencetak atau menyimpannya ulang."
)
Scan = Document.Scan
Status = IssuedDocument.Status


# Files people hand in


def store(
    upload: UploadedFile | Document,
    *,
    by: User | None,
    owner: models.Model | None = None,
    kinds: Collection[str] = ALL,
    is_page: bool = False,
) -> Document:
    """Check an upload and keep it; with `owner` it belongs to that record at once.

    A photo that `is_page` is kept large enough for text to be read.

    Without, only the uploader sees it, until `attach`. A Document kept so before is
    taken as well. Refuses with a ValidationError that says what to do.
    """
    if isinstance(upload, Document):
        if upload.kind not in kinds:
            raise refusal("mismatch", upload.name)
        return attach(upload, owner, by=by) if owner else upload
    with inspected(upload, kinds, is_page=is_page) as found:
        document = Document(
            file=_kept(found.path, found.name),
            thumbnail=found.thumbnail and _kept(found.thumbnail, found.name),
            name=found.name,
            kind=found.kind,
            size=found.path.stat().st_size,
            width=found.width,
            height=found.height,
            pages=found.pages,
            is_signed=found.is_signed,
            is_locked=found.is_locked,
            certificates=found.certificates,
            sha256=_sha256(found.path),
            scan=Scan.WAITING if settings.CLAMD else Scan.OFF,
            uploaded_by=by,
        )
    with transaction.atomic():
        document.save()
        if owner:
            attach(document, owner, by=by)
        if document.scan == Scan.WAITING:
            _ask_scan(document)
    return document


def bind(pages: list[Document], *, by: User | None) -> Document:
    """One PDF of photographed pages, in their order, examined as any other upload.

    The photos stay, without an owner, for as long as what was never finished.
    """
    name = f"{Path(pages[0].name).stem}.pdf"
    with _told_to_people(name):
        content = bound((page.file for page in pages), name)
    return store(
        SimpleUploadedFile(name, content, Document.Kind.PDF),
        by=by,
        kinds=[Document.Kind.PDF],
    )


def redrawn(document: Document, areas: dict) -> Document:
    """Another version of a picture, with areas blurred and cut, not saved yet.

    It is still what its uploader handed in, for the same owner.
    """
    with (
        _told_to_people(document.name),
        edited(document.file, document.name, areas) as found,
    ):
        return Document(
            owner=document.owner,
            file=_kept(found.path, found.name),
            thumbnail=_kept(found.thumbnail, found.name),
            name=found.name,
            kind=found.kind,
            size=found.path.stat().st_size,
            width=found.width,
            height=found.height,
            sha256=_sha256(found.path),
            scan=document.scan,
            uploaded_by=document.uploaded_by,
        )


def preview(document: Document, areas: dict) -> bytes:
    """What `redrawn` would make of it, as a small JPEG that is kept nowhere."""
    with (
        _told_to_people(document.name),
        edited(document.file, document.name, areas) as found,
    ):
        return found.path.with_name("preview").read_bytes()


def attach(document: Document, owner: models.Model, *, by: User | None) -> Document:
    """Give a kept file its owner: from now on who sees the owner sees the file."""
    attach_all([(document, owner)], by=by)
    return document


@transaction.atomic
def attach_all(
    pairs: Iterable[tuple[Document, models.Model]], *, by: User | None
) -> None:
    """Give each kept file its owner."""
    pairs = list(pairs)
    rows = Document.objects.select_for_update().order_by("pk")
    kept = rows.in_bulk([document.pk for document, _owner in pairs])
    fresh = []
    for document, owner in pairs:
        if not _is_owned(kept[document.pk], owner):
            _check_use(kept[document.pk], by)
            fresh.append((document, owner))
        document.owner = owner
    Document.objects.bulk_update(
        [document for document, _owner in fresh], ["owner_type", "owner_id"]
    )
    Entry.record_all(
        by,
        "document.attached",
        [
            (owner, {"file": document.name, "sha256": document.sha256})
            for document, owner in fresh
        ],
    )


def _is_owned(document: Document, owner: models.Model) -> bool:
    """Whether it belongs to `owner` already; refused if it is somebody else's."""
    if document.owner_id is None:
        return False
    if document.owner == owner:
        return True
    raise ValidationError(
        _("Berkas “%(name)s” sudah dipakai pada data lain. Unggah sekali lagi."),
        params={"name": document.name},
    )


def _check_use(document: Document, by: User | None) -> None:
    if document.uploaded_by_id != (by and by.pk):
        raise ValidationError(_("Berkas ini diunggah orang lain."))
    if document.scan == Scan.INFECTED:
        raise ValidationError(
            _("Berkas “%(name)s” berisi virus dan sudah dihapus. Unggah berkas lain."),
            params={"name": document.name},
        )


@transaction.atomic
def discard(document: Document, *, by: User | None) -> None:
    """Remove a file for good, from its owner and from the storage."""
    document.refresh_from_db(from_queryset=Document.objects.select_for_update())
    if document.owner is not None:
        Entry.record(
            by,
            "document.discarded",
            document.owner,
            file=document.name,
            sha256=document.sha256,
        )
    elif document.uploaded_by != by:
        raise ValidationError(_("Berkas ini diunggah orang lain."))
    _delete_on_commit(document.file, document.thumbnail)
    document.delete()


@transaction.atomic
def erase(document: Document, *, by: User) -> None:
    """Remove a file for good from the storage; its row stays for what names it."""
    document.refresh_from_db(from_queryset=Document.objects.select_for_update())
    Entry.record(
        by,
        "document.discarded",
        document.owner,
        file=document.name,
        sha256=document.sha256,
    )
    _delete_on_commit(document.file, document.thumbnail)
    document.file, document.thumbnail = "", ""
    document.save(update_fields=["file", "thumbnail"])


# Malware


def scan(document_id: int) -> None:
    """Let ClamAV look at a waiting file; raises clamd.Unavailable if it cannot."""
    document = Document.objects.filter(pk=document_id, scan=Scan.WAITING).first()
    if document is None:
        return
    with document.file.open() as file:
        found = clamd.scan(file)
    if found:
        logger.warning("Document %s is infected: %s", document_id, found)
        _empty(document_id, found)
    else:
        Document.objects.filter(pk=document_id, scan=Scan.WAITING).update(
            scan=Scan.CLEAN
        )


@transaction.atomic
def _empty(document_id: int, malware: str) -> None:
    """Remove an infected file; its row stays, and says why there is none.

    Its uploader hears of it from `pokmas.notices`, which stands above this app.
    """
    document = Document.objects.select_for_update().filter(pk=document_id).first()
    if document is None or document.scan != Scan.WAITING:
        return
    _delete_on_commit(document.file, document.thumbnail)
    document.scan, document.file, document.thumbnail = Scan.INFECTED, "", ""
    document.save(update_fields=["scan", "file", "thumbnail"])
    Entry.record(
        None,
        "document.infected",
        document.owner or document,
        file=document.name,
        malware=malware,
    )


def rescan(now: datetime) -> int:
    """Ask again for every file still waiting; returns how many."""
    late = Document.objects.filter(
        scan=Scan.WAITING, uploaded_at__lt=now - timedelta(minutes=2)
    )
    documents = list(late[:200])
    for document in documents:
        _ask_scan(document)
    return len(documents)


def _ask_scan(document: Document) -> None:
    enqueue(tasks.SCAN, key=f"scan-{document.pk}", payload={"document_id": document.pk})


# Sweeping


def sweep_kept(now: datetime) -> int:
    """Remove files kept from forms that nobody finished; returns how many."""
    ids = Document.objects.kept_before(now - KEPT_FOR).values_list("pk", flat=True)
    return sum(_sweep_one(pk) for pk in ids[:1000])


@transaction.atomic
def _sweep_one(document_id: int) -> bool:
    """Look again under the lock: the form may have been finished meanwhile."""
    waiting = Document.objects.select_for_update(skip_locked=True)
    document = waiting.filter(pk=document_id, owner_type=None).first()
    if document is None:
        return False
    try:
        document.delete()
    except ProtectedError:
        logger.exception("Document %s is used but was never attached", document_id)
        return False
    _delete_on_commit(document.file, document.thumbnail)
    return True


def sweep_strays(now: datetime) -> int:
    """Remove stored files without a row, left by work that was broken off.

    Looks at this month and the last, and each hour at another of the older ones, so
    that a sweeper that was away for long leaves nothing behind.
    """
    older = 2 + int(now.timestamp() // 3600) % (OLDEST - 2)
    return sum(
        _sweep_folder(f"{place}/{_months_ago(now, months)}", now)
        for months in (0, 1, older)
        for place in ("documents", "issued")
    )


def _months_ago(now: datetime, months: int) -> str:
    """The folder of that month, as uploads name it."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return f"{year}/{month + 1:02}"


def _sweep_folder(folder: str, now: datetime) -> int:
    try:
        _folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return 0
    known = set()
    for model, field in STORED:
        rows = model.objects.filter(**{f"{field}__startswith": f"{folder}/"})
        known.update(rows.values_list(field, flat=True))
    strays = [
        path
        for path in (f"{folder}/{name}" for name in names)
        if path not in known
        and default_storage.get_modified_time(path) < now - KEPT_FOR
    ]
    for path in strays:
        default_storage.delete(path)
    return len(strays)


# Documents the portal hands out


@transaction.atomic
def issue(
    *,
    kind: str,
    office: Office,
    owner: models.Model,
    title: str,
    holder: str,
    by: User | None = None,
    number: str = "",
    period: str = "",
    issued_on: date | None = None,
    valid_until: date | None = None,
    version: int = 1,
    owner_revision: int | None = None,
    is_draft: bool = False,
) -> IssuedDocument:
    """Give a document its code before it is made, for the QR stands inside it.

    Of a draft the code is its address within the portal alone.
    """
    issued = IssuedDocument(
        kind=kind,
        office=office,
        office_name=office.name,
        letterhead=vars(letterhead_of(office)),
        owner=owner,
        title=title,
        holder=holder,
        number=number,
        period=period,
        issued_on=issued_on or office.today,
        valid_until=valid_until,
        version=version,
        owner_revision=owner_revision,
        status=Status.DRAFT if is_draft else Status.PENDING,
    )
    issued.full_clean(exclude=["file", "region"])
    issued.save()
    Entry.record(by, "issueddocument.issued", issued, code=issued.code)
    return issued


@transaction.atomic
def seal(
    issued: IssuedDocument,
    content: bytes,
    pages: int,
    word: bytes = b"",
    package: File | None = None,
    certified_by: str = "",
) -> None:
    """Store the finished file and its fingerprint, once; both are final."""
    sha256 = hashlib.sha256(content).hexdigest()
    issued.lock()
    if issued.sha256 == sha256:
        return
    if issued.is_sealed:
        raise ValidationError(_("Dokumen ini sudah punya berkas yang tetap."))
    issued.file = _written(ContentFile(content), "issued")
    if word:
        issued.word = _written(ContentFile(word), "issued")
    if package:
        issued.package = _written(package, "issued")
        issued.package_size = package.size
    issued.sha256, issued.size, issued.pages = sha256, len(content), pages
    issued.certified_by = certified_by
    issued.save(
        update_fields=[
            *("file", "word", "package", "package_size"),
            *("sha256", "size", "pages", "certified_by"),
        ]
    )
    Entry.record(None, "issueddocument.sealed", issued, sha256=sha256, pages=pages)


@transaction.atomic
def approve(issued: IssuedDocument, *, by: User | None = None) -> None:
    """From now on the check page says “Sah”."""
    issued.lock()
    if not issued.is_sealed:
        raise ValidationError(_("Berkas dokumen ini belum selesai dibuat."))
    issued.move_to(Status.VALID, by=by)


@transaction.atomic
def withdraw(issued: IssuedDocument, *, by: User, reason: str) -> None:
    issued.lock()
    if not reason.strip():
        raise ValidationError(_("Tulis alasan penarikan."))
    issued.move_to(Status.WITHDRAWN, by=by, reason=reason)


@transaction.atomic
def replace(issued: IssuedDocument, *, by: User | None = None) -> None:
    """Mark an older version; its successor is issued with `version` one higher."""
    issued.lock()
    issued.move_to(Status.REPLACED, by=by)


# Copies that come back signed


def is_certified(issued: IssuedDocument, file: Document) -> bool:
    """Whether a file is this very paper with signatures by certificate since, and not
    a scan of it. Refuses what is neither, in words."""
    with file.file.open() as opened:
        sha256, length = sealed_in(opened.read())
    if sha256 and sha256 != issued.sha256:
        other = IssuedDocument.objects.filter(sha256=sha256).first()
        about = {"name": file.name, "paper": other, "version": other.version}
        raise ValidationError(
            _("Berkas “%(name)s” adalah dokumen lain: %(paper)s, versi %(version)s."),
            params=about,
        )
    if sha256 and length == file.size:
        raise ValidationError(
            _("Berkas “%(name)s” masih berkas aslinya: belum ada yang menandatangani."),
            params={"name": file.name},
        )
    if not sha256:
        if file.is_signed:
            raise ValidationError(NOT_THIS_PAPER, params={"name": file.name})
        _refuse_other_code(issued, file)
        return False
    found = {each["state"] for each in issued.signed_since(file)}
    if found & {certificates.CHANGED, certificates.UNREADABLE}:
        raise refusal("not_as_signed", file.name)
    return bool(found)


def _refuse_other_code(issued: IssuedDocument, file: Document) -> None:
    """Of a scan whose words can be read: it says itself which paper it is of."""
    try:
        codes = find_codes(file.file)
    except (ValidationError, slots.Busy):
        return  # somebody looks at it and says so
    others = IssuedDocument.objects.filter(code__in=codes).exclude(pk=issued.pk)
    if issued.code not in codes and (other := others.first()):
        raise ValidationError(
            _(
                "Kode %(code)s di dalam berkas “%(name)s” milik dokumen lain: "
                "%(paper)s."
            ),
            params={"code": other.code, "name": file.name, "paper": other},
        )


@transaction.atomic
def keep_signed(
    issued: IssuedDocument, file: Document, *, by: User, certified: bool
) -> SignedCopy:
    """Keep what came back signed beside the paper, which stays as it was sealed.

    `certified` is what `is_certified` said of the two.
    """
    issued.lock()
    if not issued.is_current:
        raise ValidationError(
            _("Dokumen ini sudah digantikan atau ditarik. Muat ulang halaman ini.")
        )
    if issued.signed_copies.filter(document__sha256=file.sha256).exists():
        raise ValidationError({"file": _("Berkas yang sama sudah disimpan di sini.")})
    attach(file, issued.owner, by=by)
    copy = SignedCopy.objects.create(
        issued=issued, document=file, is_certified=certified
    )
    Entry.record(
        by,
        "issueddocument.signed_copy_kept",
        issued,
        file=file.name,
        sha256=file.sha256,
        certified=certified,
    )
    return copy


# The storage


def _kept(path: Path, label: str) -> str:
    """Store what somebody hands in."""
    with _told_to_people(label), path.open("rb") as file:
        return _written(File(file), "documents")


def _written(content: File, folder: str) -> str:
    """Store under a random name, whole or not at all; returns the name."""
    name = random_name(folder)
    try:
        return default_storage.save(name, content)
    except OSError:
        with suppress(OSError):
            default_storage.delete(name)
        raise


@contextmanager
def _told_to_people(label: str) -> Iterator[None]:
    """A store that fails refuses the file in words, and the form keeps what it has."""
    try:
        yield
    except FileNotFoundError as error:
        raise refusal("gone", label) from error
    except OSError as error:
        why = why_no_store(error)
        if not why:
            raise
        logger.warning("A file that was handed in is not stored: %r", error)
        raise refusal("not_stored", label, why=why) from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _delete_on_commit(*files) -> None:
    for name in [file.name for file in files if file]:
        # What stays because the store is away, the sweeper takes for a stray.
        transaction.on_commit(
            lambda name=name: default_storage.delete(name), robust=True
        )
