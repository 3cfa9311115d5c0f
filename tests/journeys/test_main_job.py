"""The whole main job in a real browser, on a phone, with a real worker.

A partner registers itself; the unit vets it, signs an agreement with it, holds an
activity; the month becomes a report that anyone can check.
"""

import re
from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from agreements.models import Agreement
from outreach.models import Activity
from partners.models import Criterion, Field, Partner
from pokmas.accounts.roles import Role
from reports.models import Report
from reports.periods import Month
from tests.documents.corpus import jpeg, pdf
from tests.factories import PASSWORD, ActivityTypeFactory, UnitFactory, person
from tests.jobs.processes import WORKER, environment, running

pytestmark = [
    pytest.mark.browser,
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
]

# The last month that is over: a report is handed in after its month.
MONTH = Month.of(date.today()).back(1)
PHONE = {"width": 360, "height": 740}


class Visitor:
    """One person with a phone; complains about anything the browser complains about."""

    def __init__(self, browser, base):
        self.base = base
        self.page = browser.new_context(viewport=PHONE, locale="id-ID").new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("pageerror", lambda error: pytest.fail(f"script: {error}"))

    def signed_in(self, client):
        """Carry a session over that has passed the second factor."""
        self.page.context.add_cookies(
            [
                {"name": name, "value": morsel.value, "url": self.base}
                for name, morsel in client.cookies.items()
            ]
        )
        return self

    def open(self, path):
        answer = self.page.goto(self.base + path)
        assert answer.status < 400, path
        return self

    def fill(self, **values):
        for name, value in values.items():
            self.page.locator(f"main [name='{name}']").first.fill(value)
        return self

    def choose(self, **values):
        for name, value in values.items():
            self.page.locator(f"main select[name='{name}']").select_option(value)
        return self

    def tick(self, name, value=None):
        chosen = f"[value='{value}']" if value is not None else ""
        self.page.locator(f"main input[name='{name}']{chosen}").check()
        return self

    def attach(self, name, file_name, kind, content):
        self.page.locator(f"main input[type=file][name='{name}']").set_input_files(
            {"name": file_name, "mimeType": kind, "buffer": content}
        )
        return self

    def press(self, words):
        self.page.locator("main").get_by_role("button", name=words).last.click()
        self.page.wait_for_load_state()
        return self

    def confirm(self, words):
        """Open the question and answer it with the same words."""
        self.page.locator("main summary", has_text=words).click()
        self.page.locator("dialog[open], details[open]").get_by_role(
            "button", name=words, exact=True
        ).click()
        self.page.wait_for_load_state()
        return self

    def sees(self, words):
        self.page.get_by_text(words).first.wait_for()
        return self


@pytest.fixture
def visit(browser, live_server, client, sign_in):
    contexts = []

    def _visit(user=None):
        visitor = Visitor(browser, live_server.url)
        contexts.append(visitor.page.context)
        if user:
            visitor.signed_in(sign_in(user))
            client.cookies.clear()  # the next person gets a session of his own
        return visitor

    yield _visit
    for context in contexts:
        context.close()


@pytest.fixture
def worker(tmp_path, settings):
    """A Celery worker on the test's database, broker and files."""
    more = {"POKMAS_MEDIA_ROOT": settings.MEDIA_ROOT}
    env = environment(connection.settings_dict["NAME"], **more)
    with (
        (tmp_path / "worker.log").open("wb") as log,
        running(*WORKER, "--queues=default,pdf,notify", env=env, log=log),
    ):
        yield


def test_from_registration_to_a_report_that_anyone_can_check(visit, worker):
    unit = UnitFactory(head_name="Kepala Uji")
    unit.working_area.add(unit.regency)
    unit.region.provinces.add(unit.regency.province)
    operator = person(Role.UNIT_OPERATOR, unit)
    head = person(Role.UNIT_HEAD, unit)
    reviewer = person(Role.REGIONAL_REVIEWER, unit.region)
    admin = person(Role.REGIONAL_ADMIN, unit.region)
    kind = ActivityTypeFactory()

    partner = register(visit(), unit)
    vet(visit(operator), visit(head), partner)
    agreement = sign(visit(operator), visit(reviewer), visit(head), partner)
    hold(visit(operator), visit(head), kind, agreement)
    report = hand_in(visit(operator), visit(head), visit(admin), unit)
    check(visit(), report)


