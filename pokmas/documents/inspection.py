"""Is this upload what it says it is, and harmless? Refuses in words people read."""

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Collection
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from pokmas.documents import inspector, sandbox, slots
from pokmas.documents.models import Document
from pokmas.words import dates

Kind = Document.Kind
IMAGES = (Kind.JPEG, Kind.PNG)
SCANS = (Kind.PDF, *IMAGES)
SHEETS = (Kind.XLSX, Kind.DOCX)
ALL = (*SCANS, *SHEETS)

OFFICE_TYPES = {"application/zip", "application/x-zip-compressed"}
# What a browser may say when it does not know.
UNDECLARED = {"", "application/octet-stream", "binary/octet-stream"}


@dataclass(frozen=True)
class Format:
    """How a kind of file announces itself: by name, by declaration, by content."""

    extensions: tuple[str, ...]
    declared: frozenset[str]
    signature: bytes
    task: str


FORMATS = {
    Kind.PDF: Format(
        (".pdf",),
        frozenset({"application/pdf", "application/x-pdf"}),
        b"%PDF-1.",
        "pdf",
    ),
    Kind.JPEG: Format(
        (".jpg", ".jpeg", ".jpe", ".jfif"),
        frozenset({"image/jpeg", "image/jpg", "image/pjpeg"}),
        b"\xff\xd8\xff",
        "image",
    ),
    Kind.PNG: Format(
        (".png",),
        frozenset({"image/png", "image/x-png"}),
        b"\x89PNG\r\n\x1a\n",
        "image",
    ),
    Kind.XLSX: Format(
        (".xlsx",), frozenset({Kind.XLSX.value, *OFFICE_TYPES}), b"PK\x03\x04", "office"
    ),
    Kind.DOCX: Format(
        (".docx",), frozenset({Kind.DOCX.value, *OFFICE_TYPES}), b"PK\x03\x04", "office"
    ),
}
PDF_2 = b"%PDF-2."
FOUND = {"pdf": Kind.PDF, "jpeg": Kind.JPEG, "png": Kind.PNG} | {
    "xlsx": Kind.XLSX,
    "docx": Kind.DOCX,
}

# Files that people often try, with what to do instead.
ADVICE = {
    ".heic": gettext_noop(
        "Foto HEIC dari iPhone belum dapat dibaca: ubah Pengaturan › Kamera › Format "
        "menjadi “Paling Kompatibel”, atau kirim sebagai JPG."
    ),
    ".doc": gettext_noop("Simpan ulang di Word sebagai .docx atau PDF."),
    ".xls": gettext_noop("Simpan ulang di Excel sebagai .xlsx."),
    ".docm": gettext_noop("Simpan ulang sebagai .docx tanpa makro."),
    ".xlsm": gettext_noop("Simpan ulang sebagai .xlsx tanpa makro."),
    ".csv": gettext_noop("Buka di Excel, lalu simpan sebagai .xlsx."),
    ".webp": gettext_noop("Simpan ulang gambarnya sebagai JPG atau PNG."),
    ".gif": gettext_noop("Simpan ulang gambarnya sebagai JPG atau PNG."),
    ".zip": gettext_noop("Ekstrak dahulu, lalu unggah berkasnya satu per satu."),
    ".rar": gettext_noop("Ekstrak dahulu, lalu unggah berkasnya satu per satu."),
}
ADVICE[".heif"] = ADVICE[".heic"]

