"""Is this upload what it says it is, and harmless? Refuses in words people read."""

import hashlib
import json
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Collection, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from pathlib import Path, PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pokmas.documents import (
    certificates,
    inspector,
    pdf_objects,
    photos,
    sandbox,
    slots,
)
from pokmas.documents.models import Document, IssuedDocument
from pokmas.words import dates

Kind = Document.Kind
IMAGES = (Kind.JPEG, Kind.PNG)
SCANS = (Kind.PDF, *IMAGES)
SHEETS = (Kind.XLSX, Kind.DOCX)
ALL = (*SCANS, *SHEETS)
# Lists that the portal reads row by row; nobody is given such a file again.
LISTS = (Kind.XLSX, Kind.XLS, Kind.ODS, Kind.CSV)

SIGNATURE_BYTES = 1100  # a header of a PDF may have some odd bytes before it


@dataclass(frozen=True)
class Format:
    """How a kind of file is named, and who looks into it."""

    extensions: tuple[str, ...]
    task: str


FORMATS = {
    Kind.PDF: Format((".pdf",), "pdf"),
    Kind.JPEG: Format((".jpg", ".jpeg", ".jpe", ".jfif"), "image"),
    Kind.PNG: Format((".png",), "image"),
    Kind.XLSX: Format((".xlsx",), "office"),
    Kind.DOCX: Format((".docx",), "office"),
    Kind.XLS: Format((".xls",), "list"),
    Kind.ODS: Format((".ods",), "list"),
    Kind.CSV: Format((".csv", ".txt", ".tsv"), "list"),
}
FOUND = {"pdf": Kind.PDF, "jpeg": Kind.JPEG, "png": Kind.PNG} | {
    "xlsx": Kind.XLSX,
    "docx": Kind.DOCX,
    "xls": Kind.XLS,
    "ods": Kind.ODS,
    "csv": Kind.CSV,
}

# What a file is by its first bytes: the task that looks into it, or what it is called.
SIGNATURES = [
    (re.compile(rb"\xff\xd8\xff"), "image"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image"),
    (re.compile(rb"RIFF.{4}WEBP", re.S), "image"),
    (re.compile(rb".{4}ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1)", re.S), "image"),
    (re.compile(rb"PK\x03\x04"), "office"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), ".doc"),
    (re.compile(rb"GIF8"), ".gif"),
    (re.compile(rb"BM.{12}", re.S), ".bmp"),
    (re.compile(rb"II\*\0|MM\0\*"), ".tif"),
    (re.compile(rb"Rar!"), ".rar"),
    (re.compile(rb"{\\rtf"), ".rtf"),
    (re.compile(rb"MZ|\x7fELF|#!"), ".exe"),
    (re.compile(rb".{0,1024}?%PDF-", re.S), "pdf"),
]
TEXTS = {".doc", ".docx", ".docm", ".odt", ".rtf", ".txt", ".pages", ".dot", ".wps"}
SHEETS_OF = {".xls", ".xlsx", ".xlsm", ".xlsb", ".csv", ".ods", ".numbers", ".et"}
SLIDES = {".ppt", ".pptx", ".pps", ".ppsx", ".odp", ".key"}
PICTURES = {".gif", ".bmp", ".tif", ".tiff", ".svg", ".avif", ".psd", ".jxl"}
PACKED = {".zip", ".rar", ".7z", ".gz", ".tar"}
PHOTOS = {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".heic", ".heif", ".webp"}
# What the content of a file is called where its name says otherwise; else its ending.
CALLED = {
    "pdf": "PDF",
    "image": gettext_lazy("gambar"),
    "office": gettext_lazy("berkas Office atau ZIP"),
    ".doc": gettext_lazy("berkas Office format lama"),
    ".exe": gettext_lazy("program"),
}
PROGRAMS = {Kind.XLSX: "Excel", Kind.DOCX: "Word"}
# What is no part of a name.
ENDINGS = {".pdf", ".xlsx", ".docx", ".xls", ".ods", ".csv", *PHOTOS}
# How a list begins that is read row by row; text has no sign of its own.
LIST_STARTS = {"office", ".doc", ""}


