"""Two guidelines, plainly invented: one in its second version, one of a Kanwil."""

import io
from datetime import timedelta

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from pokmas.accounts.roles import Role
from pokmas.documents.models import Document
from pokmas.offices.models import Office
from reports.demo import paperwork
from reports.demo.people import KUPANG, NTT
from reports.demo.world import World
from reports.guidelines.models import Acknowledgement, Guideline

Status = Guideline.Status
VISITS = "Pedoman contoh: menerima kunjungan mitra"
SHEETS = "Pedoman contoh: mengisi daftar hadir kegiatan"
TEXT = [
    "Naskah ini rekaan, hanya untuk mencoba portal.",
    "1. Catat tamu pada buku kunjungan sebelum kegiatan dimulai.",
    "2. Sampaikan tata tertib dengan bahasa yang mudah dipahami.",
    "3. Simpan daftar hadir pada hari yang sama.",
]


def build(world: World) -> None:
    top = next(office for office in world.offices.values() if office.is_top)
    first = _published(
        world,
        top,
        VISITS,
        since=300,
        status=Status.REPLACED,
        in_force_until=world.today - timedelta(days=21),
    )
    second = _published(
        world,
        top,
        VISITS,
        since=20,
        previous=first,
        origin=first,
        version=2,
        changes="Angka 2 baru: tata tertib disampaikan sebelum kegiatan dimulai.",
    )
    _read(world, first, every=1)
    _read(world, second, every=2)
    _published(world, world.offices[NTT], SHEETS, since=5)


def _published(world: World, office: Office, title: str, *, since: int, **more):
    role = Role.REGIONAL_ADMIN if office.region_id else Role.HEADQUARTERS
    by, day = world.who(office, role), world.today - timedelta(days=since)
    published_at = world.moment(day - timedelta(days=7))
    file = _file(title)
    guideline = Guideline.objects.create(
        office=office,
        title=title,
        about="Contoh isi pedoman; bukan ketentuan yang sebenarnya.",
        letter_number=f"CONTOH-{since}.OT.02.02",
        letter_on=day - timedelta(days=14),
        in_force_from=day,
        file=file,
        published_on=day - timedelta(days=7),
        published_by=by,
        news_at=published_at,
        told_at=published_at,
        created_by=by,
        created_at=published_at,
        **{"status": Status.PUBLISHED, "status_since": published_at} | more,
    )
    paperwork.own([guideline], [file])
    world.note(guideline, "guideline.published", by, role, published_at)
    return guideline


def _read(world: World, guideline: Guideline, *, every: int) -> None:
    """By the heads of some of the units, never by those of the demo logins' unit."""
    units = [unit for unit in world.units if unit.name != KUPANG][::every]
    rows = [
        Acknowledgement(
            guideline=guideline,
            office=unit,
            by=world.who(unit, Role.UNIT_HEAD),
            at=world.moment(guideline.published_on + timedelta(days=1)),
        )
        for unit in units
    ]
    for row in Acknowledgement.objects.bulk_create(rows):
        action = "guideline.acknowledged"
        world.note(guideline, action, row.by, Role.UNIT_HEAD, row.at)


def _file(title: str) -> Document:
    name, size, digest = paperwork.store(_pdf([title, "", *TEXT]))
    return Document.objects.create(
        file=name,
        name="pedoman-contoh.pdf",
        kind=Document.Kind.PDF,
        size=size,
        pages=1,
        sha256=digest,
    )


def _pdf(lines: list[str]) -> bytes:
    """One page with these lines."""
    writer, content = PdfWriter(), io.BytesIO()
    page = writer.add_blank_page(width=595, height=842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    said = "".join(f"({line}) Tj T* " for line in lines)
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 14 Tf 24 TL 72 750 Td {said}ET".encode("latin-1"))
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.write(content)
    return content.getvalue()
