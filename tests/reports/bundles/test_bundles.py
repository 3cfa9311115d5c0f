"""The bundle of an item: what it gathers and lacks, and that its index leads on."""

import hashlib
import io
import re
from datetime import date
from urllib.parse import unquote
from zipfile import ZipFile

import pypdf
import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.documents.models import Document, IssuedDocument
from pokmas.jobs import services as jobs
from reports.bundles import services
from reports.bundles.gathering import Gathering, Piece, Source
from reports.bundles.models import PlanFile, PlanItem
from reports.bundles.packing import Packing
from reports.bundles.papers import _files
from reports.duties.models import ReportDuty
from reports.figures.periods import Kind, Period
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    DocumentFactory,
    EnteredValueFactory,
    EvidenceFactory,
    OfficePlanItemFactory,
    PlanFileFactory,
    RegionFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db
QUARTER = Period(Kind.QUARTERLY, date(2026, 7, 1))
FILES = 40


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


@pytest.fixture
def unit():
    ReportDuty.objects.update(valid_from=date(2026, 12, 1))
    return UnitFactory()


def stored(document: Document, content: bytes) -> None:
    """Its content on the disk."""
    default_storage.save(document.file.name, ContentFile(content))


def shown(office, user, code="KPI-07", period=QUARTER):
    gathering = Gathering(office, period, user)
    return gathering.of(gathering.indicator(code))


def gaps(*about):
    return [gap.text for gap in shown(*about).gaps]


def address(name, office, code="KPI-07", period=QUARTER):
    asked = f"office={office.pk}&period={period.code}&code={code}"
    return f"{reverse(f'reports:{name}')}?{asked}"


def made(item, by) -> IssuedDocument:
    issued = services.bundle(item, by=by)
    jobs.run(issued.job_id)
    issued.refresh_from_db()
    return issued


def test_gaps_come_first_month_by_month_and_record_by_record(unit):
    by = person(Role.UNIT_OPERATOR, unit)
    bare = ActivityFactory(office=unit, status="verified", title="Tanpa foto")
    told = ActivityFactory(office=unit, status="verified", title="Berfoto")
    EvidenceFactory(activity=told)
    EvidenceFactory(activity=told, document__scan="waiting")
    item = OfficePlanItemFactory(office=unit)
    PlanFileFactory(item=item, month=date(2026, 8, 1), shows="Notula")

    found = shown(unit, by)

    assert [(piece.source, piece.when) for piece in found.pieces] == [
        (Source.ACTIVITY, "September 2026"),
        (Source.OWN, "Agustus 2026"),
    ]
    assert [(gap.text, gap.url) for gap in found.gaps] == [
        ("Juli 2026: tidak ada bukti kegiatan.", ""),
        (
            "Tanpa foto, 14 September 2026: belum ada foto atau daftar hadir.",
            bare.get_absolute_url(),
        ),
        (
            "Berfoto, 14 September 2026: berkasnya belum selesai dipindai atau sudah "
            "dihapus.",
            told.get_absolute_url(),
        ),
    ]


def test_each_indicator_is_shown_by_its_own_records(unit):
    by = person(Role.UNIT_OPERATOR, unit)
    scanned = {"status": "signed", "scan": DocumentFactory()}
    AgreementFactory(office=unit, title="PKS Uji", **scanned)
    # An old register may have come without its scan.
    AgreementFactory(
        office=unit, title="PKS Bolong", status="signed", scan=None, is_archived=True
    )
    EnteredValueFactory(office=unit, starts_on=date(2026, 8, 1))

    assert [piece.name for piece in shown(unit, by, "KPI-04").pieces] == ["PKS Uji"]
    assert gaps(unit, by, "KPI-04") == [
        "PKS Bolong: belum ada pindaian naskah bertanda tangan."
    ]
    assert gaps(unit, by, "KPI-10") == [
        "Nilai Juli 2026 belum diisi.",
        "Nilai Agustus 2026 belum disahkan.",
        "Nilai September 2026 belum diisi.",
    ]


def test_a_kanwil_reads_which_units_have_no_accepted_report(unit):
    ReportDuty.objects.filter(level="unit").update(valid_from=date(2026, 9, 1))
    unit.name = "Bapas Alor"
    unit.save(update_fields=["name"])
    above = person(Role.REGIONAL_ADMIN, unit.region)

    assert gaps(unit.region.parent, person(Role.HEADQUARTERS)) == [
        "Belum ada satu pun bukti."
    ]
    assert gaps(unit.region, above) == [
        "Laporan September 2026 belum diterima: Bapas Alor."
    ]


def test_what_shows_several_records_is_packed_once_and_said_so():
    photo, other = DocumentFactory(), DocumentFactory()
    stored(photo, b"foto")
    stored(other, b"lain")
    name = "Penyuluhan hukum " * 5
    packing = Packing()

    packing.add_all(
        Piece(Source.ACTIVITY, f"{name}, 31 Oktober 2025", "/", file)
        for file in (photo, photo, other)
    )
    packing.finished({}).close()

    assert [(each.number, each.is_again) for each in packing.packed] == [
        *((1, False), (1, True), (2, False)),
    ]
    assert (packing.files, packing.size) == (2, photo.size + other.size)
    assert packing.packed[0].name.endswith("_hukum_Penyuluhan.pdf")
    again, third = _files(packing.packed)[0].rows[1:]
    assert (again[0], again[1].small) == ("–", "sama dengan berkas nomor 1")
    assert third[0] == "2"


