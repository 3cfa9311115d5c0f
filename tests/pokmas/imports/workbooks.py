"""Spreadsheets as officers have them, made in memory.

A cell is text, a number, a day, a Formula, or None.
"""

import base64
import io
import random
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date
from html import escape

from pokmas.imports.headings import letter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
ODF = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1">'
    '<fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1">'
    '<xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="14" '
    'applyNumberFormat="1"/></cellXfs></styleSheet>'
)


@dataclass(frozen=True)
class Formula:
    """What is calculated, and the value that was saved with it."""

    text: str
    value: float | None = None


def xlsx(rows, *, merged=(), before=(), title="Mitra") -> bytes:
    """A workbook of one sheet; `before` are whole sheets that stand before it."""
    sheets = [*before, (title, rows)]
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
        f'ContentType="{BOOK}.worksheet+xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    names = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, (name, _rows) in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" '
        f'Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        f'ContentType="{BOOK}.sheet.main+xml"/><Override PartName="/xl/styles.xml" '
        f'ContentType="{BOOK}.styles+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{LINKS}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f"{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{LINKS}">{links}'
        f'<Relationship Id="rId99" Type="{OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>",
        "xl/styles.xml": STYLES,
    }
    for number, (_name, cells) in enumerate(sheets, 1):
        own = merged if number == len(sheets) else ()
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(cells, own)
    return _zipped(parts)


def _sheet(rows, merged) -> str:
    lines = "".join(
        f'<row r="{n}">{"".join(_cell(c, n, v) for c, v in enumerate(row))}</row>'
        for n, row in enumerate(rows, 1)
    )
    spans = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    spans = f"<mergeCells>{spans}</mergeCells>" if spans else ""
    return (
        f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData>{spans}</worksheet>'
    )


def _cell(place, number, value) -> str:
    at = f'r="{letter(place)}{number}"'
    if value is None:
        return ""
    if isinstance(value, Formula):
        saved = "" if value.value is None else f"<v>{value.value}</v>"
        return f"<c {at}><f>{escape(value.text)}</f>{saved}</c>"
    if isinstance(value, date):
        return f'<c {at} s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, int | float):
        return f"<c {at}><v>{value}</v></c>"
    text = escape(value)
    return f'<c {at} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def ods(rows) -> bytes:
    lines = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"
        for row in rows
    )
    content = (
        f'<office:document-content xmlns:office="{ODF}" xmlns:table="{TABLE}" '
        f'xmlns:text="{TEXT}"><office:body><office:spreadsheet>'
        f'<table:table table:name="Mitra">{lines}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
        f'manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{ODS}"/></manifest:manifest>'
    )
    return _zipped(
        {"mimetype": ODS, "content.xml": content, "META-INF/manifest.xml": manifest}
    )


def _ods_cell(value) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        said = f'office:value-type="date" office:date-value="{value}"'
        return f"<table:table-cell {said}><text:p>{value}</text:p></table:table-cell>"
    if isinstance(value, int | float):
        said = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {said}><text:p>{value}</text:p></table:table-cell>"
    return (
        '<table:table-cell office:value-type="string">'
        f"<text:p>{escape(value)}</text:p></table:table-cell>"
    )


