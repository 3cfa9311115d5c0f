"""The whole main job in a real browser, on a phone and a desk, with a real worker.

A partner registers itself; the unit vets it, signs an agreement with it, holds an
activity; the month becomes a report that anyone can check.
"""

import re
from datetime import date

import pytest
from django.urls import reverse

from agreements.models import Agreement
from outreach.models import Activity
from partners.models import Criterion, Field, Partnership
from pokmas.accounts.roles import Role
from pokmas.words import dates
from reports.figures.periods import Month
from reports.models import Report
from tests.factories import (
    PASSWORD,
    ActivityTypeFactory,
    UnitFactory,
    declared_today,
    person,
)
from tests.pokmas.documents.corpus import jpeg, pdf

pytestmark = [
    pytest.mark.browser,
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
]

# The last month that is over: a report is handed in after its month.
MONTH = Month.of(date.today()).back(1)


def test_from_registration_to_a_report_that_anyone_can_check(visit, worker):
    unit = UnitFactory(head_name="Kepala Uji")
    unit.working_area.add(unit.regency)
    unit.region.provinces.add(unit.regency.province)
    operator = person(Role.UNIT_OPERATOR, unit)
    head = person(Role.UNIT_HEAD, unit)
    reviewer = person(Role.REGIONAL_REVIEWER, unit.region)
    admin = person(Role.REGIONAL_ADMIN, unit.region)
    kind = ActivityTypeFactory()

    newcomer = visit()
    partnership = register(newcomer, unit)
    vet(visit(operator), visit(head), partnership)
    found_group(visit(operator), visit(head), partnership)
    sign(visit(operator), newcomer, visit(reviewer), visit(head), partnership)
    hold(visit(operator), visit(head), kind, partnership)
    report = hand_in(visit(operator), visit(head), visit(admin), unit)
    check(visit(), report)


def register(newcomer, unit) -> Partnership:
    newcomer.open("/").follow("Daftar sebagai mitra").follow("Mulai mendaftar")
    newcomer.sign_up("Maria Umpama", "maria@contoh.test", PASSWORD)

    place = unit.regency
    newcomer.choose(province=place.province_id)  # each choice shows the next question
    newcomer.choose(regency=place.pk)
    newcomer.tick("office", unit.pk).choose(kind="media")
    newcomer.press("Simpan dan lanjut")
    newcomer.fill(
        name="Yayasan Umpama Kasih",
        leader_name="Maria Umpama",
        leader_position="Ketua",
        address="Jalan Contoh 1",
        registration_number="AHU-1",
    ).press("Simpan dan lanjut")
    newcomer.tick("fields", Field.objects.first().pk)
    newcomer.fill(phone="0812 3456 7890", services="Pelatihan menjahit")
    newcomer.press("Simpan dan lanjut")
    for declaration in declared_today():
        newcomer.tick(f"declares_{declaration.pk}")
    newcomer.press("Ajukan pendaftaran")
    partnership = Partnership.objects.get()
    newcomer.sees(partnership.partner.reference)
    return partnership


def vet(operator, head, partnership):
    operator.open("/").follow(partnership.partner.name).follow("Periksa pendaftaran")
    for criterion in Criterion.objects.in_use():
        operator.tick(f"met_{criterion.pk}", "yes")
    operator.tick("verdict", "verifying").press("Simpan hasil")
    head.open("/").follow(partnership.partner.name).follow("Putuskan")
    head.tick("verdict", "approved").press("Simpan keputusan")
    partnership.refresh_from_db()
    assert partnership.status == "approved"


