"""The paper that sums an agreement up: who gets it, what it says, when it ends."""

import io
import re

import pypdf
import pypdfium2
import pytest
import time_machine
import zxingcpp
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from agreements.extracts.papers import AgreementExtract
from agreements.models import Agreement
from agreements.standing import services as standing
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.documents.models import IssuedDocument
from pokmas.jobs import services as jobs
from pokmas.jobs.models import Job
from pokmas.notices.models import Notice
from pokmas.papers import services as papers
from tests.factories import (
    AgreementFactory,
    CommunityGroupFactory,
    DocumentFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)
from tests.pokmas.documents.corpus import pdf, upload
from tests.pokmas.papers.reading import faults_of_word, text_of_pdf, text_of_word

PAPERS = {"tab": "papers"}
pytestmark = pytest.mark.django_db

Status = IssuedDocument.Status


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


def asked(agreement, by=None) -> IssuedDocument:
    by = by or person(Role.UNIT_OPERATOR, agreement.office)
    return papers.ask(AgreementExtract.kind, agreement, by=by)


def made(agreement=None, by=None, **fields) -> IssuedDocument:
    """An extract whose PDF the worker has made."""
    agreement = agreement or AgreementFactory(status="signed", **fields)
    issued = asked(agreement, by)
    jobs.run(issued.job_id)
    return IssuedDocument.objects.select_related("job").get(pk=issued.pk)


def test_of_an_agreement_that_has_not_begun_its_page_says_from_when(sign_in):
    agreement = AgreementFactory(status="signed", starts_on="2027-01-01")
    client = sign_in(person(Role.UNIT_OPERATOR, agreement.office))

    page = client.get(agreement.get_absolute_url(), PAPERS)

    assert "Dapat dibuat mulai 1 Januari 2027" in page.text
    assert reverse("papers:ask", args=["agreements.extract", agreement.pk]) not in (
        page.text
    )


@pytest.mark.printing
def test_a_button_to_download_downloads(sign_in):
    issued = made()
    client = sign_in(person(Role.UNIT_OPERATOR, issued.office))

    page = client.get(issued.owner.get_absolute_url(), PAPERS)

    assert f'href="{issued.get_absolute_url()}" download>' in page.text


def of(agreement) -> IssuedDocument:
    return IssuedDocument.objects.of(agreement).get()


def content(issued) -> bytes:
    with issued.file.open() as file:
        return file.read()


def text(content: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(content))
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def head_of(agreement):
    return person(Role.UNIT_HEAD, agreement.office)


# Making it


def test_an_agreement_in_force_gets_a_valid_paper_that_ends_with_it():
    agreement = AgreementFactory(status="signed")
    operator = person(Role.UNIT_OPERATOR, agreement.office)

    issued = made(agreement, operator)

    assert (issued.job.state, issued.job.queue) == (Job.State.DONE, "pdf")
    assert (issued.status, issued.number) == (Status.VALID, agreement.our_number)
    assert (issued.holder, issued.office) == (agreement.partner.name, agreement.office)
    assert issued.valid_until == agreement.ends_on
    entry = Entry.objects.about(agreement).get(action="agreement.extracted")
    assert (entry.actor, entry.details["code"]) == (operator, issued.code)
    assert Notice.objects.get(user=operator).url == (
        f"{agreement.get_absolute_url()}?tab=papers#tabs"
    )


@pytest.mark.printing
def test_the_paper_says_who_agreed_on_what_until_when():
    unit = UnitFactory(name="Bapas Kelas II Kupang", phone="+62380123456")
    scan = DocumentFactory(sha256="ab" * 32)
    agreement = AgreementFactory(
        office=unit,
        status="signed",
        title="PKS Pelatihan Menjahit",
        partner__name="Yayasan Kasih",
        our_nip="198001012005011001",
        scan=scan,
    )

    words = text(content(made(agreement)))

    assert "BALAI PEMASYARAKATAN KELAS II KUPANG" in words
    assert "PKS Pelatihan Menjahit" in words
    assert agreement.our_number in words
    assert "Yayasan Kasih" in words
    assert "Kepala Uji, Kepala Bapas Uji NIP 19800101 200501 1 001" in words
    assert "Maria Uji, Ketua" in words
    assert "Pelatihan menjahit bagi klien" in words
    assert "Berlaku pada 21 November 2026" in words
    assert "berlaku 21 November 2026 sampai 9 Januari 2027" in words
    assert "ab" * 32 in words.replace(" ", "")