def _zipped(parts: dict[str, str]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return output.getvalue()


# An Excel of 1997 with the row of `ods` and `xlsx` in the tests of the reader.
OLD_EXCEL = (
    "c-rk)O=uHA6#i!OADX|K3awZ|z^b)aR0J>W)`C`$gy=;rqHayV&?c3%9^yf(HAg}4q<AURgO{oof"
    "6#;8JP6f#5CkF7lXwy=cxbb}dD)dTA~c|d%6!YbdGp@Po40R%ci+rM$}<l;Dri7I9H^Q;xa(wslF"
    "u%LL3-1atetx)nF{L)J}(WV+l6O=*B&{Ba=a_h@WA<!DDa8WNt{P=JfDfJAqLq8Lr5R`hzi^xNf7"
    "PqRV&l8OgAvS&o!Sj9bn0IrhQbmEQT?!C%gAqv-r3cXI&7|?qhEAfhD`phF5YHU%nw~bzRtB$Qon"
    "oOws9V!7OM%hcfw0L6$?f3qO!f_vUiFMM4=-8thptnla$Jy{cctlzeUF0wn*jQttVK+)IPlD8H#W"
    "fhm}0c#)J4z-Fh^xRA(B7K|nAB^I1$h9}2KnKW{STk<<&hf<_STo^O50pNsDG$xFE?65JBJ?EF3J"
    "#P--6`MnV7flP%G(yZrc<F@6yQO>I77`;V{WMFa_&}%~8(XB8FmXk;pvFPgXiTN1oB16~ud>xm%y"
    "%%2lKYf*rP?g!;565{#@a6GXAk3@zO|0uMtte(ktdy{&-!-a=Y}d5qjT@|8N}%rOH+IKOruBih}*"
    "X$p6YfktS#mv)ArxC8?P3&d^fGLF@$Bgzz7khwUUgE_*K%ZSk+1nDmg4$qQTZB&Cjw3$6VGIY)i("
    "<LD3Uz3s{IRe%U=(tL-44PrcR9ueIV4hjyUu@b*JNK|w)5K|w)5fiIaFUq)*eahG+?_gMdRmMK-$"
    "Z<7BOM=?&%Bz;sKK%VjficQU*jc^IumRMyQ`+uRtG3vd5QH-!3qfO6W`b-n`@3ZQL;lH<pn(e>Zj"
    "GzCw|DTM9+L-"
)


def xls() -> bytes:
    return zlib.decompress(base64.b85decode(OLD_EXCEL))


# A long list with all that goes wrong in one

HEAD = ["No", "NAMA LEMBAGA /\nMITRA", "Jenis", "Bidang", "Penanggung\njawab/Pimpinan"]
HEAD += ["Alamat", "No. HP/Telp", "No. & tgl SK/PKS", "Ket."]
PLACES = ("Oesapa", "Fatululi", "Oebobo", "Penfui", "Naikoten")
KINDS = ("Yayasan", "LSM", "PT", "LBH", "")
FIELDS = ("Sosial", "Ekonomi", "Hukum dan Kemasyarakatan", "sosial; ekonomi", "")


def messy(count: int, seed: int = 7) -> list[list]:
    """A register as it is kept: title above, odd cells within, signatures below.

    Of a hundred rows seven are wrong: three have a kind that nobody knows, two a
    telephone number that is none, two no name. One repeats a name of before.
    """
    draw = random.Random(seed)
    rows = [
        ["DAFTAR MITRA POKMAS LIPAS"],
        ["BAPAS KELAS I KUPANG TAHUN 2025"],
        [],
        HEAD,
        [1, 2, 3, 4, 5, 6, 7, 8, 9],
    ]
    rows += [_partner(draw, n) for n in range(count)]
    return [
        *rows,
        ["JUMLAH", f"{count} mitra"],
        [],
        [None, None, None, None, None, None, "Kupang, 2 Januari 2026"],
        [None, "Mengetahui,", None, None, None, None, "Kepala Bapas"],
        [None, None, None, None, None, None, "NIP 19700101 199503 1 001"],
    ]


def _partner(draw: random.Random, n: int) -> list:
    place = n % 100
    digits = f"812{30_000_000 + n}"
    phones = (
        float(digits),
        f"0{digits}",
        f"+62 {digits}",
        f"62{digits}",
        f"'0{digits}",
    )
    paper = draw.choice(
        ("WP.22-HK.01-%s, 25-05-2025", "WP.22-%s tgl 3/6/2025", "W.22-%s / 25 Mei 2025")
    )
    row = [
        n + 1,
        f"Yayasan  Kasih {draw.choice(PLACES)} {n}",
        draw.choice(KINDS),
        draw.choice(FIELDS),
        f"Maria {n}",
        f"Jl. Uji No. {n}\nKel. {draw.choice(PLACES)}",
        phones[n % len(phones)],
        paper % n,
        draw.choice(("aktif", "", "-")),
    ]
    if place in (10, 40, 70):
        row[2] = "Kelompok keliling"
    elif place in (20, 60):
        row[6] = "belum dicatat 12"
    elif place in (30, 80):
        row[1] = None
    elif place in (50, 90):
        row[1] = f"YAYASAN KASIH KEMBAR, {n - 90 if place == 90 else n - 50}"
    return row