def found_group(operator, head, partnership):
    name = "Pokmas Lipas Umpama"
    operator.open(reverse("partners:group_index")).follow("Usulkan kelompok")
    operator.fill(name=name).tick("field", Field.objects.first().pk).press("Simpan")
    operator.follow("Tambah anggota").tick("members", partnership.pk)
    operator.press("Tambahkan")
    operator.follow("Catat hasil asesmen").fill(assessment="Layak dan cukup.")
    operator.press("Simpan dan teruskan kepada kepala")
    head.open("/").follow(name).follow("Tetapkan dengan SK")
    head.fill(decree_number="W.22-SK-1", decree_on=f"{MONTH.first:%d-%m-%Y}")
    head.attach("decree", "sk.pdf", "application/pdf", pdf())
    head.press("Tetapkan kelompok").sees("Ditetapkan")
    operator.open("/").follow(name).follow("Catat pengukuhan")
    operator.fill(inaugurated_on=f"{MONTH.first:%d-%m-%Y}", inaugurated_by="Kakanwil")
    operator.press("Simpan dan aktifkan").sees("Aktif")
    partnership.refresh_from_db()
    assert partnership.status == "active"


def sign(operator, newcomer, reviewer, head, partnership):
    operator.open(partnership.get_absolute_url()).follow("Susun kerja sama").fill(
        title="PKS Pelatihan Menjahit",
        urgency="Klien memerlukan keterampilan.",
        form="Pelatihan",
        subject="Pelatihan menjahit selama enam bulan.",
        starts_on=f"{MONTH.first:%d-%m-%Y}",
        ends_on=f"{MONTH.back(-12).first:%d-%m-%Y}",
    ).press("Simpan")
    operator.press("Bahas dengan mitra")
    agreement = Agreement.objects.get()
    operator.confirm("Buat naskah").open(agreement.get_absolute_url())
    operator.follow("Kirim naskah ke mitra").press("Kirim")
    newcomer.open("/").follow("PKS Pelatihan Menjahit").follow("Jawab naskah")
    newcomer.tick("verdict", "agree").press("Kirim jawaban")
    operator.open(agreement.get_absolute_url()).confirm("Ajukan telaah")
    reviewer.open("/").follow("PKS Pelatihan Menjahit").follow("Telaah naskah")
    reviewer.tick("verdict", "ready").press("Simpan hasil")
    head.open("/").follow("PKS Pelatihan Menjahit").follow("Catat penandatanganan")
    head.fill(
        our_number="W.22-1",
        signed_on=f"{MONTH.first:%d-%m-%Y}",
        signed_at_place="Kupang",
    ).attach("scan", "pks.pdf", "application/pdf", pdf())
    # The paper was signed before its draft was begun here.
    head.press("Simpan penandatanganan").tick("is_earlier")
    head.press("Simpan penandatanganan").sees("Berlaku")


def hold(operator, head, kind, partnership):
    agreement = Agreement.objects.get()
    operator.open(f"{reverse('outreach:create')}?agreement={agreement.pk}")
    operator.choose(type=str(kind.pk)).fill(
        title="Pelatihan menjahit",
        starts_at_0=f"{MONTH.last:%d-%m-%Y}",
        starts_at_1="09.00",
        ends_at_0=f"{MONTH.last:%d-%m-%Y}",
        ends_at_1="11.30",
        place="Aula",
    )
    operator.press("Simpan")
    operator.page.locator("#counts input").first.fill("12")
    operator.fill(output="Peserta dapat menjahit.")
    operator.attach("photos", "foto.jpg", "image/jpeg", jpeg())
    operator.tick("declared").press("Kirim laporan").sees("Dilaporkan")
    head.open("/").follow("Pelatihan menjahit").follow("Verifikasi")
    head.tick("verdict", "verified").press("Simpan keputusan").sees("Diverifikasi")
    activity = Activity.objects.get()
    assert activity.status == "verified"
    assert activity.partners.get() == partnership.partner


def hand_in(operator, head, admin, unit) -> Report:
    operator.open(reverse("reports:index")).follow("Susun laporan")
    operator.choose(period=f"monthly:{MONTH.first}")
    operator.press("Buat laporan").sees("Unduh PDF")
    report = Report.objects.get(office=unit)
    month = dates.month_year(report.month)
    head.open("/").follow(re.compile(month)).confirm("Ajukan laporan")
    head.sees("Diajukan")
    admin.open("/").follow(re.compile(month)).follow("Periksa laporan")
    admin.tick("verdict", "accepted").press("Simpan keputusan").sees("Diterima")
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
