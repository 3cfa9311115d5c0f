"""The papers of a group: what they say, and that nothing typed breaks them."""

import io
import re
import shutil
import subprocess
from datetime import UTC, date, datetime

import docx
import pypdfium2
import pytest
from django.urls import reverse
from docx.oxml.ns import qn

from partners.decrees import fields
from partners.decrees.papers import GroupPaper
from partners.models import Clause, CommunityGroup
from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from pokmas.documents.models import IssuedDocument
from pokmas.jobs import services as jobs
from pokmas.jobs.models import Job
from pokmas.papers import printing, srikandi
from pokmas.papers.kinds import PAPERS
from tests.factories import (
    CommunityGroupFactory,
    GroupMembershipFactory,
    RegencyFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)
from tests.pokmas.documents.factories import IssuedDocumentFactory
from tests.pokmas.papers.reading import text_of_pdf, text_of_word

pytestmark = pytest.mark.django_db
DRAFTS = sorted(kind for kind, paper in PAPERS.items() if isinstance(paper, GroupPaper))
HOSTILE = [
    "Mitra " + "panjang " * 18,
    "Pondok Qur'an Al-Ikhlas",
    "<script>alert(1)</script>",
    "Mitra {{ 7*7 }} {{ nomor_sk }} {% now %}",
    "Mitra ${x} ${nomor_naskah} {0.__class__}",
]


def group_of(count, *, status="assessed", names=()):
    unit = UnitFactory(
        name="Bapas Kelas II Kupang",
        regency=RegencyFactory(code="53.71", name="Kota Kupang"),
    )
    planned = {
        "ceremony_at": datetime(2026, 3, 2, 1, tzinfo=UTC),
        "ceremony_place": "Aula Bapas Kupang",
        "inaugurated_by": "Kepala Kanwil",
    }
    group = CommunityGroupFactory(
        office=unit,
        name="Pokmas Oebobo",
        status=status,
        **(planned if status == "established" else {}),
    )
    for place in range(count):
        name = names[place % len(names)] if names else f"Yayasan Uji {place:03}"
        GroupMembershipFactory(
            group=group,
            role="member" if place else "chair",
            partner__name=name[:150],
        )
    return group


def made(kind, group):
    """The draft as a worker makes it: PDF and Word."""
    paper = PAPERS[kind]
    owner = paper.rows().get(pk=group.pk)
    issued = documents.issue(
        kind=kind,
        office=group.office,
        owner=group,
        is_draft=True,
        **vars(paper.identity(owner)),
    )
    with printing.as_printed(group.office):
        content = paper.content(owner, issued)
        pdf = printing.pdf_of(content, issued, made_by=None).content
        return issued, pdf, paper.word(owner, content, issued)


def said(kind, group):
    """Its texts, read from the Word file."""
    _issued, _pdf, word = made(kind, group)
    paragraphs = docx.Document(io.BytesIO(word)).element.body.iter(qn("w:p"))
    texts = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs]
    return [text for text in texts if text]


STATUSES = {"partners.decree": "assessed"}


def of_kind(kind, count, names=()):
    status = STATUSES.get(kind, "established")
    return group_of(count, status=status, names=names)


@pytest.mark.printing
@pytest.mark.parametrize("kind", DRAFTS)
@pytest.mark.parametrize("count", [5, 120])
def test_both_files_say_the_same_with_few_members_and_with_many(kind, count):
    issued, pdf, word = made(kind, of_kind(kind, count))

    heads = r"No\.Nama(?:lembagaBidang|lembagaP|danjabatan)[A-Za-z]*"
    in_pdf = re.sub(heads, "", text_of_pdf(pdf, issued))
    # The one thing that they say otherwise: what is filled in later is left blank.
    in_word = srikandi.BLANK.placed(text_of_word(word))
    assert re.sub(heads, "", in_word) == in_pdf
    assert f"YayasanUji{count - 1:03}" in in_pdf


