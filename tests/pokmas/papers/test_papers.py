"""The one way of every paper, shown on a kind that exists for these tests alone."""

import io
import re

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.models import Agreement
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.documents.letterhead import letterhead_of
from pokmas.documents.models import IssuedDocument
from pokmas.jobs import services as jobs
from pokmas.jobs.models import Job
from pokmas.notices.models import Notice
from pokmas.offices.models import Office
from pokmas.papers import services
from pokmas.papers.blocks import Content, Paragraph, Title
from pokmas.papers.kinds import PAPERS, Identity, Paper
from pokmas.papers.tasks import make
from tests.factories import AgreementFactory, RegionFactory, UnitFactory, person
from tests.pokmas.offices.changes import decide

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.printing,
    pytest.mark.usefixtures("storage"),
]
Status = IssuedDocument.Status


class Card(Paper):
    """All that a kind of paper has to say."""

    kind = "tests.card"
    label = "Kartu"
    model = Agreement
    asked = "agreement.extracted"
    ready = "Kartu siap: %(name)s"

    def refusal(self, agreement):
        return None if agreement.form else "Isi bentuknya dahulu."

    def identity(self, agreement):
        return Identity(
            title="Kartu", holder=agreement.partner.name, period="Tahun 2026"
        )

    def content(self, agreement, issued):
        return Content([Title("Kartu", [agreement.title]), Paragraph(agreement.form)])


class Minutes(Card):
    """Waits for somebody to approve it."""

    kind = "tests.minutes"
    at_once = False


@pytest.fixture(autouse=True)
def _kinds_of_tests(monkeypatch):
    for paper in (Card, Minutes):
        monkeypatch.setitem(PAPERS, paper.kind, paper())
        handler = jobs.Handler(make, "pdf", paper.label)
        monkeypatch.setitem(jobs.HANDLERS, paper.kind, handler)


def asked(agreement, kind=Card.kind):
    by = person(Role.UNIT_OPERATOR, agreement.office)
    return services.ask(kind, agreement, by=by)


def made(agreement, kind=Card.kind):
    issued = asked(agreement, kind)
    jobs.run(issued.job_id)
    issued.refresh_from_db()
    return issued


def text(issued):
    with issued.file.open() as file:
        pages = pypdf.PdfReader(io.BytesIO(file.read())).pages
        return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_one_class_is_all_that_a_kind_of_paper_needs():
    agreement = AgreementFactory(title="PKS Menjahit", form="Pelatihan")

    issued = made(agreement)

    assert (issued.status, issued.version) == (Status.VALID, 1)
    assert str(issued) == "Kartu Tahun 2026"
    assert "Kartu PKS Menjahit Pelatihan" in text(issued)
    assert issued.job.state == Job.State.DONE
    entry = Entry.objects.about(agreement).get(action="agreement.extracted")
    assert entry.details["code"] == issued.code
    notice = Notice.objects.get(user=issued.job.requested_by)
    assert notice.title == "Kartu siap: PKS Menjahit"
    assert notice.url == f"{agreement.get_absolute_url()}#paper-tests-card"


def test_the_notice_of_a_paper_leads_to_its_tab_and_is_read_there(sign_in):
    agreement = AgreementFactory(status="signed")
    issued = made(agreement, "agreements.extract")
    reader = issued.job.requested_by
    notice = Notice.objects.get(user=reader, about_id=agreement.pk)

    assert notice.url == f"{agreement.get_absolute_url()}?tab=papers#tabs"
    assert "paper-agreements-extract" in sign_in(reader).get(notice.url).text
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_a_paper_that_waits_for_approval_is_sealed_and_pending():
    issued = made(AgreementFactory(), Minutes.kind)

    assert (issued.status, issued.is_sealed) == (Status.PENDING, True)


def test_a_refusal_is_said_and_nothing_is_issued():
    agreement = AgreementFactory(form="")

    with pytest.raises(ValidationError, match="Isi bentuknya"):
        asked(agreement)

    assert IssuedDocument.objects.count() == 0