REASONS = {
    "kind": gettext_lazy(
        "Berkas “%(name)s” tidak dapat diterima. Yang diterima: %(kinds)s. %(advice)s"
    ),
    "mismatch": gettext_lazy(
        "Isi berkas “%(name)s” tidak sesuai dengan namanya. Simpan ulang berkas itu "
        "dari aplikasi asalnya, jangan hanya diganti namanya."
    ),
    "empty": gettext_lazy("Berkas “%(name)s” kosong (0 bita). Pilih berkas lain."),
    "too_large": gettext_lazy(
        "Berkas “%(name)s” berukuran %(size)s, sedangkan batasnya %(limit)s. Kecilkan "
        "dahulu, misalnya pindai dengan resolusi lebih rendah."
    ),
    "broken": gettext_lazy(
        "Berkas “%(name)s” rusak atau tidak lengkap sehingga tidak dapat dibuka. "
        "Periksa di perangkat Anda, lalu unggah lagi."
    ),
    "torn": gettext_lazy(
        "Berkas “%(name)s” terpotong: bagian akhirnya tidak ada. Unduh atau pindai "
        "ulang, lalu unggah lagi."
    ),
    "two_kinds": gettext_lazy(
        "Berkas “%(name)s” memuat lebih dari satu jenis berkas sekaligus. Simpan ulang "
        "dari aplikasi asalnya."
    ),
    "pixels": gettext_lazy(
        "Gambar “%(name)s” melebihi 40 megapiksel. Kecilkan dahulu, lalu unggah lagi."
    ),
    "encrypted": gettext_lazy(
        "Berkas “%(name)s” terkunci dengan kata sandi atau pembatasan. Simpan ulang "
        "tanpa kata sandi, lalu unggah lagi."
    ),
    "script": gettext_lazy(
        "Berkas “%(name)s” memuat program (JavaScript) atau formulir aktif. Cetak ke "
        "PDF (“Print to PDF”), lalu unggah hasilnya."
    ),
    "launch": gettext_lazy(
        "Berkas “%(name)s” memuat perintah yang berjalan sendiri. Cetak ke PDF "
        "(“Print to PDF”), lalu unggah hasilnya."
    ),
    "attachment": gettext_lazy(
        "Berkas “%(name)s” memuat berkas lain di dalamnya. Keluarkan lampirannya atau "
        "cetak ke PDF, lalu unggah hasilnya."
    ),
    "pages": gettext_lazy(
        "Berkas “%(name)s” lebih dari 50 halaman. Bagi menjadi beberapa berkas."
    ),
    "macro": gettext_lazy(
        "Berkas “%(name)s” memuat makro. Simpan ulang sebagai .xlsx atau .docx biasa."
    ),
    "external": gettext_lazy(
        "Berkas “%(name)s” mengambil isi dari berkas atau alamat lain. Putuskan "
        "tautannya (Break Links), simpan, lalu unggah lagi."
    ),
    "bomb": gettext_lazy(
        "Berkas “%(name)s” membengkak melewati batas ketika dibuka, sehingga ditolak "
        "demi keamanan."
    ),
    "too_complex": gettext_lazy(
        "Berkas “%(name)s” terlalu rumit untuk diperiksa. Cetak ke PDF dengan ukuran "
        "lebih kecil, lalu unggah lagi."
    ),
    "not_office": gettext_lazy(
        "Berkas “%(name)s” bukan berkas Excel atau Word yang utuh. Simpan ulang dari "
        "aplikasi asalnya."
    ),
    "endless": gettext_lazy(
        "Berkas “%(name)s” tidak sama dengan dokumen mana pun yang diterbitkan, dan "
        "terlalu rumit untuk dicari kodenya. Ketik kode yang tercetak di dalamnya."
    ),
    "busy": gettext_lazy(
        "Berkas “%(name)s” belum diperiksa karena portal sedang memeriksa banyak "
        "berkas. Isian Anda yang lain tetap ada; pilih berkas ini dan kirim lagi "
        "sebentar lagi."
    ),
    "storage_away": gettext_lazy(
        "Berkas “%(name)s” belum dapat disimpan: penyimpanan tidak menjawab. Coba lagi "
        "beberapa saat lagi."
    ),
    "storage_full": gettext_lazy(
        "Berkas “%(name)s” belum tersimpan karena ruang penyimpanan portal penuh. "
        "Pengelola perlu mengosongkan ruang; coba lagi nanti."
    ),
}


@dataclass(frozen=True)
class Inspected:
    """A file that passed; `path` and `thumbnail` live as long as the inspection."""

    kind: str
    name: str
    path: Path
    thumbnail: Path | None
    width: int | None
    height: int | None
    pages: int | None


@contextmanager
def inspected(upload: UploadedFile, kinds: Collection[str] = ALL):
    """The upload as it may be stored; raises ValidationError if it may not."""
    with tempfile.TemporaryDirectory(prefix="pokmas-") as name:
        try:
            with slots.INSPECTIONS.one():
                found = judged(upload, kinds, Path(name))
        except (slots.Busy, sandbox.Late):
            raise refusal("busy", upload.name) from None
        yield found


