"""One nota with a Bupati and four PKS with his offices, signed on one day; then the
nota ends, and what stays is chosen."""

from datetime import timedelta

import pytest

from agreements.models import Agreement
from partners.kinds.first import LOCAL_GOVERNMENT
from pokmas.accounts.roles import Role
from pokmas.numbering.models import Number, OfficeCode
from tests.factories import PartnerFactory, PartnerKindFactory, UnitFactory, person
from tests.journeys.visitor import SIZES
from tests.pokmas.documents.corpus import pdf_of_words

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
NOTA = "Nota Kesepakatan Pembinaan Klien"
OFFICES = ["Dinas Kesehatan", "Dinas Pendidikan", "Dinas Sosial", "Dinas Tenaga Kerja"]
PLACE = "Piru"


@pytest.fixture
def unit():
    unit = UnitFactory(head_name="Kepala Uji")
    OfficeCode.objects.create(office=unit.region, code="28")
    OfficeCode.objects.create(office=unit, code="6")
    return unit


def local(unit, name, position):
    return PartnerFactory(
        office=unit,
        status="active",
        kind=PartnerKindFactory(code=LOCAL_GOVERNMENT),
        name=name,
        leader_name=f"Pimpinan {name}",
        leader_position=position,
    )


@pytest.mark.parametrize("visit", ["desk"], indirect=True)
def test_a_nota_and_four_pks_are_signed_on_one_day(visit, unit):
    regent = local(unit, "Pemerintah Kabupaten Contoh", "Bupati Contoh")
    for name in OFFICES:
        local(unit, name, f"Kepala {name}")
    operator, head = (
        visit(person(role, unit)) for role in (Role.UNIT_OPERATOR, Role.UNIT_HEAD)
    )
    reviewer = visit(person(Role.REGIONAL_REVIEWER, unit.region))

    nota = draft(operator, unit, regent)
    derive(operator, nota)
    papers = [nota, *nota.children.order_by("title")]
    for paper in papers:
        agree(operator, unit, paper)
    review(reviewer, papers)
    hold(operator, unit, papers)
    end(head, nota, stays=papers[1])


def draft(operator, unit, regent) -> Agreement:
    partnership = regent.at(unit)
    operator.open(partnership.get_absolute_url()).follow("Susun kerja sama")
    operator.choose(kind="joint").fill(
        title=NOTA,
        urgency="Pidana kerja sosial berlaku sejak awal tahun.",
        form="Pembinaan, penyediaan tempat, dan pelatihan.",
        subject="Pembinaan klien pemasyarakatan di kabupaten.",
        starts_on=f"{unit.today:%d-%m-%Y}",
        ends_on=f"{unit.today + timedelta(days=1095):%d-%m-%Y}",
    )
    operator.press("Simpan").sees("Draf kerja sama tersimpan")
    return Agreement.objects.get(title=NOTA)


def derive(operator, nota):
    operator.unfold("Tindakan lain").follow("Susun PKS di bawahnya")
    for name in OFFICES:
        operator.page.get_by_label(name).check()
    operator.press("Simpan draf PKS").sees("4 draf PKS tersimpan")


def agree(operator, unit, paper):
    operator.open(paper.get_absolute_url()).press("Bahas dengan mitra")
    operator.confirm("Buat naskah").open(paper.get_absolute_url())
    operator.unfold("Tindakan lain").follow("Catat jawaban mitra")
    operator.tick("verdict", "agree").choose(way="meeting")
    operator.fill(said_by="Sekda", said_on=f"{unit.today:%d-%m-%Y}")
    operator.press("Simpan jawaban").confirm("Ajukan telaah")


def review(reviewer, papers):
    for paper in papers:
        reviewer.open(paper.get_absolute_url()).follow("Telaah naskah")
        reviewer.tick("verdict", "ready").press("Simpan hasil")


def hold(operator, unit, papers):
    """Numbers in one run; four scans are kept although the fifth is no scan."""
    nota, *others = papers
    operator.open(f"{nota.get_absolute_url()}?tab=children")
    operator.follow("Siapkan hari penandatanganan").fill(place=PLACE)
    operator.press("Siapkan dan beri nomor").sees("5 nomor diberikan")
    operator.page.set_viewport_size(SIZES["phone"])
    for paper in papers:
        operator.fill(**{f"a{paper.pk}-partner_number": f"M/{paper.pk}"})
        scan = b"" if paper == papers[-1] else pdf_of_words(paper.title)
        operator.attach(f"a{paper.pk}-scan", "naskah.pdf", "application/pdf", scan)
    operator.page.locator("summary", has_text="Pimpinan Dinas Kesehatan").click()
    operator.fill(**{f"a{others[0].pk}-partner_signatory": "Plh. Dinas Kesehatan"})
    operator.fits().press("Simpan semua yang sudah diisi")
    operator.sees("4 penandatanganan tersimpan").sees("1 naskah belum tersimpan")
    operator.fits()
    scan = pdf_of_words(papers[-1].title)
    operator.attach(f"a{papers[-1].pk}-scan", "naskah.pdf", "application/pdf", scan)
    operator.press("Simpan naskah ini").sees("1 penandatanganan tersimpan")
    operator.page.set_viewport_size(SIZES["desk"])
    check(unit, papers)


def check(unit, papers):
    given = Number.objects.filter(office=unit).order_by("sequence")
    assert [(row.sequence, row.owner) for row in given] == [*enumerate(papers, start=1)]
    texts = [row.text for row in given]
    for paper, text in zip(papers, texts, strict=True):
        paper.refresh_from_db()
        assert (paper.status, paper.our_number) == ("signed", text)
        assert (paper.signed_on, paper.signed_at_place) == (unit.today, PLACE)
        assert (paper.our_signatory, paper.partner_number) == (
            unit.head_name,
            f"M/{paper.pk}",
        )
    assert len({paper.scan.sha256 for paper in papers}) == len(papers)
    assert [paper.partner_signatory for paper in papers] == [
        "Pimpinan Pemerintah Kabupaten Contoh",
        "Plh. Dinas Kesehatan",
        *(f"Pimpinan {name}" for name in OFFICES[1:]),
    ]


def end(head, nota, stays):
    """Four hang on it; the one that is ticked stays."""
    head.open(nota.get_absolute_url()).unfold("Tindakan lain").follow("Akhiri")
    for name in OFFICES:
        head.sees(f"PKS {nota.title} – {name}")
    head.tick("keep_children", stays.pk).fill(reason="Bupati mengakhiri nota.")
    head.attach("paper", "surat.pdf", "application/pdf", pdf_of_words("akhir"))
    head.press("Akhiri").sees("Kerja sama diakhiri")
    head.open(f"{nota.get_absolute_url()}?tab=children").fits()
    left = nota.children.filter(status="signed")
    assert (list(left), nota.children.filter(status="terminated").count()) == (
        [stays],
        3,
    )