@pytest.mark.printing
@pytest.mark.parametrize("kind", DRAFTS)
def test_a_hostile_name_is_printed_as_it_is_and_nothing_is_evaluated(kind):
    issued, pdf, word = made(kind, of_kind(kind, 5, HOSTILE))

    lost = [
        name
        for name in HOSTILE
        for text in (text_of_pdf(pdf, issued), text_of_word(word))
        if re.sub(r"\s+", "", name[:150]) not in text
    ]
    assert lost == []


@pytest.mark.printing
@pytest.mark.parametrize("kind", sorted({*DRAFTS} - {"partners.attendance"}))
def test_what_srikandi_fills_stands_in_one_run_each(kind):
    _issued, _pdf, word = made(kind, of_kind(kind, 5))

    runs = [
        "".join(text.text or "" for text in run.iter(qn("w:t")))
        for run in docx.Document(io.BytesIO(word)).element.body.iter(qn("w:r"))
    ]

    signed = {*srikandi.VARIABLES} - {srikandi.FILLED.date}
    assert [each for each in signed if not any(each in run for run in runs)] == []


@pytest.mark.printing
@pytest.mark.parametrize("kind", DRAFTS)
def test_a_printed_draft_has_lines_to_write_on_where_srikandi_would_fill_in(kind):
    issued, pdf, _word = made(kind, of_kind(kind, 1))

    text = text_of_pdf(pdf, issued)

    assert "${" not in text
    assert "NIP………" in text


