"""Files people send, well-meant and hostile, made in memory."""

import io
import struct
import zipfile
import zlib
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from pokmas.documents.models import Document

Kind = Document.Kind
HTML = b"<html><script>alert(document.domain)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
KUPANG = {1: "S", 2: (10.0, 10.0, 37.0), 3: "E", 4: (123.0, 36.0, 25.0)}


def upload(name: str, content, declared: str = "") -> SimpleUploadedFile:
    content = content() if callable(content) else content
    return SimpleUploadedFile(name, content, declared or _declared(name))


def _declared(name):
    return {
        "pdf": Kind.PDF,
        "jpg": Kind.JPEG,
        "jpeg": Kind.JPEG,
        "png": Kind.PNG,
        "xlsx": Kind.XLSX,
        "docx": Kind.DOCX,
    }.get(name.rpartition(".")[2].lower(), "application/octet-stream")


# Images


def jpeg(size=(800, 600), *, orientation=None, gps=False, comment=b"", noisy=False):
    image = Image.effect_noise(size, 90) if noisy else Image.new("RGB", size, "teal")
    image = image.convert("RGB")
    image.paste((255, 0, 0), (0, 0, size[0] // 4, size[1] // 4))
    exif = Image.Exif()
    exif[0x010F] = "Kamera Uji"
    if orientation:
        exif[0x0112] = orientation
    if gps:
        exif[0x8825] = KUPANG
    output = io.BytesIO()
    image.save(output, "JPEG", exif=exif, comment=comment, quality=90)
    return output.getvalue()


def png(size=(800, 600), *, mode="RGB", text=False):
    image = Image.new(mode, size)
    info = PngImagePlugin.PngInfo()
    if text:
        info.add_text("Location", "-10.177, 123.607")
        info.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>GPSLatitude</x:xmpmeta>")
    output = io.BytesIO()
    exif = Image.Exif()
    if text:
        exif[0x8825] = KUPANG
    image.save(output, "PNG", pnginfo=info, exif=exif)
    return output.getvalue()


def png_bomb(width, height):
    """A PNG of a few hundred kilobytes that claims, and has, all those pixels."""

    def chunk(kind, data):
        check = zlib.crc32(kind + data)
        return struct.pack("!L", len(data)) + kind + data + struct.pack("!L", check)

    packer = zlib.compressobj(9)
    row = b"\0" * (1 + width // 8)
    data = packer.compress(row * min(height, 4000)) + packer.flush()
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack("!LLBBBBB", width, height, 1, 0, 0, 0, 0))
        + chunk(b"IDAT", data)
        + chunk(b"IEND", b"")
    )


def exif_bomb():
    """A JPEG whose EXIF is full of offsets that lead nowhere and everywhere."""
    plain = jpeg()
    entries = struct.pack("<HHLL", 0x8769, 4, 1, 8) * 4000
    ifd = b"II*\0" + struct.pack("<L", 8) + struct.pack("<H", 4000) + entries
    body = (b"Exif\0\0" + ifd + struct.pack("<L", 8))[:65000]
    segment = b"\xff\xe1" + struct.pack("!H", len(body) + 2) + body
    return plain[:2] + segment * 20 + plain[2:]


# PDF


def pdf(pages=1, *, change=None, password=None):
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    if change:
        change(writer)
    if password is not None:
        writer.encrypt(password)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def pdf_of_words(words, pages=1):
    """Every page shows the same text, one stream for all of them."""

    def fill(writer):
        shown = "\n".join(f"({word}) Tj 0 -14 Td" for word in words)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 72 700 Td {shown} ET".encode())
        text = writer._add_object(stream.flate_encode())
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        for page in writer.pages:
            page[NameObject("/Contents")] = text
            page[NameObject("/Resources")] = DictionaryObject(
                {NameObject("/Font"): fonts}
            )

    return pdf(pages, change=fill)


def pdf_of_endless_text():
    return pdf_of_words(["A"] * 300_000, pages=50)


def _action(kind, **more):
    return DictionaryObject(
        {NameObject("/S"): NameObject(kind)}
        | {NameObject(f"/{name}"): value for name, value in more.items()}
    )


def with_javascript(writer):
    script = _action("/JavaScript", JS=TextStringObject("app.alert(1)"))
    names = ArrayObject([TextStringObject("a"), writer._add_object(script)])
    writer.root_object[NameObject("/Names")] = DictionaryObject(
        {NameObject("/JavaScript"): DictionaryObject({NameObject("/Names"): names})}
    )


def with_page_script(writer):
    writer.pages[0][NameObject("/AA")] = DictionaryObject(
        {NameObject("/O"): _action("/JavaScript", JS=TextStringObject("app.alert(1)"))}
    )


def with_launch(writer):
    writer.root_object[NameObject("/OpenAction")] = _action(
        "/Launch", F=TextStringObject("calc.exe")
    )


def with_attachment(writer):
    writer.add_attachment("data.exe", b"MZ")


def with_form_sent(writer):
    writer.pages[0][NameObject("/Annots")] = ArrayObject(
        [
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Annot"),
                    NameObject("/Subtype"): NameObject("/Widget"),
                    NameObject("/A"): _action(
                        "/SubmitForm", F=TextStringObject("http://contoh.test/")
                    ),
                }
            )
        ]
    )