@pytest.mark.printing
def test_every_link_of_a_bundle_of_forty_files_leads_to_its_file(unit):
    by = person(Role.UNIT_OPERATOR, unit)
    title = "Pelatihan “menjahit” <b>/ ..\\ Uji " + "panjang " * 15
    activity = ActivityFactory(office=unit, status="verified", title=title)
    for number in range(FILES):
        photo = EvidenceFactory(activity=activity).document
        stored(photo, b"isi %d" % number)
    lost = EvidenceFactory(activity=activity)
    item = OfficePlanItemFactory(office=unit)

    issued = made(item, by)

    assert issued.is_sealed
    assert issued.package_size == issued.package.size
    with issued.package.open() as file, ZipFile(file) as package:
        names = package.namelist()
        page = package.read("00_Indeks.html").decode()
        links = [unquote(each) for each in re.findall(r'href="([^"]+)"', page)]
        inside = [link for link in links if not link.startswith("http")]
        assert sorted(inside) == sorted(set(names) - {"00_Indeks.html"})
        assert package.read("00_Indeks.pdf") == issued.file.read()
        text = "".join(
            each.extract_text()
            for each in pypdf.PdfReader(io.BytesIO(package.read("00_Indeks.pdf"))).pages
        )
        for link in inside:
            content = package.read(link)
            digest = hashlib.sha256(content).hexdigest()
            assert link == "00_Indeks.pdf" or digest in page
            assert re.fullmatch(r"[\w./]+", link), link
        assert package.read(inside[1]) == b"isi 0"
    assert inside[1].startswith("01_Kegiatan/01_Pelatihan_menjahit_b_Uji_panjang")
    assert len(inside) == FILES + 1
    assert f"{FILES} bukti, {FILES} berkas (" in page
    assert lost.activity.title[:10] in page
    assert "hilang dari penyimpanan" in page
    assert page.index("Yang belum berbukti") < page.index("Berkas di dalam paket")
    assert "hilang dari penyimpanan" in " ".join(text.split())


@pytest.mark.printing
def test_pressed_twice_it_is_made_once_and_a_newer_one_leaves_the_older(sign_in, unit):
    by = person(Role.UNIT_OPERATOR, unit)
    stored(PlanFileFactory(item=OfficePlanItemFactory(office=unit)).document, b"satu")
    client = sign_in(by)

    for _press in range(2):
        client.post(address("bundle_make", unit))
    first = IssuedDocument.objects.get()
    jobs.run(first.job_id)
    client.post(address("bundle_make", unit))
    second = IssuedDocument.objects.get(version=2)
    jobs.run(second.job_id)

    page = client.get(address("bundle", unit))
    for issued in (first, second):
        assert issued.get_package_url() in page.content.decode()
        answer = client.get(issued.get_package_url())
        content = b"".join(answer.streaming_content)
        assert ZipFile(io.BytesIO(content)).testzip() is None
    assert PlanItem.objects.count() == 1


def test_what_cannot_be_packed_is_said_in_words(unit, monkeypatch):
    by = person(Role.UNIT_OPERATOR, unit)
    item = OfficePlanItemFactory(office=unit)

    with pytest.raises(ValidationError, match="Belum ada satu pun berkas"):
        services.bundle(item, by=by)
    PlanFileFactory(item=item, document__size=services.MOST_BYTES + 1)
    with pytest.raises(ValidationError, match="satu paket paling besar 200,0 MB"):
        services.bundle(item, by=by)
    assert not IssuedDocument.objects.exists()


def test_an_office_adds_and_removes_files_of_its_own_alone(unit):
    by, above = (
        person(Role.UNIT_OPERATOR, unit),
        person(Role.REGIONAL_HEAD, unit.region),
    )
    item = OfficePlanItemFactory(office=unit)
    document = DocumentFactory(uploaded_by=by)

    with pytest.raises(ValidationError, match="kantornya sendiri"):
        services.add(PlanFile(shows="Notula"), item, document=document, by=above)
    kept = services.add(PlanFile(shows="Notula"), item, document=document, by=by)
    with pytest.raises(ValidationError, match="kantornya sendiri"):
        services.remove(kept, by=above)
    services.remove(kept, by=by)

    assert not PlanFile.objects.exists()
    assert not Document.objects.filter(pk=document.pk).exists()
    with pytest.raises(ValidationError, match="sudah dihapus"):
        services.remove(kept, by=by)


def test_neither_a_stranger_nor_a_partner_reads_it(sign_in, unit):
    item = OfficePlanItemFactory(office=unit)
    document = PlanFileFactory(item=item).document
    partner = person(Role.PARTNER, unit)
    for user, status in (
        (person(Role.UNIT_OPERATOR, UnitFactory(parent=RegionFactory())), 404),
        (partner, 403),
    ):
        client = sign_in(user)
        assert client.get(address("bundle", unit)).status_code == status
        assert client.post(address("bundle_make", unit)).status_code == status
        assert client.get(document.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("role", [Role.UNIT_OPERATOR, Role.REGIONAL_HEAD])
def test_its_pages_cost_little_whatever_there_is(
    sign_in, unit, role, django_assert_max_num_queries
):
    office = unit if role == Role.UNIT_OPERATOR else unit.region
    client = sign_in(person(role, office))
    for _number in range(3):
        activity = ActivityFactory(office=office, status="verified")
        EvidenceFactory(activity=activity)
        AgreementFactory(office=office, status="signed", scan=DocumentFactory())
    PlanFileFactory(item=OfficePlanItemFactory(office=office))
    client.get(address("bundles", office))

    with django_assert_max_num_queries(12):
        client.get(address("bundles", office))
    for code in ("KPI-05", "KPI-10", "KPI-07"):
        with django_assert_max_num_queries(12):
            assert client.get(address("bundle", office, code)).status_code == 200