def judged(upload: UploadedFile, kinds: Collection[str], folder: Path) -> Inspected:
    """The same without waiting for a turn; what may be stored lies in `folder`."""
    kind = _announced_kind(upload, kinds)
    _put(upload, folder)
    facts = _facts(upload, FORMATS[kind].task, folder)
    if facts["kind"] not in ("jpeg", "png") and FOUND[facts["kind"]] != kind:
        raise refusal("mismatch", upload.name)
    redrawn = folder / "file"
    return Inspected(
        kind=FOUND[facts["kind"]],
        name=clean_name(upload.name, FOUND[facts["kind"]]),
        path=redrawn if redrawn.exists() else folder / "upload",
        thumbnail=folder / "thumbnail" if redrawn.exists() else None,
        width=facts.get("width"),
        height=facts.get("height"),
        pages=facts.get("pages"),
    )


def find_codes(upload: UploadedFile) -> list[str]:
    """Codes of issued documents in the text of a PDF; none if it cannot be read.

    Raises `slots.Busy` when others are being read, and ValidationError when the file
    takes longer than anybody is given.
    """
    with tempfile.TemporaryDirectory(prefix="pokmas-") as name:
        folder = Path(name)
        _put(upload, folder)
        try:
            with slots.CHECKS.one():
                facts = _run("code", folder)
        except sandbox.Late:
            raise slots.Busy from None
        except sandbox.Broken:
            raise refusal("endless", upload.name) from None
    if facts.get("refused") in ("endless", "too_complex"):
        raise refusal("endless", upload.name)
    return facts.get("codes", [])


def _put(upload: UploadedFile, folder: Path) -> None:
    with (folder / "upload").open("wb") as file:
        shutil.copyfileobj(upload.open(), file)


def refusal(reason: str, name: str, **words) -> ValidationError:
    params = {"name": label(name), **words}
    return ValidationError(REASONS[reason], code=reason, params=params)


def label(name: str | None) -> str:
    """A file name that is safe to show: no control signs, no turned direction."""
    text = unicodedata.normalize("NFC", name or "")
    text = "".join(
        " " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text
    )
    text = re.sub(r"\s+", " ", text).strip(" .")
    return text if len(text) <= 80 else f"{text[:70]}…{text[-9:]}"


def clean_name(name: str | None, kind: str) -> str:
    """The name under which a file is offered again: letters, digits, its extension."""
    stem = label(PurePath(name or "").stem)
    stem = re.sub(r"[^\w .,()&+-]", "_", stem).strip(" ._")
    extensions = FORMATS[kind].extensions
    suffix = PurePath(name or "").suffix.lower()
    return (stem or "berkas") + (suffix if suffix in extensions else extensions[0])


def _announced_kind(upload: UploadedFile, kinds: Collection[str]) -> str:
    """What name, declared type and first bytes agree on."""
    if not upload.size:
        raise refusal("empty", upload.name)
    if upload.size > settings.MAX_UPLOAD_BYTES:
        raise refusal(
            "too_large",
            upload.name,
            size=dates.file_size(upload.size),
            limit=dates.file_size(settings.MAX_UPLOAD_BYTES),
        )
    extension = PurePath(upload.name or "").suffix.lower()
    kind = next((k for k in kinds if extension in FORMATS[k].extensions), None)
    if kind is None:
        raise _unwanted(upload, kinds, extension)
    declared = (upload.content_type or "").partition(";")[0].strip().lower()
    head = upload.open().read(8)
    is_real = head.startswith(FORMATS[kind].signature) or (
        kind == Kind.PDF and head.startswith(PDF_2)
    )
    if not is_real or declared not in FORMATS[kind].declared | UNDECLARED:
        raise refusal("mismatch", upload.name)
    return kind


def _unwanted(upload, kinds, extension) -> ValidationError:
    advice = ADVICE.get(extension)
    labels = [str(Kind(kind).label) for kind in kinds]
    return refusal(
        "kind",
        upload.name,
        kinds=get_text_list(labels, _("atau")),
        advice=_(advice) if advice else "",
    )


def _facts(upload, task: str, folder: Path) -> dict:
    try:
        facts = _run(task, folder)
    except sandbox.Late:
        raise
    except sandbox.Broken:
        raise refusal("too_complex", upload.name) from None
    if reason := facts.get("refused"):
        raise refusal(reason, upload.name)
    return facts


def _run(task: str, folder: Path) -> dict:
    return sandbox.run(
        inspector.__name__, task, str(folder), seconds=4 * inspector.seconds_for(task)
    )