@pytest.mark.printing
def test_the_qr_leads_to_a_check_page_that_shows_the_facts_and_nothing_else(client):
    issued = made(title="Judul Yang Tidak Umum", our_signatory="Nama Pejabat")
    printed = pypdfium2.PdfDocument(content(issued))
    page = printed[len(printed) - 1]

    (found,) = zxingcpp.read_barcodes(page.render(scale=3).to_pil())

    assert found.text == f"http://testserver/v/{issued.code}/"
    page = client.get(found.text.removeprefix("http://testserver"))
    words = page.content.decode()
    assert "Dokumen ini sah" in words
    shown = (issued.number, issued.holder, issued.office_name, issued.sha256)
    assert [fact for fact in shown if fact not in words] == []
    assert "9 Januari 2027" in words
    assert "Ringkasan kerja sama: Judul Yang Tidak Umum" in words
    assert "Nama Pejabat" not in words


@pytest.mark.printing
def test_the_paper_is_tagged_and_its_fonts_are_embedded():
    reader = pypdf.PdfReader(io.BytesIO(content(made(title="PKS Menjahit"))))

    root = reader.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "id")
    assert reader.metadata.title == "Ringkasan kerja sama: PKS Menjahit"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in inner["/FontDescriptor"]


@pytest.mark.printing
def test_its_word_file_says_what_the_paper_says(sign_in):
    issued = made(title="PKS Menjahit", our_nip="198001012005011001")

    with issued.word.open() as file:
        word = file.read()

    assert text_of_word(word) == text_of_pdf(content(issued), issued)
    assert faults_of_word(word) == []
    page = sign_in(head_of(issued.owner)).get(issued.owner.get_absolute_url(), PAPERS)
    assert issued.get_word_url() in page.content.decode()


@pytest.mark.printing
def test_the_longest_text_fits_on_two_pages():
    issued = made(form="bentuk " * 285, subject="pokok " * 660, title="J" * 200)

    assert issued.pages == 2


# Asking twice, changes, the end


@pytest.mark.printing
def test_asking_twice_gives_the_same_file():
    agreement = AgreementFactory(status="signed")
    first = made(agreement)

    again = asked(agreement, person(Role.UNIT_HEAD, agreement.office))
    jobs.run(again.job_id)

    again.refresh_from_db()
    assert (again, again.sha256) == (first, first.sha256)
    assert (IssuedDocument.objects.count(), Job.objects.count()) == (1, 1)


@pytest.mark.printing
def test_the_database_keeps_one_paper_a_version():
    issued = made()
    copy = {
        field.name: getattr(issued, field.name)
        for field in IssuedDocument._meta.concrete_fields
        if field.name not in {"id", "code"}
    }

    with pytest.raises(IntegrityError, match="issued_version_once"):
        IssuedDocument.objects.create(**copy)


@pytest.mark.printing
def test_a_changed_agreement_gets_a_new_paper_that_replaces_the_old_one():
    agreement = AgreementFactory(status="signed")
    first = made(agreement)
    agreement.our_signatory = "Pejabat Baru"
    agreement.save_edit(agreement.revision, ["our_signatory"])

    second = made(agreement)

    first.refresh_from_db()
    assert (first.status, second.status) == ("replaced", "valid")
    assert (first.version, second.version) == (1, 2)
    assert "Pejabat Baru" in text(content(second))


@pytest.mark.printing
@pytest.mark.parametrize("named", ["partner", "group", "umbrella", "office"])
def test_a_new_name_of_what_it_names_gets_a_new_paper(named):
    unit = UnitFactory()
    agreement = AgreementFactory(
        status="signed",
        office=unit,
        group=CommunityGroupFactory(office=unit),
        umbrella=AgreementFactory(office=unit, status="signed", kind="mou"),
    )
    made(agreement)
    record = getattr(agreement, named)
    name = "title" if named == "umbrella" else "name"
    setattr(record, name, "Nama Sesudahnya")
    record.save_edit(record.revision, [name])

    second = made(agreement)

    assert second.version == 2
    assert "Nama Sesudahnya" in text(content(second))


