"""Is this paper ours? By the code printed on it, or by the file's fingerprint."""

import hashlib
import re
from dataclasses import dataclass
from enum import Enum
from typing import BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from pokmas.documents import inspection
from pokmas.documents.inspector import CODE
from pokmas.documents.models import (
    ALPHABET,
    IssuedDocument,
    SignedCopy,
    SignedCopyQuerySet,
)

LENGTH = 12
CHUNK = 1024 * 1024
Status = IssuedDocument.Status
CODE_BYTES = re.compile(CODE.pattern.encode())


class Result(Enum):
    ORIGINAL = "original"
    SIGNED = "signed"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """What comparing a file gave, and the document it was compared with."""

    result: Result
    issued: IssuedDocument | None = None
    # What came back signed, where it is that.
    copy: SignedCopy | None = None


@dataclass(frozen=True)
class Finding:
    """What the check page says: at a glance, in a heading, in a sentence."""

    tone: str
    title: str
    text: str


def finding_of(issued: IssuedDocument) -> Finding:
    """What holds for a document today."""
    if issued.status == Status.WITHDRAWN:
        return Finding(
            "danger",
            _("Dokumen ini sudah ditarik"),
            _("Unit penerbit menariknya, maka dokumen ini tidak berlaku lagi."),
        )
    if issued.status == Status.REPLACED:
        return Finding(
            "warning",
            _("Dokumen ini sudah digantikan"),
            _("Ada versi yang lebih baru. Mintalah versi itu kepada unit penerbit."),
        )
    if issued.status == Status.PENDING:
        return Finding(
            "warning",
            _("Dokumen ini belum disahkan"),
            _("Dokumen ini dibuat oleh portal, tetapi masih menunggu pengesahan."),
        )
    if issued.has_expired:
        return Finding(
            "warning",
            _("Masa berlaku dokumen ini habis"),
            _("Dokumen ini asli, tetapi waktunya sudah lewat."),
        )
    return Finding(
        "success",
        _("Dokumen ini sah"),
        _(
            "Cocokkan isian di bawah dengan yang tertulis pada dokumen. Untuk "
            "memastikan isinya tidak diubah, bandingkan juga berkas PDF-nya."
        ),
    )


def finding_about(verdict: Verdict) -> Finding:
    """What holds for a file that somebody compared."""
    if verdict.result == Result.UNKNOWN:
        return Finding(
            "danger",
            _("Berkas ini tidak dikenal"),
            _(
                "Tidak ada dokumen terbitan portal ini yang sama dengan berkas itu, "
                "dan tidak ada kode verifikasi yang dikenal di dalamnya."
            ),
        )
    if verdict.result == Result.ALTERED:
        return Finding(
            "danger",
            _("Berkas ini bukan berkas aslinya"),
            _(
                "Di dalamnya ada kode dokumen di bawah ini, tetapi isi berkasnya "
                "berbeda dari yang diterbitkan. Jangan dipakai; mintalah berkas asli "
                "kepada unit penerbit."
            ),
        )
    title = _("Berkas asli, tidak diubah")
    same = _("Berkas Anda sama persis dengan yang diterbitkan.")
    tone = "success"
    if copy := verdict.copy:
        title = _("Salinan bertanda tangan yang disimpan unit penerbit")
        same = _("Berkas Anda sama persis dengan salinan itu. %(label)s.") % {
            "label": copy.label
        }
        tone = "success" if copy.tone == "good" else "warning"
    found = finding_of(verdict.issued)
    if found.tone == "success":
        return Finding(tone, title, same)
    return Finding(found.tone, found.title, f"{same} {found.text}")


def code_in(text: str) -> str | None:
    """The code in what a person typed or pasted: any case, any dashes, an address."""
    last = text.strip().rstrip("/").rpartition("/")[2].upper()
    signs = "".join(sign for sign in last if sign.isalnum())
    if len(signs) != LENGTH or not set(signs) <= set(ALPHABET):
        return None
    return "-".join([signs[:4], signs[4:8], signs[8:]])


def find(code: str) -> IssuedDocument | None:
    return (
        IssuedDocument.objects.public()
        .select_related("office")
        .filter(code=code)
        .first()
    )


def kept_copies() -> SignedCopyQuerySet:
    """What came back signed of papers that anybody may check."""
    rows = SignedCopy.objects.available().filter(
        issued__in=IssuedDocument.objects.public()
    )
    return rows.select_related("issued__office", "document")


def examine(upload: UploadedFile) -> Verdict:
    """Compare an uploaded PDF with what was issued; nothing of it is kept."""
    public = IssuedDocument.objects.public().select_related("office")
    digest, codes = _read(upload.open())
    if original := public.filter(sha256=digest).first():
        return Verdict(Result.ORIGINAL, original)
    if copy := kept_copies().filter(document__sha256=digest).first():
        return Verdict(Result.SIGNED, copy.issued, copy)
    known = public.filter(code__in=codes or inspection.find_codes(upload)).first()
    return Verdict(Result.ALTERED, known) if known else Verdict(Result.UNKNOWN)


def _read(file: BinaryIO) -> tuple[str, list[str]]:
    """The fingerprint, and the codes our own PDFs carry in their metadata."""
    digest, codes, rest = hashlib.sha256(), set(), b""
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        rest = rest[-32:] + chunk
        codes.update(found.decode() for found in CODE_BYTES.findall(rest))
    return digest.hexdigest(), sorted(codes)[:20]
