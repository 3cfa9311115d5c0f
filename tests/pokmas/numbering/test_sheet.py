"""Archive codes of headquarters from a sheet."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from pokmas.documents.inspection import LISTS
from pokmas.imports import services
from pokmas.imports.models import Import
from pokmas.numbering.models import Classification
from tests.factories import UnitFactory, person
from tests.partners.imports.conftest import worked
from tests.pokmas.imports.workbooks import xlsx
from tests.pokmas.numbering.factories import NumberFactory

pytestmark = pytest.mark.django_db
HEAD = ["No", "Kode", "Uraian", "Induk", "Tingkat", "Aktif"]


@pytest.fixture
def officer():
    return person(Role.HEADQUARTERS)


@pytest.fixture
def read(officer):
    def _read(*rows):
        sheet = SimpleUploadedFile("klasifikasi.xlsx", xlsx([HEAD, *rows]))
        record = Import(kind="classifications", office=officer.acting.office)
        file = documents.store(sheet, by=officer, kinds=LISTS)
        return worked(services.start(record, document=file, by=officer))

    return _read


def test_what_becomes_of_each_code(read, officer, sign_in):
    Classification.objects.create(code="KU.01", name="Keuangan", is_active=False)

    record = read(
        [1, "ku.01", "Keuangan", None, 2, None],
        [2, "KU.01", "Anggaran", None, 2, "Ya"],
        [3, "KU.01.02", "Anggaran", "KU.01", 3, "Tidak"],
        [4, "KU.01.03", "Belanja", "KU.02", 3, None],
        [5, "KU.09.01", "Lain", "KU.09", 3, None],
        [6, "KU 1", "Salah", None, 2, None],
        [7, "KP", "Kepegawaian", None, 1, None],
        [8, "KP.04", None, "KP", 2, None],
        [9, "KP", "Lagi", None, 1, None],
    )

    assert dict(record.rows.values_list("number", "result")) == {
        2: "same",
        3: "conflict",
        4: "new",
        5: "wrong",
        6: "wrong",
        7: "wrong",
        8: "new",
        9: "wrong",
        10: "conflict",
    }
    assert record.rows.get(number=3).reason == (
        "Uraian (C3): di portal: Keuangan · Masih dipakai (F3): di portal: Diarsipkan"
    )
    assert "bukan awal" in record.rows.get(number=5).reason
    known = Classification.objects.get(code="KU.01")
    page = sign_in(officer).get(reverse("imports:row", args=[record.pk, 3]))
    assert known.get_absolute_url() in page.text


def test_they_come_in_and_go_again_but_for_those_in_use(read, officer):
    record = read(
        [1, "KP", "Kepegawaian", None, 1, None],
        [2, "KP.04", "Mutasi", "KP", 2, "Tidak"],
    )
    services.enter(record, by=officer)
    record = worked(record)
    made = Classification.objects.filter(code__startswith="KP").order_by("code")
    assert [(row.code, row.is_active) for row in made] == [
        ("KP", True),
        ("KP.04", False),
    ]

    NumberFactory(classification=made[0])
    services.undo(record, by=officer)
    record = worked(record)

    assert [row.code for row in made.all()] == ["KP"]
    assert "sudah dipakai" in record.rows.get(number=2).reason


def test_headquarters_finds_it_and_sees_no_list_of_a_unit(sign_in, officer, read):
    own = read([1, "KP", "Kepegawaian", None, 1, None])
    other = Import.objects.create(
        kind="partners", office=UnitFactory(), document_id=0, name="Daftar unit"
    )
    client = sign_in(officer)

    address = reverse("imports:create", args=["classifications"])
    assert (
        address in client.get(reverse("reference:index", args=["classifications"])).text
    )
    assert client.get(address).status_code == 200
    assert client.get(own.get_absolute_url()).status_code == 200
    assert client.get(other.get_absolute_url()).status_code == 404
    for kind in ("partners", "members", "agreements"):
        page = client.get(reverse("imports:create", args=[kind]))
        assert page.status_code in {302, 403, 404}


def test_a_unit_brings_in_no_codes(sign_in):
    client = sign_in(person(Role.UNIT_OPERATOR, UnitFactory()))

    page = client.get(reverse("imports:create", args=["classifications"]))

    assert page.status_code == 403