@pytest.mark.printing
def test_libreoffice_reads_the_decree_as_it_is_printed(tmp_path):
    """Where it is installed; elsewhere the file is at least opened and read."""
    _issued, pdf, word = made("partners.decree", group_of(120))
    path = tmp_path / "sk.docx"
    path.write_bytes(word)

    if office := shutil.which("soffice"):
        order = [office, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
        home = f"-env:UserInstallation=file://{tmp_path}/profile"
        subprocess.run([*order, home, str(path)], check=True, capture_output=True)
        found = pypdfium2.PdfDocument(tmp_path / "sk.pdf")
        text = "".join(page.get_textpage().get_text_bounded() for page in found)
    else:
        text = "".join(
            piece.text or ""
            for piece in docx.Document(path).element.body.iter(qn("w:t"))
        )

    assert [n for n in range(120) if f"Yayasan Uji {n:03}" not in text] == []
    assert [each for each in srikandi.VARIABLES if each not in text] == []
    assert pypdfium2.PdfDocument(pdf)[0] is not None


@pytest.mark.printing
def test_a_decree_considers_has_regard_and_rules():
    texts = said("partners.decree", group_of(5))

    for word in (
        "KEPALA BALAI PEMASYARAKATAN KELAS II KUPANG,",
        "Menimbang",
        "Mengingat",
        "MEMUTUSKAN:",
        "Menetapkan",
        "KESATU",
        "Ditetapkan di Kupang",
        "pada tanggal ${tanggal_naskah}",
        "Lampiran",
        "Yayasan Uji 000Ketua",
    ):
        assert word in texts
    assert not any("{{" in text for text in texts)


@pytest.mark.printing
def test_a_paper_says_the_clauses_that_hold_on_its_day():
    Clause.objects.filter(part="basis").delete()
    Clause.objects.create(
        paper="decrees",
        part="basis",
        text="Lama",
        valid_from=date(2020, 1, 1),
        valid_until=date(2021, 1, 1),
    )
    Clause.objects.create(
        paper="decrees", part="basis", text="Kelak", valid_from=date(2099, 1, 1)
    )
    Clause.objects.create(
        paper="decrees",
        part="basis",
        text="Arsip",
        valid_from=date(2020, 1, 1),
        is_active=False,
    )
    Clause.objects.create(
        paper="decrees", part="basis", text="Sekarang", valid_from=date(2020, 1, 1)
    )

    texts = said("partners.decree", group_of(1))

    assert "Sekarang" in texts
    assert {"Lama", "Kelak", "Arsip"} & set(texts) == set()


@pytest.mark.printing
@pytest.mark.parametrize(("count", "listed"), [(3, False), (5, True)])
def test_many_guests_are_listed_behind_the_invitation(count, listed):
    texts = said("partners.invitation", group_of(count, status="established"))

    assert ("Daftar undangan" in texts) is listed
    assert "Senin, 2 Maret 2026" in texts


def test_the_day_of_an_inauguration_that_took_place_is_the_real_one():
    group = group_of(1, status="active")

    values = fields.values_of(group, list(fields.members_of(group)))

    assert values["hari_pengukuhan"] == "Senin, 12 Januari 2026"


def test_each_field_that_the_page_names_has_a_value():
    group = group_of(1, status="established")
    members = list(fields.members_of(group))

    values = fields.values_of(group, members)
    [row] = fields.rows_of(group, members)

    assert list(values) == [field.name for field in fields.OF_GROUP]
    assert list(row) == [field.name for field in fields.OF_MEMBER]


@pytest.mark.parametrize(
    ("address", "village", "printed"),
    [
        ("Jalan Uji 1", "", "Jalan Uji 1, Kota Kupang"),
        ("Jalan Uji 1", "Oebobo", "Jalan Uji 1, Oebobo, Kota Kupang"),
        ("Jalan Uji 1, Kota Kupang", "", "Jalan Uji 1, Kota Kupang"),
        ("Jalan Uji 1, kota kupang.", "", "Jalan Uji 1, Kota Kupang"),
        (
            "Jalan Uji 1, Oebobo Kota Kupang",
            "Oebobo",
            "Jalan Uji 1, Oebobo, Kota Kupang",
        ),
        ("Jalan Biskota Kupang", "", "Jalan Biskota Kupang, Kota Kupang"),
    ],
)
def test_the_place_of_a_member_is_printed_once(address, village, printed):
    group = group_of(0)
    GroupMembershipFactory(
        group=group,
        partner__address=address,
        partner__village=village,
        partner__regency=group.office.regency,
    )

    [row] = fields.rows_of(group, list(fields.members_of(group)))

    assert row["anggota.alamat"] == printed


# Through the pages


@pytest.fixture
def asked(sign_in):
    """Asks for a paper of a group as its operator, and makes it."""

    def ask(kind, group):
        client = sign_in(person(Role.UNIT_OPERATOR, group.office))
        response = client.post(reverse("papers:ask", args=[kind, group.pk]))
        jobs.run(Job.objects.get(kind=kind).pk)
        return client, response

    return ask


@pytest.mark.printing
def test_a_draft_is_made_on_the_page_of_the_assessed_group(asked):
    group = group_of(5)

    client, response = asked("partners.decree", group)

    page = client.get(response.url)
    issued = IssuedDocument.objects.get()
    assert (issued.status, issued.is_sealed, issued.number) == ("draft", True, "")
    assert response.url == f"{group.get_absolute_url()}?tab=papers#tabs"
    text = page.content.decode()
    assert issued.get_word_url() in text
    assert issued.get_check_url() not in text
    assert client.get(issued.get_absolute_url()).status_code == 200


@pytest.mark.printing
def test_nobody_finds_a_draft_on_the_check_page_nor_a_member_its_file(asked, sign_in):
    group = group_of(1)
    member = RepresentativeFactory(partner=group.partnerships.get())
    asked("partners.decree", group)
    issued = IssuedDocument.objects.get()

    client = sign_in(member.user)

    assert client.get(issued.get_check_url()).status_code == 404
    assert client.get(issued.get_absolute_url()).status_code == 404
    assert client.get(issued.get_word_url()).status_code == 404
    page = client.get(f"{group.get_absolute_url()}?tab=papers").content.decode()
    assert "Konsep SK" not in page


def drafts_on(page) -> set[str]:
    panels = page.context["panels"]
    return {each.paper.kind for each in panels if each.may_ask and each.paper.is_draft}


@pytest.mark.parametrize(
    "status", [s for s in CommunityGroup.Status if s != "dissolved"]
)
def test_a_draft_is_offered_while_there_is_use_for_it(sign_in, status):
    group = CommunityGroupFactory(status=status)
    client = sign_in(person(Role.UNIT_OPERATOR, group.office))

    page = client.get(f"{group.get_absolute_url()}?tab=papers")

    offered = drafts_on(page)
    assert offered == {
        "assessed": {"partners.decree"},
        "established": {"partners.dissolution"},
        "active": {"partners.dissolution", "partners.inauguration"},
        "dormant": {"partners.dissolution"},
    }.get(status, set())


@pytest.mark.parametrize("status", ["established", "active", "dormant"])
def test_a_paper_once_made_stays_to_be_downloaded_and_is_not_made_anew(sign_in, status):
    group = CommunityGroupFactory(status=status)
    made = IssuedDocumentFactory(
        kind="partners.decree", owner=group, status="draft", sha256="ab" * 32
    )
    client = sign_in(person(Role.UNIT_OPERATOR, group.office))

    page = client.get(f"{group.get_absolute_url()}?tab=papers")

    (panel,) = [each for each in page.context["panels"] if each.issued]
    assert (panel.issued, panel.may_ask) == (made, False)
    assert made.get_absolute_url() in page.content.decode()


def test_the_papers_of_an_inauguration_wait_for_its_day_and_place(sign_in):
    group = CommunityGroupFactory(status="established")
    client = sign_in(person(Role.UNIT_OPERATOR, group.office))
    tab = f"{group.get_absolute_url()}?tab=papers"
    before = client.get(tab).content.decode()

    response = client.post(
        reverse("partners:group_plan_ceremony", args=[group.pk]),
        {
            "ceremony_at_0": "2-3-2026",
            "ceremony_at_1": "09.00",
            "ceremony_place": "Aula Bapas",
            "inaugurated_by": "Kepala Kanwil",
        },
    )

    assert before.count("Dapat dibuat sesudah hari dan tempat pengukuhan diisi.") == 3
    assert response.url == f"{tab}#tabs"
    page = client.get(tab)
    assert drafts_on(page) == {each for each in DRAFTS if each != "partners.decree"}
    assert "Aula Bapas" in page.content.decode()


def test_an_inauguration_is_not_planned_before_the_decree(sign_in):
    group = CommunityGroupFactory(status="established")

    response = sign_in(person(Role.UNIT_OPERATOR, group.office)).post(
        reverse("partners:group_plan_ceremony", args=[group.pk]),
        {
            "ceremony_at_0": "4-1-2026",
            "ceremony_at_1": "09.00",
            "ceremony_place": "Aula",
            "inaugurated_by": "Kepala Kanwil",
        },
    )

    [error] = response.context["form"].errors["ceremony_at"]
    assert "sebelum tanggal SK" in error


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.UNIT_HEAD, 302),
        (Role.REGIONAL_ADMIN, 403),
        (Role.AMBASSADOR, 403),
        (Role.PARTNER, 403),
    ],
)
def test_drafts_are_made_by_the_head_and_the_operator(sign_in, role, status):
    group = CommunityGroupFactory(status="assessed")
    office = group.office.parent if role == Role.REGIONAL_ADMIN else group.office

    url = reverse("papers:ask", args=["partners.decree", group.pk])

    assert sign_in(person(role, office)).post(url).status_code == status


def test_another_unit_does_not_find_the_group_of_a_draft(sign_in):
    group = CommunityGroupFactory(status="assessed")

    url = reverse("papers:ask", args=["partners.decree", group.pk])

    assert sign_in(person(Role.UNIT_OPERATOR)).post(url).status_code == 404
