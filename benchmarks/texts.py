#!/usr/bin/env python3
"""Texts of agreements through LibreOffice: what it prints, and what it saves.

The Word file of an agreement of three parties with an annex, and of a nota, become PDF
there and must say what our own PDF says; then they are opened, changed, saved and read
again, and exactly what was changed must be named. Makes its own data and needs no
database; without LibreOffice or poppler it says so and ends.

    .venv/bin/python benchmarks/texts.py [--keep FOLDER]

With `--keep` the files stay there, and each page as a picture.
"""

import argparse
import io
import shutil
import subprocess
import sys
import tempfile
import zipfile
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from pdf import set_up

LEAST = 0.99
# Of an A4 page in points: without what stands in the margins, such as page numbers.
INSIDE = ("-x", "0", "-y", "56", "-W", "596", "-H", "724")
DAY = date(2026, 11, 2)
LONG = (
    "Penyelenggaraan Pelatihan Keterampilan, Pendampingan Usaha, dan Bimbingan "
    "Kemandirian bagi Klien Pemasyarakatan serta Penyediaan Tempat Pelaksanaan Pidana "
    "Kerja Sosial di Wilayah Kota Kupang dan Kabupaten Kupang"
)
PLAN = [
    ("Penyuluhan atau bantuan hukum", "di balai kelurahan", 4, 120, "both"),
    ("Pelatihan keterampilan kerja", "menjahit", 12, 24, "second"),
    ("Bimbingan kerohanian", "", 24, 60, "first"),
    ("Pemeriksaan kesehatan", "bersama puskesmas", 2, 80, "both"),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", type=Path, help="where the files stay")
    options = parser.parse_args()
    lacking = [name for name in ("soffice", "pdftotext") if not shutil.which(name)]
    if lacking:
        sys.exit(f"Not installed here, so nothing is measured: {', '.join(lacking)}")
    set_up()
    with tempfile.TemporaryDirectory(prefix="pokmas-bench-") as name:
        folder = options.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        held = [measure(kind, folder) for kind in ("pks", "mou")]
    sys.exit(0 if all(held) else 1)


def measure(kind: str, folder: Path) -> bool:
    """Whether both promises hold for a text of this kind."""
    text = text_of(kind)
    word, own = folder / f"{kind}.docx", folder / f"{kind}-own.pdf"
    write(text, word, own)
    theirs = converted(word, "pdf", folder / "printed")
    share = alike(printed(own), printed(theirs))
    say(f"{kind}: text of both PDFs alike", f"{share:.2%}", share >= LEAST)
    untouched = changes(text, converted(word, "docx", folder / "saved"))
    say(f"{kind}: saved unchanged", untouched, untouched == [])
    edited = folder / f"{kind}-edited.odt"
    edit(converted(word, "odt", folder / "open"), edited)
    found = changes(text, converted(edited, "docx", folder / "edited"))
    named = [each.partition(" (")[0] for each in found]
    place = next(each.name for each in text.articles if "KORESPONDENSI" in each.heading)
    say(f"{kind}: changed there", found, named == [place])
    for path in (own, theirs):
        draw(path, folder)
    return share >= LEAST and untouched == [] and named == [place]


def say(what: str, found, holds: bool) -> None:
    print(f"{what:36} {found!s:44} {'holds' if holds else 'missed'}", flush=True)


# The texts


class Rows(list):
    """As much of a queryset as a text asks for."""

    def all(self):
        return self

    def exists(self):
        return bool(self)


def text_of(kind: str):
    from agreements.texts import composing
    from agreements.texts.first import CLAUSES
    from agreements.texts.models import Clause

    serving = Clause.SERVING[kind]
    names = ("serves", "part", "condition", "heading", "text")
    clauses = [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in CLAUSES]
    clauses = [each for each in clauses if each.serves in serving]
    with patch.object(composing, "Clause") as known:
        known.objects.for_kind.return_value.holding.return_value = clauses
        return composing.composed(agreement_of(kind), DAY)


def agreement_of(kind: str) -> SimpleNamespace:
    from agreements.plans.models import PlanItem

    is_pks = kind == "pks"
    third = SimpleNamespace(
        label="Pihak Ketiga",
        name="Dinas Tenaga Kerja dan Transmigrasi Kota Kupang",
        representative="Drs. Thomas Umpama, M.Si.",
        position="Kepala Dinas",
        capacity="",
        authority="Keputusan Wali Kota Kupang Nomor 12 Tahun 2026",
        address="Jalan Uji 3, Kota Kupang",
    )
    items = [
        PlanItem(
            type_name=name,
            note=note,
            times=times,
            target=target,
            party=party,
            first_month=date(2027, 1, 1),
            last_month=date(2027, 12, 1),
        )
        for name, note, times, target, party in PLAN
    ]
    agreement = SimpleNamespace(
        kind=kind,
        is_amendment=False,
        amends=None,
        umbrella=None,
        umbrella_id=None,
        group=None,
        group_id=None,
        office=office(),
        partner=partner(),
        title=LONG if is_pks else "Pembinaan Klien Pemasyarakatan",
        urgency="Klien memerlukan keterampilan dan tempat kerja sosial.",
        form="Pelatihan, pendampingan, dan penyediaan tempat.",
        subject="1. Pelatihan menjahit\n2. Pendampingan usaha\n3. Tempat kerja sosial",
        starts_on=date(2026, 12, 1),
        ends_on=date(2029, 11, 30),
        our_signatory="Maria Umpama, A.Md.I.P., S.H., M.H.",
        our_position="Kepala Bapas Kelas II Uji",
        our_nip="198001012005011001",
        our_capacity="definitive",
        our_authority="Keputusan Menteri Nomor M.IP-1 Tahun 2025",
        partner_signatory="Yohana Contoh",
        partner_position="Ketua",
        partner_authority="Akta Nomor 7 Tahun 2019",
        partner_number="",
        further_parties=Rows([third] if is_pks else []),
        plan_items=Rows(items if is_pks else []),
    )
    agreement.as_a_whole = agreement
    return agreement


def office():
    from pokmas.offices.models import Office

    region = Office(
        pk=2, level="regional", name="Kanwil Ditjenpas Nusa Tenggara Timur", region_id=2
    )
    return Office(
        pk=3,
        level="unit",
        name="Bapas Kelas II Uji",
        region=region,
        address="Jalan Uji 1, Kota Kupang",
        email="bapas.uji@example.go.id",
        phone="0380 123456",
    )


def partner() -> SimpleNamespace:
    return SimpleNamespace(
        name="Yayasan Umpama Kasih Nusa Tenggara",
        address="Jalan Uji 2, Kota Kupang",
        village="",
        regency=SimpleNamespace(name="Kota Kupang"),
        kind_id="foundation",
    )


# Our files and theirs


def write(text, word: Path, own: Path) -> None:
    from agreements.texts.papers import blocks_of
    from pokmas.documents.letterhead import letterhead_of
    from pokmas.documents.models import IssuedDocument
    from pokmas.papers.blocks import Content
    from pokmas.papers.printing import as_printed, pdf_of
    from pokmas.papers.word import word_of

    unit = office()
    issued = IssuedDocument(
        office=unit,
        title="Naskah versi 1",
        office_name=unit.name,
        letterhead=vars(letterhead_of(unit)),
        status=IssuedDocument.Status.DRAFT,
    )
    with as_printed(unit):
        word.write_bytes(word_of(Content(blocks_of(text)), issued))
        paper = pdf_of(Content(blocks_of(text, blank=True)), issued, made_by=None)
    own.write_bytes(paper.content)


def converted(path: Path, form: str, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation=file://{folder.parent.resolve()}/profile"
    words = ["soffice", profile, "--headless", "--convert-to", form]
    command = [*words, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{form}"


def edit(opened: Path, edited: Path) -> None:
    """One sentence another, in the form in which LibreOffice itself keeps a text."""
    output = io.BytesIO()
    with (
        zipfile.ZipFile(opened) as package,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as fresh,
    ):
        for entry in package.infolist():
            content = package.read(entry)
            if entry.filename == "content.xml":
                assert content.count(b"secara tertulis.") == 1
                content = content.replace(b"secara tertulis.", b"lewat surel.")
            fresh.writestr(entry, content)
    edited.write_bytes(output.getvalue())


def changes(text, path: Path) -> list[str]:
    from agreements.texts.compare import compared, differing
    from agreements.texts.reading import text_in
    from pokmas.papers.reading import read_own

    with path.open("rb") as file:
        found = text_in(read_own(file).pieces)
    return list(map(str, differing(compared(text, found))))


def printed(path: Path) -> list[str]:
    """The words of a PDF, those of a line cut in two made whole."""
    from pokmas.papers.srikandi import BLANK

    command = ["pdftotext", *INSIDE, str(path), "-"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return BLANK.placed(done.stdout).split()


def alike(first: list[str], second: list[str]) -> float:
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def draw(path: Path, folder: Path) -> None:
    pages = folder / f"{path.parent.name}-{path.stem}"
    subprocess.run(["pdftoppm", "-r", "60", "-png", str(path), str(pages)], check=True)


if __name__ == "__main__":
    main()
