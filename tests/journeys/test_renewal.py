"""A signed agreement is amended, reported on at its end, and renewed."""

from datetime import timedelta

import pytest

from agreements.models import Agreement, Contact
from pokmas.accounts.roles import Role
from pokmas.numbering.models import OfficeCode
from tests.agreements.texts.factories import TextVersionFactory
from tests.factories import AgreementFactory, PlanItemFactory, UnitFactory, person
from tests.pokmas.documents.corpus import pdf_of_words

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW = "Pelatihan menjahit dan membatik bagi klien."
WANTED = ["Kelas menjahit", "Pameran karya"]


@pytest.fixture
def unit():
    unit = UnitFactory(head_name="Kepala Uji")
    OfficeCode.objects.create(office=unit.region, code="22")
    OfficeCode.objects.create(office=unit, code="3")
    return unit


@pytest.fixture
def agreement(unit):
    """It ends in two months; both sides named two whom to call."""
    starts_on = unit.today - timedelta(days=300)
    agreement = AgreementFactory(
        office=unit,
        status="signed",
        title="PKS Menjahit",
        starts_on=starts_on,
        signed_on=starts_on,
        number_year=starts_on.year,
        ends_on=unit.today + timedelta(days=40),
    )
    for order, name in enumerate(WANTED):
        PlanItemFactory(agreement=agreement, order=order, type_name=name)
    for side in Contact.Side:
        for place in Contact.Place:
            Contact.objects.create(
                agreement=agreement,
                side=side,
                place=place,
                name=f"{side.label} {place.label}",
                phone="+628123456789",
                since=starts_on,
                confirmed_on=starts_on,
            )
    return agreement


@pytest.mark.parametrize("visit", ["desk"], indirect=True)
def test_an_agreement_is_amended_reported_on_and_renewed(visit, unit, agreement):
    operator, head = (
        visit(person(role, unit)) for role in (Role.UNIT_OPERATOR, Role.UNIT_HEAD)
    )
    reviewer = visit(person(Role.REGIONAL_REVIEWER, unit.region))
    TextVersionFactory(agreement=agreement)

    ends_on = agreement.ends_on + timedelta(days=30)
    amend(operator, agreement, ends_on)
    merge(reviewer, head, agreement, ends_on)
    report(operator, head, agreement)
    renew(operator, agreement)


def amend(operator, agreement, ends_on):
    operator.open(agreement.get_absolute_url())
    operator.unfold("Tindakan lain").follow("Ubah dengan adendum")
    operator.fill(subject=NEW, ends_on=f"{ends_on:%d-%m-%Y}").press("Simpan")
    operator.sees("Draf adendum tersimpan").press("Bahas dengan mitra")
    amendment = agreement.amendments.get()
    operator.confirm("Buat naskah")
    operator.open(f"{amendment.get_absolute_url()}?tab=changes").fits()
    operator.sees(NEW)
    operator.unfold("Tindakan lain").follow("Catat jawaban mitra")
    operator.tick("verdict", "agree").choose(way="meeting")
    operator.fill(said_by="Ketua", said_on=f"{agreement.office.today:%d-%m-%Y}")
    operator.press("Simpan jawaban").confirm("Ajukan telaah")


def merge(reviewer, head, agreement, ends_on):
    """Until it is signed the agreement says what it said."""
    amendment = agreement.amendments.get()
    reviewer.open(amendment.get_absolute_url()).follow("Telaah naskah")
    reviewer.tick("verdict", "ready").press("Simpan hasil").sees("Siap tanda tangan")
    agreement.refresh_from_db()
    assert agreement.subject != NEW
    head.open(amendment.get_absolute_url()).follow("Catat penandatanganan")
    head.fill(signed_on=f"{agreement.office.today:%d-%m-%Y}", signed_at_place="Kupang")
    head.attach("scan", "adendum.pdf", "application/pdf", pdf_of_words("adendum"))
    head.press("Simpan penandatanganan").sees("Kerja sama sudah ditandatangani")
    head.open(agreement.get_absolute_url()).sees(NEW)
    agreement.refresh_from_db()
    assert (agreement.subject, agreement.ends_on) == (NEW, ends_on)


def report(operator, head, agreement):
    operator.open(agreement.get_absolute_url())
    operator.unfold("Tindakan lain").follow("Susun laporan akhir")
    for place, state in enumerate(["achieved", "partly"]):
        operator.choose(**{f"state_{place}": state})
        operator.fill(**{f"proof_{place}": "Daftar hadir"})
    operator.fill(remains_1="Pameran bersama", benefit="Klien menerima pesanan.")
    operator.tick("advice", "continue").press("Ajukan laporan akhir")
    operator.sees("Laporan akhir diajukan")
    head.open(agreement.get_absolute_url()).follow("Periksa evaluasi")
    head.sees("Pameran bersama")
    head.tick("verdict", "confirmed").press("Simpan").sees("Penilaian Anda tersimpan")
    ended = agreement.evaluations.get(kind="final")
    states = list(ended.outcomes.order_by("order").values_list("state", flat=True))
    assert (ended.status, states) == ("confirmed", ["achieved", "partly"])


def renew(operator, agreement):
    """One press; words, targets and contacts come along, the results stand beside."""
    operator.open(agreement.get_absolute_url()).press("Perpanjang")
    operator.sees("Draf perpanjangan tersusun").sees("Hasil masa sebelumnya")
    operator.sees("Pameran bersama").fits()
    made = Agreement.objects.get(renews=agreement)
    assert (made.subject, made.starts_on) == (NEW, agreement.ends_on + timedelta(1))
    assert [item.type_name for item in made.plan_items.all()] == WANTED
    assert made.contacts.filter(confirmed_on=None).count() == 4