@pytest.mark.parametrize("end", ["suspend", "terminate"])
def test_a_paper_is_withdrawn_when_its_agreement_is(client, end):
    agreement = AgreementFactory(status="signed")
    issued = made(agreement)
    head = head_of(agreement)
    paper = DocumentFactory(uploaded_by=head) if end == "terminate" else None

    getattr(standing, end)(
        agreement,
        by=head,
        reason="Mitra pindah",
        **({"paper": paper} if paper else {}),
    )

    issued.refresh_from_db()
    assert (issued.status, issued.reason) == (
        "withdrawn",
        "Mitra pindah",
    )
    page = client.get(issued.get_check_url(), follow=True).content.decode()
    assert "tidak berlaku lagi" in page
    assert "Mitra pindah" not in page


@pytest.mark.printing
def test_a_corrected_signing_replaces_the_paper_that_says_what_was_wrong():
    agreement = AgreementFactory(status="signed")
    wrong = made(agreement)

    standing.rectify(
        agreement,
        by=head_of(agreement),
        reason="Salah ketik",
        our_number="W.22-2",
        partner_number="",
        signed_on=agreement.signed_on,
        signed_at_place="Kupang",
        scan=agreement.scan,
    )
    anew = IssuedDocument.objects.of(agreement).latest("version")
    jobs.run(anew.job_id)

    wrong.refresh_from_db()
    anew.refresh_from_db()
    assert (wrong.status, anew.status) == (Status.WITHDRAWN, Status.VALID)
    assert "W.22-2" in text(content(anew))


@pytest.mark.printing
def test_its_code_finds_the_agreement():
    issued = made()
    AgreementFactory(status="signed")

    found = Agreement.objects.search(issued.code.lower())

    assert list(found) == [issued.owner]


@pytest.mark.printing
def test_those_below_a_suspended_agreement_lose_their_papers_too():
    umbrella = AgreementFactory(status="signed", kind="mou")
    issued = made(umbrella=umbrella, office=umbrella.office)

    standing.suspend(umbrella, by=head_of(umbrella), reason="Diperiksa")

    issued.refresh_from_db()
    assert issued.status == Status.WITHDRAWN


@pytest.mark.printing
def test_a_paper_still_being_made_is_not_handed_out_after_a_suspension():
    agreement = AgreementFactory(status="signed")
    issued = asked(agreement)
    standing.suspend(agreement, by=head_of(agreement), reason="Diperiksa")

    jobs.run(issued.job_id)

    issued.refresh_from_db()
    assert (issued.status, issued.sha256) == ("withdrawn", "")


@pytest.mark.printing
def test_a_resumed_agreement_gets_a_new_paper():
    agreement = AgreementFactory(status="signed")
    first = made(agreement)
    head = head_of(agreement)
    standing.suspend(agreement, by=head, reason="Diperiksa")
    standing.resume(agreement, by=head)

    second = made(agreement)

    first.refresh_from_db()
    assert (first.status, second.status) == ("withdrawn", "valid")


@pytest.mark.printing
def test_the_day_after_its_end_the_check_page_says_that_time_is_over(client):
    issued = made()

    with time_machine.travel("2027-01-10 04:00Z", tick=True):
        page = client.get(issued.get_check_url(), follow=True)

    assert "Masa berlaku dokumen ini habis" in page.content.decode()


@pytest.mark.parametrize(
    "status", [s for s in Agreement.Status if s != Agreement.Status.SIGNED]
)
def test_no_other_status_gets_a_paper(status):
    papers = {"termination_paper": DocumentFactory(), "reason": "Uji"}
    agreement = AgreementFactory(status=status, **papers)

    with pytest.raises(ValidationError, match="selama kerja sama"):
        asked(agreement, person(Role.UNIT_HEAD, agreement.office))


@pytest.mark.parametrize("today", ["2026-01-09 04:00Z", "2027-01-10 04:00Z"])
def test_outside_its_dates_an_agreement_gets_no_paper(today):
    agreement = AgreementFactory(status="signed")

    with (
        time_machine.travel(today, tick=True),
        pytest.raises(ValidationError, match="selama kerja sama"),
    ):
        asked(agreement, person(Role.UNIT_HEAD, agreement.office))


# The pages