def register(phone, unit) -> Partner:
    phone.open(reverse("account_signup")).fill(
        full_name="Maria Umpama",
        email="maria@contoh.test",
        password1=PASSWORD,
    )
    for box in phone.page.locator("main input[type=checkbox]").all():
        box.check()
    phone.press(re.compile("Daftar|Buat akun"))
    link = re.search(r"https?://\S+confirm-email\S+", mail.outbox[-1].body)[0]
    phone.open(re.sub(r"^https?://[^/]+", "", link)).press(re.compile("Konfirmasi|Ya"))
    if "/login" in phone.page.url:
        phone.fill(login="maria@contoh.test", password=PASSWORD).press("Masuk")

    phone.open(reverse("partners:register"))
    phone.page.goto(
        f"{phone.page.url}?province={unit.regency.province_id}&regency={unit.regency_id}"
    )
    phone.tick("office", unit.pk).choose(kind="foundation")
    phone.press(re.compile("Simpan|Lanjut"))
    phone.fill(
        name="Yayasan Umpama Kasih",
        leader_name="Maria Umpama",
        leader_position="Ketua",
        contact_name="Maria Umpama",
        phone="0812 3456 7890",
        address="Jalan Contoh 1",
        registration_number="AHU-1",
    ).press(re.compile("Simpan|Lanjut"))
    phone.tick("fields", Field.objects.first().pk)
    phone.fill(services="Pelatihan menjahit").press(re.compile("Simpan|Lanjut"))
    partner = Partner.objects.get()
    phone.open(reverse("partners:check", args=[partner.pk])).press("Ajukan")
    phone.sees(partner.reference)
    return partner


def vet(operator, head, partner):
    operator.open(reverse("reports:home")).sees("Yayasan Umpama Kasih")
    operator.open(reverse("partners:verify", args=[partner.pk]))
    for criterion in Criterion.objects.in_use():
        operator.tick(f"met_{criterion.pk}", "yes")
    operator.tick("verdict", "verifying").press(re.compile("Simpan|Kirim"))
    head.open(reverse("reports:home")).sees("Yayasan Umpama Kasih")
    head.open(reverse("partners:decide", args=[partner.pk]))
    head.tick("verdict", "approved").press(re.compile("Simpan|Putuskan"))
    partner.refresh_from_db()
    assert partner.status == "approved"


def sign(operator, reviewer, head, partner) -> Agreement:
    operator.open(f"{reverse('agreements:create')}?partner={partner.pk}").fill(
        title="PKS Pelatihan Menjahit",
        urgency="Klien memerlukan keterampilan.",
        form="Pelatihan",
        subject="Pelatihan menjahit selama enam bulan.",
        starts_on=f"{MONTH.first:%d-%m-%Y}",
        ends_on=f"{MONTH.back(-12).first:%d-%m-%Y}",
    ).press("Simpan")
    agreement = Agreement.objects.get()
    operator.press("Bahas dengan mitra")
    operator.confirm("Ajukan telaah")
    reviewer.open(reverse("agreements:review", args=[agreement.pk]))
    reviewer.tick("verdict", "ready").press("Simpan hasil telaah")
    head.open(reverse("agreements:sign", args=[agreement.pk])).fill(
        our_number="W.22-1",
        signed_on=f"{MONTH.first:%d-%m-%Y}",
        signed_at_place="Kupang",
    ).attach("scan", "pks.pdf", "application/pdf", pdf())
    head.press("Simpan penandatanganan").sees("Berlaku")
    partner.refresh_from_db()
    assert partner.status == "active"
    return agreement


def hold(operator, head, kind, agreement):
    operator.open(f"{reverse('outreach:create')}?agreement={agreement.pk}")
    operator.choose(type=str(kind.pk)).fill(
        title="Pelatihan menjahit",
        starts_at_0=f"{MONTH.last:%d-%m-%Y}",
        starts_at_1="09.00",
        ends_at_0=f"{MONTH.last:%d-%m-%Y}",
        ends_at_1="11.30",
        place="Aula",
    )
    operator.press(re.compile("Simpan|Lanjut"))
    activity = Activity.objects.get()
    operator.open(reverse("outreach:report", args=[activity.pk]))
    operator.page.locator("#counts input").first.fill("12")
    operator.fill(output="Peserta dapat menjahit.")
    operator.attach("photos", "foto.jpg", "image/jpeg", jpeg())
    operator.tick("declared").press("Kirim laporan").sees("Dilaporkan")
    head.open(activity.get_absolute_url()).confirm("Verifikasi").sees("Diverifikasi")
    activity.refresh_from_db()
    assert (activity.status, activity.partners.get()) == ("verified", agreement.partner)


def hand_in(operator, head, admin, unit) -> Report:
    operator.open(reverse("reports:create")).choose(month=MONTH.first.isoformat())
    operator.press("Buat laporan").sees("Unduh PDF")
    report = Report.objects.get(office=unit)
    head.open(report.get_absolute_url()).confirm("Ajukan laporan").sees("Diajukan")
    admin.open(report.get_absolute_url()).confirm("Terima").sees("Diterima")
    report.refresh_from_db()
    assert report.status == "accepted"
    return report


def check(stranger, report):
    code = report.issued.code.replace("-", "").lower()
    stranger.open(reverse("documents:check")).fill(code=code)
    stranger.press(re.compile("Periksa")).sees("Sah")
    stranger.sees(report.office.name)
    with report.issued.file.open() as file:
        content = file.read()
    for wanted, sent in (
        ("Berkas asli, tidak diubah", content),
        ("Berkas ini bukan berkas aslinya", content[:-1] + b"\0"),
    ):
        stranger.open(reverse("documents:check"))
        stranger.attach("file", "laporan.pdf", "application/pdf", sent)
        stranger.press(re.compile("Periksa|Bandingkan")).sees(wanted)
