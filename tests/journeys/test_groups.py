"""A group from its proposal to its inauguration, with the papers that it needs."""

import io

import docx
import pypdf
import pytest
from django.urls import reverse

from partners.models import CommunityGroup, Field
from pokmas.accounts.roles import Role
from pokmas.offices.models import Office
from tests.factories import PartnershipFactory, UnitFactory, person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
]
NAME = "Pokmas Lipas Umpama"
PLACES = ["chair", "secretary", "treasurer", "coordinator", "member"]


@pytest.mark.parametrize("visit", ["desk"], indirect=True)
def test_a_group_is_proposed_decreed_inaugurated_and_counted(visit, worker):
    unit = UnitFactory(kind=Office.Kind.PROBATION, head_name="Kepala Uji")
    operator, head = person(Role.UNIT_OPERATOR, unit), person(Role.UNIT_HEAD, unit)
    partners = [
        PartnershipFactory(office=unit, status="approved", name=f"Yayasan Umpama {n}")
        for n in range(len(PLACES))
    ]
    officer = visit(operator)

    propose(officer, partners)
    assess(officer)
    scan = draft(officer)
    day = f"{unit.today:%d-%m-%Y}"
    establish(visit(head), scan, day)
    inaugurate(officer, day)
    count(officer, unit)

    group = CommunityGroup.objects.get()
    roles = group.memberships.current().order_by("partnership__partner__name")
    assert (group.status, [row.role for row in roles]) == ("active", PLACES)
    assert {row.partnership.status for row in roles} == {"active"}


def propose(officer, partners):
    officer.open(reverse("partners:group_index")).follow("Usulkan kelompok")
    field = Field.objects.in_use().filter(is_mandatory=True).first()
    officer.fill(name=NAME).tick("field", field.pk).press("Simpan")
    officer.follow("Tambah anggota")
    for partnership, role in zip(partners, PLACES, strict=True):
        officer.tick("members", partnership.pk)
        officer.choose(**{f"role_{partnership.pk}": role})
    officer.press("Tambahkan").sees("Anggota ditambahkan")


def assess(officer):
    officer.follow("Catat hasil asesmen").fill(assessment="Layak dan cukup.")
    officer.press("Simpan dan teruskan kepada kepala").sees("kepala diberi tahu")


def draft(officer) -> bytes:
    """The decree in both forms, each naming the members; signed, it comes back."""
    officer.follow("Naskah yang dapat dibuat portal").press("Buat")
    officer.sees("Unduh PDF")
    paper = download(officer, "Unduh PDF")
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages]
    word = docx.Document(io.BytesIO(download(officer, "Unduh Word")))
    rows = [cell.text for row in word.tables[-1].rows for cell in row.cells]
    for number in range(len(PLACES)):
        name = f"Yayasan Umpama {number}"
        assert name in pages[-1]
        assert any(name in text for text in rows)
    return paper


def download(officer, words) -> bytes:
    with officer.page.expect_download() as coming:
        officer.page.locator("main").get_by_role("link", name=words).first.click()
    return coming.value.path().read_bytes()


def establish(head, scan, day):
    head.open("/").follow(NAME).follow("Tetapkan dengan SK")
    head.fill(decree_number="W.22-SK-1", decree_on=day)
    head.attach("decree", "sk.pdf", "application/pdf", scan)
    head.press("Tetapkan kelompok").sees("Kelompok ditetapkan")


def inaugurate(officer, day):
    officer.open("/").follow(NAME).follow("Siapkan pengukuhan")
    officer.fill(ceremony_at_0=day, ceremony_at_1="09.00", ceremony_place="Aula")
    officer.fill(inaugurated_by="Kakanwil").press("Simpan").sees("Tersimpan")
    officer.sees("Undangan pengukuhan")
    officer.follow("Catat pengukuhan")
    officer.press("Simpan dan aktifkan").sees("Kelompok aktif")


def count(officer, unit):
    officer.open("/").follow("Kelompok Bapas terhadap pedoman")
    row = officer.page.locator("tr", has_text=unit.name)
    assert "1" in row.inner_text()
    row.get_by_role("link", name="1").first.click()
    officer.sees(NAME)
