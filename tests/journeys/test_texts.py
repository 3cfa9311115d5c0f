"""The text of an agreement in a real browser: from nothing to print, and between unit,
partner and Kanwil until it is accepted."""

import io

import pytest
from pypdf import PdfReader

from agreements.models import Agreement, TextVersion
from pokmas.accounts.roles import Role
from pokmas.documents.models import Document, IssuedDocument
from tests.agreements.texts.factories import TEXT, TextVersionFactory
from tests.agreements.texts.files import Edited, word_file
from tests.factories import (
    ActivityTypeFactory,
    AgreementFactory,
    PartnerFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("visit", ["desk"], indirect=True),
]
PLAN = [("24", "jahit"), ("40", "di balai desa"), ("60", "berkala"), ("30", "ibadah")]
# What one presses and types, from the home page to the paper.
MOST_PRESSES, MOST_FIELDS = 20, 16


class Counted:
    """A visitor whose presses and typed fields are counted; what he follows is the
    button that the page puts first."""

    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.page
        self.presses = self.fields = 0

    def next(self, words):
        first = self.page.locator("main .btn-primary:visible").first
        first.wait_for()
        assert first.inner_text().strip() == words
        self.presses += 1
        first.click()
        self.page.wait_for_load_state()

    def press(self, locator):
        self.presses += 1
        locator.click()
        self.page.wait_for_load_state()

    def fill(self, **values):
        self.fields += len(values)
        self.visitor.fill(**values)

    def choose(self, **values):
        self.presses += 2 * len(values)
        self.visitor.choose(**values)


@pytest.mark.worker
def test_a_new_pks_with_its_plan_is_ready_to_be_printed(visit, worker):
    unit = UnitFactory(head_name="Kepala Uji")
    partner = PartnerFactory(office=unit, status="approved", leader_name="Maria Umpama")
    kind = ActivityTypeFactory()
    desk = Counted(visit(person(Role.UNIT_OPERATOR, unit)))
    main = desk.page.locator("main")

    desk.visitor.open("/")
    desk.press(main.get_by_role("link", name="Susun kerja sama").first)
    with desk.page.expect_response(lambda answer: answer.request.method == "POST"):
        desk.choose(partner=str(partner.pk))
    main.locator("[name=partner_signatory][value='Maria Umpama']").wait_for()
    desk.fill(
        title="PKS Pelatihan Kerja",
        starts_on="01-12-2026",
        ends_on="30-11-2027",
        urgency="Klien memerlukan keterampilan.",
        form="Pelatihan.",
        subject="Pelatihan menjahit",
    )
    desk.press(main.get_by_role("button", name="Simpan").last)
    desk.next("Susun rencana kerja")
    desk.press(main.get_by_role("button", name="Tambah baris"))
    for place, (target, note) in enumerate(PLAN):
        desk.choose(**{f"type_code_{place}": kind.code})
        desk.fill(**{f"target_{place}": target, f"note_{place}": note})
    desk.press(main.get_by_role("button", name="Simpan rencana"))
    desk.next("Buat naskah")
    question = desk.page.locator("dialog[open], details[open]")
    desk.press(question.get_by_role("button", name="Buat naskah", exact=True))
    main.get_by_role("link", name="Buka PDF").wait_for()

    version = TextVersion.objects.get()
    issued = IssuedDocument.objects.of(version).get()
    *_others, last = PdfReader(io.BytesIO(issued.file.open().read())).pages
    printed = " ".join(last.extract_text().split())
    assert "LAMPIRAN PERJANJIAN KERJA SAMA" in printed
    assert all(note in printed for _target, note in PLAN)
    assert desk.presses <= MOST_PRESSES
    assert desk.fields <= MOST_FIELDS


def test_a_text_goes_to_the_partner_and_the_kanwil_until_it_is_accepted(visit):
    agreement = AgreementFactory(status="discussion", title="PKS Pelatihan Menjahit")
    TextVersionFactory(agreement=agreement, is_printed=True)
    unit = agreement.office
    operator = visit(person(Role.UNIT_OPERATOR, unit))
    partner = visit(RepresentativeFactory(partner=agreement.partner).user)
    reviewer = visit(person(Role.REGIONAL_REVIEWER, unit.region))
    page, theirs = agreement.get_absolute_url(), Edited(word_file(TEXT))
    theirs.replace("menjahit bagi klien", "memasak bagi klien").torn()

    operator.open(page).follow("Kirim naskah ke mitra").press("Kirim")

    partner.open("/").follow(agreement.title).follow("Jawab naskah")
    partner.follow("Bahas per Pasal").choose(article="2")
    partner.fill(text="Mohon memasak, bukan menjahit.").press("Simpan komentar")
    partner.open(page).follow("Jawab naskah").tick("verdict", "change")
    partner.fill(comment="Lihat usulan Pasal 2.").press("Kirim jawaban")

    operator.open(page).sees("Lihat usulan Pasal 2.")
    partner.open(page).unfold("Tindakan lain").follow("Usulkan naskah dari Word")
    hand_in(partner, theirs)
    partner.follow("Lihat yang berubah").sees("memasak")

    operator.open(page).confirm("Ajukan telaah")
    reviewer.open("/").follow(agreement.title).follow("Telaah naskah")
    reviewer.sees("Mohon memasak, bukan menjahit.").tick("verdict", "revise")
    reviewer.fill(notes="Biaya belum jelas.").press("Simpan hasil")

    mended = theirs.replace("ditanggung", "seluruhnya ditanggung")
    operator.open("/").follow(agreement.title).sees("Biaya belum jelas.")
    operator.open(f"{page}upload-text/")
    hand_in(operator, mended)  # what is newer goes to him by itself
    partner.open("/").follow(agreement.title).follow("Jawab naskah")
    partner.sees("Yang berubah sejak versi 2").tick("verdict", "agree")
    partner.press("Kirim jawaban")
    operator.open(page).confirm("Ajukan telaah")

    reviewer.open("/").follow(agreement.title).follow("Telaah naskah")
    reviewer.sees("Yang berubah sejak versi 2").sees("Pasal 3")
    reviewer.tick("verdict", "ready").press("Simpan hasil")
    agreement.refresh_from_db()
    assert agreement.status == Agreement.Status.READY_TO_SIGN
    versions = agreement.texts.order_by("number").values_list("origin", flat=True)
    assert list(versions) == ["made", "proposed", "uploaded"]


def hand_in(visitor, edited):
    visitor.attach("file", "naskah.docx", str(Document.Kind.DOCX), edited.saved())
    visitor.press("Simpan sebagai versi berikutnya")
    visitor.sees("Bunyi naskah")