def test_from_the_button_to_the_download(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    agreement = AgreementFactory(office=operator.acting.office, status="signed")
    client = sign_in(operator)
    ask = reverse("papers:ask", args=[AgreementExtract.kind, agreement.pk])
    assert ask in client.get(agreement.get_absolute_url(), PAPERS).content.decode()

    client.post(ask)

    progress = reverse("papers:progress", args=[AgreementExtract.kind, agreement.pk])
    waiting = client.get(agreement.get_absolute_url(), PAPERS).content.decode()
    assert progress in waiting
    piece = client.get(progress, headers={"HX-Request": "true"}).content.decode()
    assert ("Menunggu" in piece, "<html" in piece) == (True, False)
    jobs.run(of(agreement).job_id)
    assert client.get(progress, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    issued = of(agreement)
    page = client.get(agreement.get_absolute_url(), PAPERS).content.decode()
    assert (issued.get_absolute_url() in page, progress in page) == (True, False)
    assert ask not in page
    download = client.get(issued.get_absolute_url())
    assert b"".join(download.streaming_content)[:5] == b"%PDF-"


def test_a_failed_paper_says_why_and_the_button_takes_it_up_again(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    agreement = AgreementFactory(office=operator.acting.office, status="signed")
    issued = asked(agreement, operator)
    Job.objects.filter(pk=issued.job_id).update(state="failed", reason="Disk penuh")
    client = sign_in(operator)
    assert (
        "Disk penuh"
        in client.get(agreement.get_absolute_url(), PAPERS).content.decode()
    )

    client.post(reverse("papers:ask", args=[AgreementExtract.kind, agreement.pk]))

    issued.job.refresh_from_db()
    assert issued.job.state == Job.State.QUEUED


@pytest.mark.printing
def test_the_partner_asks_for_and_downloads_his_own(sign_in):
    agreement = AgreementFactory(status="signed")
    client = sign_in(RepresentativeFactory(partner=agreement.partner).user)

    client.post(reverse("papers:ask", args=[AgreementExtract.kind, agreement.pk]))
    issued = of(agreement)
    jobs.run(issued.job_id)

    page = client.get(agreement.get_absolute_url(), PAPERS).content.decode()
    assert issued.get_absolute_url() in page
    assert client.get(issued.get_absolute_url()).status_code == 200


def test_the_partner_sees_how_far_the_paper_is_that_an_officer_asked_for(sign_in):
    agreement = AgreementFactory(status="signed")
    asked(agreement)
    client = sign_in(RepresentativeFactory(partner=agreement.partner).user)

    piece = client.get(
        reverse("papers:progress", args=[AgreementExtract.kind, agreement.pk]),
        headers={"HX-Request": "true"},
    )

    assert piece.status_code == 200


@pytest.mark.printing
@pytest.mark.parametrize("role", [Role.UNIT_OPERATOR, Role.REGIONAL_HEAD, Role.PARTNER])
def test_another_office_and_another_partner_find_nothing(sign_in, role):
    issued = made()
    client = sign_in(person(role))

    there = [AgreementExtract.kind, issued.owner_id]
    answers = [
        client.post(reverse("papers:ask", args=there)),
        client.get(reverse("papers:progress", args=there)),
        client.get(issued.get_absolute_url()),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.printing
def test_the_page_of_a_suspended_agreement_shows_why_its_paper_was_withdrawn(sign_in):
    agreement = AgreementFactory(status="signed")
    issued = made(agreement)
    head = head_of(agreement)
    standing.suspend(agreement, by=head, reason="Menunggu audit")

    page = sign_in(head).get(agreement.get_absolute_url(), PAPERS).content.decode()

    assert page.count("Menunggu audit") >= 2
    assert issued.get_absolute_url() not in page
    ask = reverse("papers:ask", args=[AgreementExtract.kind, agreement.pk])
    assert ask not in page


@pytest.mark.printing
def test_a_downloaded_paper_compared_on_the_check_page_is_the_original(client):
    issued = made()

    same = client.post(
        reverse("documents:check"), {"file": upload("a.pdf", content(issued))}
    )
    other = client.post(reverse("documents:check"), {"file": upload("a.pdf", pdf())})

    assert "Berkas asli, tidak diubah" in same.content.decode()
    assert "Berkas ini tidak dikenal" in other.content.decode()