REASONS = {
    "kind": gettext_lazy(
        "Berkas “%(name)s” tidak dapat diterima. Yang diterima: %(kinds)s. %(advice)s"
    ),
    "disguised": gettext_lazy(
        "Isi berkas “%(name)s” sebenarnya %(is)s; namanya saja yang berakhiran "
        "%(ending)s. Yang diterima: %(kinds)s. %(advice)s"
    ),
    "mismatch": gettext_lazy(
        "Isi berkas “%(name)s” bukan seperti namanya. Buka dengan aplikasi asalnya, "
        "simpan dari sana, dan jangan hanya mengganti namanya."
    ),
    "empty": gettext_lazy("Berkas “%(name)s” kosong (0 bita). Pilih berkas lain."),
    "too_large": gettext_lazy(
        "Berkas “%(name)s” berukuran %(size)s, sedangkan batasnya %(limit)s. Kecilkan "
        "dahulu, misalnya pindai dengan resolusi lebih rendah."
    ),
    "too_large_to_compare": gettext_lazy(
        "Berkas “%(name)s” berukuran %(size)s, sedangkan halaman ini membandingkan "
        "berkas sampai %(limit)s. Periksa dokumennya dengan kode di dekat kode QR."
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
        "Berkas “%(name)s” hanya dapat dibuka dengan kata sandi. Minta pemiliknya "
        "mengirim berkas yang terbuka tanpa kata sandi, lalu unggah berkas itu."
    ),
    "script": gettext_lazy(
        "Berkas “%(name)s” memuat program (JavaScript) atau formulir aktif. %(way)s"
    ),
    "launch": gettext_lazy(
        "Berkas “%(name)s” memuat perintah yang berjalan sendiri. %(way)s"
    ),
    "reach": gettext_lazy(
        "Berkas “%(name)s” memuat tautan ke komputer atau jaringan setempat, bukan ke "
        "halaman web. %(way)s"
    ),
    "media": gettext_lazy(
        "Berkas “%(name)s” memuat suara, video, atau gambar tiga dimensi. %(way)s"
    ),
    "attachment": gettext_lazy(
        "Berkas “%(name)s” memuat berkas lain di dalamnya. %(way)s"
    ),
    "not_as_signed": gettext_lazy(
        "Berkas “%(name)s” berubah sesudah ditandatangani secara elektronik, atau "
        "tanda tangannya tidak dapat diperiksa. Minta berkas aslinya kepada penanda "
        "tangan."
    ),
    "pages": gettext_lazy("Berkas “%(name)s” lebih dari 50 halaman. %(way)s"),
    "macro": gettext_lazy(
        "Berkas “%(name)s” memuat makro. Simpan ulang sebagai %(endings)s biasa."
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
        "Berkas “%(name)s” bukan berkas %(programs)s yang utuh. Simpan ulang dari "
        "aplikasi asalnya."
    ),
    "not_list": gettext_lazy(
        "Berkas “%(name)s” bukan daftar yang dapat dibaca baris demi baris. Buka di "
        "Excel atau LibreOffice, simpan sebagai .xlsx, lalu unggah hasilnya."
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
    "gone": gettext_lazy(
        "Berkas “%(name)s” sudah tidak ada di penyimpanan. Pilih dan kirim sekali lagi."
    ),
    "not_stored": gettext_lazy(
        "Berkas “%(name)s” belum tersimpan. %(why)s Isian Anda yang lain tetap ada; "
        "pilih berkas ini dan kirim lagi beberapa saat lagi."
    ),
}

# What is said otherwise of lists that are read row by row: nobody prints or scans them.
REASONS_OF_LISTS = {
    "mismatch": gettext_lazy(
        "Isi berkas “%(name)s” bukan lembar kerja (spreadsheet), walaupun namanya "
        "begitu. Minta berkas Excel aslinya, atau salin isinya ke Excel."
    ),
    "too_large": gettext_lazy(
        "Berkas “%(name)s” berukuran %(size)s, sedangkan batasnya %(limit)s. Hapus "
        "gambar dan lembar lain di dalamnya, atau bagi menjadi beberapa berkas."
    ),
    "torn": gettext_lazy(
        "Berkas “%(name)s” terpotong: bagian akhirnya tidak ada. Salin atau unduh "
        "sekali lagi dari asalnya, lalu unggah."
    ),
    "macro": gettext_lazy(
        "Berkas “%(name)s” berjenis yang dapat memuat makro, misalnya .xlsm atau "
        ".xlsb. Simpan ulang sebagai .xlsx, lalu unggah hasilnya."
    ),
    "attachment": gettext_lazy(
        "Berkas “%(name)s” memuat berkas lain di dalamnya. Salin barisnya saja ke buku "
        "kerja baru, simpan sebagai .xlsx, lalu unggah yang baru."
    ),
    "bomb": gettext_lazy(
        "Berkas “%(name)s” membengkak melewati batas ketika dibuka. Salin barisnya "
        "saja ke buku kerja baru, simpan sebagai .xlsx, lalu unggah yang baru."
    ),
    "too_complex": gettext_lazy(
        "Berkas “%(name)s” terlalu rumit untuk diperiksa. Salin barisnya saja ke buku "
        "kerja baru, simpan sebagai .xlsx, lalu unggah yang baru."
    ),
}

# How a file that is refused for what it holds becomes one that is taken.
WAYS = {
    "pdf": gettext_lazy(
        "Cetak ke PDF (“Print to PDF”) lalu unggah hasilnya, atau unggah foto "
        "halamannya."
    ),
    "pages": gettext_lazy("Bagi menjadi beberapa berkas."),
    "office": gettext_lazy("Hapus bagian itu di aplikasi asalnya, lalu unggah lagi."),
    # Printed or saved anew it would be signed no more.
    "signed": gettext_lazy(
        "Berkas ini bertanda tangan elektronik, maka jangan disimpan ulang: minta "
        "pembuatnya menandatangani berkas tanpa bagian itu."
    ),
    "signed_pages": gettext_lazy(
        "Berkas ini bertanda tangan elektronik, maka jangan dibagi: minta pembuatnya "
        "mengirim naskah dan lampirannya sebagai berkas terpisah."
    ),
}


# Why a paper of the portal with its figures as a sheet inside would be refused; and a
# long one.
OF_OWN_PAPERS = {"two_kinds", "attachment", "pages"}
# Where a PDF ended before something was written behind it, and in how many places.
END, MOST_ENDS = re.compile(rb"(%%EOF)(\r\n|\r|\n)?"), 20


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
    is_signed: bool
    is_locked: bool
    # What each electronic signature was found to be; None where there can be none.
    certificates: list[dict] | None = None


@contextmanager
def inspected(
    upload: UploadedFile, kinds: Collection[str] = ALL, *, is_page: bool = False
):
    """The upload as it may be stored; raises ValidationError if it may not."""
    with tempfile.TemporaryDirectory(prefix="pokmas-") as name:
        with _turn(upload.name):
            found = judged(upload, kinds, Path(name), is_page=is_page)
        yield found


def judged(
    upload: UploadedFile,
    kinds: Collection[str],
    folder: Path,
    *,
    is_page: bool = False,
) -> Inspected:
    """The same without waiting for a turn; what may be stored lies in `folder`."""
    task = _task_for(upload, kinds)
    _put(upload, folder)
    try:
        facts = _facts(upload.name, "page" if is_page else task, folder, kinds)
    except ValidationError as refused:
        if task != "pdf" or refused.code not in OF_OWN_PAPERS:
            raise
        facts = _facts_of_own_paper(refused, upload, folder, kinds)
    kind = FOUND[facts["kind"]]
    if task != "image" and kind not in kinds:
        raise _unwanted(upload, kinds, FORMATS[kind].extensions[0], Kind(kind).label)
    redrawn = folder / "file"
    return Inspected(
        kind=kind,
        name=clean_name(upload.name, kind),
        path=redrawn if redrawn.exists() else folder / "upload",
        thumbnail=folder / "thumbnail" if redrawn.exists() else None,
        width=facts.get("width"),
        height=facts.get("height"),
        pages=facts.get("pages"),
        is_signed=facts.get("is_signed", False),
        is_locked=facts.get("is_locked", False),
        certificates=_certificates(facts, folder) if kind == Kind.PDF else None,
    )


def _facts_of_own_paper(refused: ValidationError, upload, folder: Path, kinds) -> dict:
    """Of a paper that the portal sealed: as it was, or as somebody signed it since."""
    content = (folder / "upload").read_bytes()
    _sha256, own = sealed_in(content)
    if not own:
        raise refused
    (folder / pdf_objects.OWN).write_text(str(own))
    facts = _facts(upload.name, "own", folder, kinds)
    if own < len(content):
        found = {each["state"] for each in _certificates(facts, folder)}
        if not found:
            raise refused
        if found & {certificates.CHANGED, certificates.UNREADABLE}:
            raise refusal("not_as_signed", upload.name)
    return facts


def sealed_in(content: bytes) -> tuple[str, int]:
    """The fingerprint of the paper with which a file begins, as the portal sealed it,
    and how long that is; else nothing. Whoever signs a PDF writes behind what is there
    and leaves that as it is."""
    ends = {
        place
        for end in islice(END.finditer(content), MOST_ENDS)
        for place in (end.end(1), end.end())
    }
    digest, at, found = hashlib.sha256(), 0, {}
    for place in sorted(ends | {len(content)}):
        digest.update(content[at:place])
        found[digest.hexdigest()] = at = place
    known = IssuedDocument.objects.filter(sha256__in=found)
    sealed = ((each, found[each]) for each in known.values_list("sha256", flat=True))
    return max(sealed, key=itemgetter(1), default=("", 0))


def _certificates(facts: dict, folder: Path) -> list[dict]:
    """What its signatures say; whatever they do, the file is taken."""
    if not facts.get("is_signed"):
        return []
    if settings.TRUSTED_CERTIFICATES:
        shutil.copyfile(settings.TRUSTED_CERTIFICATES, folder / certificates.ROOTS)
    try:
        found = _run("signatures", folder).get("certificates")
    except sandbox.Broken:
        found = None
    return found or [{"state": certificates.UNREADABLE}]


def bound(pages: Iterable[File], name: str) -> bytes:
    """Pictures of ours as the pages of one PDF, made where they can do no harm."""
    with tempfile.TemporaryDirectory(prefix="pokmas-") as place:
        folder = Path(place)
        for number, page in enumerate(pages):
            with (
                page.open() as stored,
                (folder / f"page-{number:03}").open("wb") as file,
            ):
                shutil.copyfileobj(stored, file)
        with _turn(name):
            _facts(name, "pages", folder)
        return (folder / "file").read_bytes()


@contextmanager
def edited(picture: File, name: str, areas: dict):
    """A picture of ours with areas blurred and cut, and a small one to look at first.

    `areas` has `blurred`, a list, and `cut`, one or None; each is its left, top,
    width and height in per cent.
    """
    with tempfile.TemporaryDirectory(prefix="pokmas-") as place:
        folder = Path(place)
        with picture.open() as stored, (folder / "upload").open("wb") as file:
            shutil.copyfileobj(stored, file)
        (folder / photos.AREAS).write_text(json.dumps(areas))
        with _turn(name):
            facts = _facts(name, "edit", folder)
        yield Inspected(
            kind=Kind.JPEG,
            name=clean_name(name, Kind.JPEG),
            path=folder / "file",
            thumbnail=folder / "thumbnail",
            width=facts["width"],
            height=facts["height"],
            pages=None,
            is_signed=False,
            is_locked=False,
        )


@contextmanager
def _turn(name: str | None):
    try:
        with slots.INSPECTIONS.one():
            yield
    except (slots.Busy, sandbox.Late):
        raise refusal("busy", name) from None


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


def refusal(
    reason: str, name: str, *, of_list: bool = False, **words
) -> ValidationError:
    said = (of_list and REASONS_OF_LISTS.get(reason)) or REASONS[reason]
    params = {"name": label(name), **words}
    return ValidationError(said, code=reason, params=params)


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
    path = PurePath((name or "").strip())
    suffix = path.suffix.lower()
    stem = label(path.stem if suffix in ENDINGS else path.name)
    stem = re.sub(r"[^\w .,()&+-]", "_", stem).strip(" ._")
    extensions = FORMATS[kind].extensions
    return (stem or "berkas") + (suffix if suffix in extensions else extensions[0])


def what_is(upload: UploadedFile) -> str:
    """By its first bytes: a task, or the ending such files have; empty if unknown."""
    head = upload.open().read(SIGNATURE_BYTES)
    return next((what for sign, what in SIGNATURES if sign.match(head)), "")


def _task_for(upload: UploadedFile, kinds: Collection[str]) -> str:
    """Who looks into it: what a file is its content says, not its name."""
    if not upload.size:
        raise refusal("empty", upload.name)
    tasks = {FORMATS[kind].task for kind in kinds}
    of_list = "list" in tasks
    if upload.size > settings.MAX_UPLOAD_BYTES:
        raise refusal(
            "too_large",
            upload.name,
            of_list=of_list,
            size=dates.file_size(upload.size),
            limit=dates.file_size(settings.MAX_UPLOAD_BYTES),
        )
    found = what_is(upload)
    if of_list and found in LIST_STARTS:
        return "list"
    if found in tasks:
        return found
    extension = _ending(upload)
    if extension in _endings(kinds) and (of_list or not found):
        raise refusal("mismatch", upload.name, of_list=of_list)
    if found == "image" and extension not in PHOTOS:
        extension = ".jpg"
    elif found == "pdf":
        extension = ".pdf"
    elif found.startswith(".") and extension not in TEXTS | SHEETS_OF | SLIDES:
        extension = found
    raise _unwanted(upload, kinds, extension, CALLED.get(found, found[1:].upper()))


def _ending(upload) -> str:
    return PurePath((upload.name or "").strip()).suffix.lower()


def _endings(kinds: Collection[str]) -> set[str]:
    """How files of these kinds are named."""
    found = {ending for kind in kinds for ending in FORMATS[kind].extensions}
    return found | PHOTOS if found & PHOTOS else found


def _unwanted(upload, kinds, extension, called) -> ValidationError:
    """What is not taken; `called` is what it is, said where its name says otherwise."""
    labels = [str(Kind(kind).label) for kind in kinds]
    ending = _ending(upload)
    return refusal(
        "disguised" if ending in _endings(kinds) else "kind",
        upload.name,
        kinds=get_text_list(labels, _("atau")),
        advice=_advice(extension, set(kinds)),
        ending=ending,
        **{"is": called},
    )


def _advice(extension: str, kinds: set[str]) -> str:
    """A way that works on a field that takes these kinds; empty if there is none."""
    takes_photos, takes_pdf = bool(kinds & set(IMAGES)), Kind.PDF in kinds
    if extension in PACKED:
        return _("Ekstrak dahulu, lalu unggah berkasnya satu per satu.")
    if extension in SHEETS_OF and Kind.XLSX in kinds:
        return _("Simpan ulang di Excel sebagai .xlsx tanpa makro.")
    if extension in TEXTS and Kind.DOCX in kinds:
        return _("Simpan ulang di Word sebagai .docx tanpa makro.")
    if extension in TEXTS | SHEETS_OF | SLIDES and takes_pdf:
        return _(
            "Buka berkasnya, pilih “Simpan sebagai” jenis PDF, lalu unggah PDF-nya."
        )
    if extension == ".pdf" and kinds & set(PROGRAMS):
        words = _("Unggah berkas %(programs)s aslinya, bukan hasil cetaknya.")
        return words % _office_words(kinds)
    if extension in PICTURES and takes_photos:
        return _("Simpan ulang gambarnya sebagai JPG atau PNG.")
    if extension in PICTURES | PHOTOS and takes_pdf:
        return _("Buka gambarnya, pilih “Cetak”, lalu “Simpan sebagai PDF”.")
    if takes_photos:
        return _("Foto atau tangkapan layar (screenshot) halamannya dapat diterima.")
    return ""


def _facts(
    name: str | None, task: str, folder: Path, kinds: Collection[str] = ()
) -> dict:
    try:
        facts = _run(task, folder)
    except sandbox.Late:
        raise
    except sandbox.Broken:
        raise refusal("too_complex", name, of_list=task == "list") from None
    if reason := facts.get("refused"):
        way, office = _way(task, reason, facts), _office_words(kinds)
        raise refusal(reason, name, of_list=task == "list", way=way, **office)
    return facts


def _office_words(kinds: Collection[str]) -> dict[str, str]:
    """As what an office file is saved anew for a field that takes these kinds."""
    taken = [kind for kind in PROGRAMS if kind in kinds] or list(PROGRAMS)
    endings = [FORMATS[kind].extensions[0] for kind in taken]
    programs = [PROGRAMS[kind] for kind in taken]
    return {
        "endings": get_text_list(endings, _("atau")),
        "programs": get_text_list(programs, _("atau")),
    }


def _way(task: str, reason: str, facts: dict):
    last = "pages" if reason == "pages" else task
    if facts.get("is_signed"):
        last = "signed_pages" if reason == "pages" else "signed"
    return WAYS.get(last, "")


def _run(task: str, folder: Path) -> dict:
    seconds = inspector.seconds_for(task)
    return sandbox.run(inspector.__name__, task, str(folder), seconds=seconds)