def with_xfa(writer):
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/XFA"): ArrayObject([NumberObject(1)])}
    )


def pdf_with_hidden_name(name=b"/J#61va#53cript"):
    """The forbidden name written in another way."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        b"4 0 obj<</S " + name + b" /J#53 (app.alert(1))>>endobj\n"
        b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF\n"
    )


# XLSX and DOCX

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Override PartName="{part}" ContentType="{type}"/></Types>'
)
SHEET_TYPE = f"{Kind.XLSX.value}.main+xml"
TEXT_TYPE = f"{Kind.DOCX.value}.main+xml"
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/'
    'package/2006/relationships">{}</Relationships>'
)


def office(
    extra=None,
    *,
    content_type=SHEET_TYPE,
    part="/xl/workbook.xml",
    comment=b"",
    compression=zipfile.ZIP_DEFLATED,
):
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", compression) as archive:
        types = TYPES.format(part=part, type=content_type)
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", RELATIONS.format(""))
        archive.writestr(part.lstrip("/"), '<?xml version="1.0"?><root/>')
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
        archive.comment = comment
    return output.getvalue()


def docx(extra=None):
    return office(extra, content_type=TEXT_TYPE, part="/word/document.xml")


def relation(kind, target, mode="External"):
    return RELATIONS.format(
        f'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
        f'2006/relationships/{kind}" Target="{target}" TargetMode="{mode}"/>'
    )


def zip_bomb():
    return office({"xl/worksheets/sheet1.xml": b"<a>" + b" " * 100_000_000})


def lying_bomb():
    """An entry that says it is small; what comes out is not."""
    content = bytearray(
        office({"xl/worksheets/sheet1.xml": b"<a>" + b" " * 40_000_000})
    )
    for magic, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = 0
        while (place := content.find(magic, place)) >= 0:
            size = struct.unpack_from("<L", content, place + offset)[0]
            if size > 1_000_000:
                struct.pack_into("<L", content, place + offset, 900)
            place += 4
    return bytes(content)


# what → (file name, content or what makes it, declared type, why it is refused)
HOSTILE = {
    "nothing in it": ("a.pdf", b"", "", "empty"),
    "a web page named as photo": ("a.jpg", HTML, "", "mismatch"),
    "a web page declared as one": ("a.jpg", HTML, "text/html", "mismatch"),
    "a drawing with a script": ("a.svg", SVG, "image/svg+xml", "kind"),
    "a drawing named as photo": ("a.png", SVG, "", "mismatch"),
    "a GIF with a script": ("a.gif", b"GIF89a<script>", "image/gif", "kind"),
    "a GIF named as photo": ("a.png", b"GIF89a<script>", "", "mismatch"),
    "a program": ("a.exe", b"MZ\x90", "", "kind"),
    "a program named as PDF": ("a.pdf", b"MZ\x90\0" * 9, "", "mismatch"),
    "two extensions": ("a.pdf.exe", pdf(), "application/pdf", "kind"),
    "no extension": ("berkas", pdf(), "application/pdf", "kind"),
    "a PDF named as photo": ("a.jpg", pdf(), "", "mismatch"),
    "a photo named as PDF": ("a.pdf", jpeg(), "", "mismatch"),
    "a photo declared as page": ("a.jpg", jpeg(), "text/html", "mismatch"),
    "an archive": ("a.zip", office(), "application/zip", "kind"),
    "a page before the PDF": ("a.pdf", HTML + pdf(), "", "mismatch"),
    "a page in the PDF's head": (
        "a.pdf",
        pdf().replace(b"%PDF-1.3\n", b"%PDF-1.3\n" + HTML + b"\n", 1),
        "",
        "two_kinds",
    ),
    "an archive behind the PDF": ("a.pdf", pdf() + office(), "", "two_kinds"),
    "an archive in the PDF": (
        "a.pdf",
        pdf().replace(b"%%EOF", b"%" + office() + b"\n%%EOF"),
        "",
        "two_kinds",
    ),
    "half a PDF": ("a.pdf", pdf(5)[:-200], "", "torn"),
    "an empty PDF": ("a.pdf", b"%PDF-1.4\n%%EOF\n", "", "broken"),
    "a PDF with script": ("a.pdf", pdf(change=with_javascript), "", "script"),
    "a page with script": ("a.pdf", pdf(change=with_page_script), "", "script"),
    "a script in disguise": ("a.pdf", pdf_with_hidden_name(), "", "script"),
    "a PDF that starts programs": ("a.pdf", pdf(change=with_launch), "", "launch"),
    "a PDF that sends forms": ("a.pdf", pdf(change=with_form_sent), "", "launch"),
    "a PDF with files inside": ("a.pdf", pdf(change=with_attachment), "", "attachment"),
    "a PDF with an XFA form": ("a.pdf", pdf(change=with_xfa), "", "script"),
    "a locked PDF": ("a.pdf", pdf(password="rahasia"), "", "encrypted"),
    "a PDF locked without password": ("a.pdf", pdf(password=""), "", "encrypted"),
    "51 pages": ("a.pdf", pdf(51), "", "pages"),
    "half a photo": ("a.jpg", jpeg(noisy=True)[:9000], "", "broken"),
    "half a PNG": ("a.png", png(mode="RGBA")[:-40], "", "broken"),
    "only the head of a photo": (
        "a.jpg",
        b"\xff\xd8\xff\xe0" + b"\0" * 99,
        "",
        "broken",
    ),
    "60,000 pixels each way": (
        "a.png",
        partial(png_bomb, 60_000, 60_000),
        "",
        "pixels",
    ),
    "10,000 pixels each way": (
        "a.png",
        partial(png_bomb, 10_000, 10_000),
        "",
        "pixels",
    ),
    "a bomb of a spreadsheet": ("a.xlsx", zip_bomb, "", "bomb"),
    "a bomb that lies": ("a.xlsx", lying_bomb, "", "broken"),
    "entities that multiply": (
        "a.xlsx",
        office({"xl/a.xml": '<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>'}),
        "",
        "bomb",
    ),
    "a spreadsheet with macros": (
        "a.xlsx",
        office({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
        "",
        "macro",
    ),
    "a macro type": (
        "a.xlsx",
        office(content_type="application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        "",
        "macro",
    ),
    "a program in a text": ("a.docx", docx({"word/a.exe": b"MZ"}), "", "macro"),
    "an object in a text": (
        "a.docx",
        docx({"word/embeddings/oleObject1.bin": b"\xd0\xcf"}),
        "",
        "attachment",
    ),
    "a template from elsewhere": (
        "a.docx",
        docx(
            {
                "word/_rels/settings.xml.rels": relation(
                    "attachedTemplate", "http://contoh.test/a.dotm"
                )
            }
        ),
        "",
        "external",
    ),
    "an archive named as spreadsheet": (
        "a.xlsx",
        office(content_type="text/xml"),
        "",
        "not_office",
    ),
    "a text named as spreadsheet": ("a.xlsx", docx(), "", "mismatch"),
    "a spreadsheet named as text": ("a.docx", office(), "", "mismatch"),
    "a spreadsheet with a tail": ("a.xlsx", office() + HTML, "", "torn"),
    "a spreadsheet with a comment": ("a.xlsx", office(comment=HTML), "", "torn"),
    "a page before the spreadsheet": ("a.xlsx", HTML + office(), "", "mismatch"),
    "a way out of the folder": (
        "a.xlsx",
        office({"../../etc/cron.d/a": b"x"}),
        "",
        "broken",
    ),
    "half a spreadsheet": ("a.xlsx", office({"xl/a.xml": "<a/>"})[:-60], "", "torn"),
    "a torn part": ("a.xlsx", office({"xl/a.xml": "<a><b></a>"}), "", "broken"),
}

HARMLESS = {
    "a scan": ("naskah.pdf", pdf(3), ""),
    "50 pages": ("naskah.PDF", pdf(50), ""),
    "a photo": ("foto.jpg", jpeg(), ""),
    "a photo from a phone": ("foto.jpeg", jpeg(gps=True, orientation=6), ""),
    "a photo the browser knows nothing of": (
        "foto.jpg",
        jpeg(),
        "application/octet-stream",
    ),
    "a photo with broken EXIF": ("foto.jpg", exif_bomb(), ""),
    "a photo with a page behind it": ("foto.jpg", jpeg() + HTML, ""),
    "a photo with a page in its comment": ("foto.jpg", jpeg(comment=HTML), ""),
    "a drawing": ("gambar.png", png(), ""),
    "a transparent drawing": ("gambar.png", png(mode="RGBA"), ""),
    "a drawing of few colours": ("gambar.png", png(mode="P"), ""),
    "a drawing of grey": ("gambar.png", png(mode="I;16"), ""),
    "a spreadsheet": ("daftar.xlsx", office(), ""),
    "a spreadsheet with links": (
        "daftar.xlsx",
        office({"xl/_rels/a.xml.rels": relation("hyperlink", "https://contoh.test")}),
        "",
    ),
    "a text": ("surat.docx", docx(), "application/zip"),
}