def test_each_kind_of_an_owner_counts_its_own_versions():
    agreement = AgreementFactory()
    card, minutes = made(agreement), made(agreement, Minutes.kind)
    agreement.save_edit(agreement.revision, ["form"])

    second = made(agreement)

    assert (card.version, minutes.version, second.version) == (1, 1, 2)
    card.refresh_from_db()
    minutes.refresh_from_db()
    assert (card.status, minutes.status) == (Status.REPLACED, Status.PENDING)


def test_a_paper_of_an_older_state_is_not_handed_out():
    agreement = AgreementFactory()
    issued = asked(agreement)
    agreement.save_edit(agreement.revision, ["form"])

    jobs.run(issued.job_id)

    issued.refresh_from_db()
    assert (issued.is_sealed, issued.job.state) == (False, Job.State.DONE)


def test_withdrawing_takes_back_every_paper_of_the_kind_and_no_other():
    agreement = AgreementFactory()
    card, minutes = made(agreement), made(agreement, Minutes.kind)

    services.withdraw(Card.kind, agreement, by=card.job.requested_by, reason="Batal")

    card.refresh_from_db()
    minutes.refresh_from_db()
    assert (card.status, card.reason) == (Status.WITHDRAWN, "Batal")
    assert minutes.status == Status.PENDING


def test_a_paper_made_late_bears_the_letterhead_of_its_day_of_issue():
    region = RegionFactory(letterhead="Kantor Wilayah Lama")
    unit = UnitFactory(
        parent=region, letterhead="Balai Lama\nKupang", address="Jalan Lama 1"
    )
    issued = asked(AgreementFactory(office=unit))
    changed = {"letterhead": "Baris Baru", "address": "Jalan Baru 2"}
    Office.objects.filter(pk__in=[unit.pk, region.pk]).update(**changed)

    jobs.run(issued.job_id)

    issued.refresh_from_db()
    printed = text(issued)
    assert "KANTOR WILAYAH LAMA BALAI LAMA KUPANG Jalan Lama 1" in printed
    assert ("BARIS BARU" in printed, "Jalan Baru" in printed) == (False, False)
    newer = letterhead_of(Office.objects.get(pk=unit.pk))
    assert newer.above[-1:] + newer.unit == ["BARIS BARU", "BARIS BARU"]


def test_an_office_renamed_meanwhile_keeps_the_name_of_the_day_of_issue(client):
    agreement = AgreementFactory(office__name="Bapas Kelas II Kupang")
    issued = asked(agreement)
    decide(agreement.office, "rename", name="Bapas Kelas I Kupang")

    jobs.run(issued.job_id)

    issued.refresh_from_db()
    printed = text(issued)
    assert "BALAI PEMASYARAKATAN KELAS II KUPANG" in printed
    assert "KELAS I KUPANG" not in printed
    page = client.get(issued.get_check_url(), follow=True).content.decode()
    assert "Bapas Kelas II Kupang" in page
    assert "Kartu Tahun 2026" in page


@pytest.mark.parametrize("kind", ["tests.unknown", "reports.monthly"])
def test_a_kind_that_no_button_asks_for_is_not_found(sign_in, kind):
    agreement = AgreementFactory()
    client = sign_in(person(Role.UNIT_OPERATOR, agreement.office))

    answer = client.post(reverse("papers:ask", args=[kind, agreement.pk]))

    assert answer.status_code == 404


def test_the_page_of_the_owner_shows_a_panel_for_each_kind(sign_in):
    agreement = AgreementFactory(form="Pelatihan")
    made(agreement)
    client = sign_in(person(Role.UNIT_OPERATOR, agreement.office))

    page = client.get(agreement.get_absolute_url(), {"tab": "papers"}).content.decode()

    ask = [reverse("papers:ask", args=[k, agreement.pk]) for k in PAPERS]
    card, minutes = Card.kind, Minutes.kind
    shown = {kind for kind, url in zip(PAPERS, ask, strict=True) if url in page}
    assert (shown & {card, minutes}, "Unduh PDF" in page) == ({minutes}, True)
