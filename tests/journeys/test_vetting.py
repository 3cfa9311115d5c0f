"""From the queue to the decision of the head: examined beside its papers, visited.

Then one that is sent back to its applicant, comes again and is declined.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from partners.models import Criterion, Partnership, VisitRule
from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from tests.factories import (
    PartnershipFactory,
    RepresentativeFactory,
    UnitFactory,
    declared_today,
    person,
)
from tests.pokmas.documents.corpus import jpeg, pdf, upload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLACE = {"latitude": -10.1772, "longitude": 123.607}


@pytest.mark.parametrize("visit", ["desk"], indirect=True)
def test_what_waits_is_examined_visited_and_decided(visit):
    unit = UnitFactory()
    operator, head = person(Role.UNIT_OPERATOR, unit), person(Role.UNIT_HEAD, unit)
    VisitRule.objects.create(valid_from=unit.today - timedelta(days=1))
    partnership = PartnershipFactory(
        office=unit,
        name="Yayasan Umpama Kasih",
        status=Partnership.Status.SUBMITTED,
        submitted_on=unit.today,
    )
    documents.store(upload("akta.pdf", pdf(pages=2)), by=operator, owner=partnership)
    optional = Criterion.objects.in_use().filter(is_required=False).first()

    officer = take(visit(operator), partnership)
    examine(officer, optional)
    look(officer)
    forward(officer, optional)
    approve(visit(head), partnership, optional)

    partnership.refresh_from_db()
    [seen] = partnership.visits.sheets()
    assert (partnership.status, partnership.handler) == ("approved", operator)
    assert (seen.point, len(seen.photos)) == ("-10.177200, 123.607000", 1)
    unmet = [row.criterion for row in partnership.findings.newest() if not row.is_met]
    assert unmet == [optional]


def take(officer, partnership):
    officer.open("/").page.get_by_role("link", name="Mitra", exact=True).first.click()
    officer.follow("Antrean pemeriksaan").sees("Belum diambil")
    return officer.press("Saya periksa").sees("Pemeriksaan ini kini di tangan Anda")


def examine(officer, optional):
    """In two columns: the paper on the left, the answers on the right; too early."""
    given = officer.page.locator(".given").bounding_box()
    verdict = officer.page.locator(".verdict").bounding_box()
    assert given["x"] + given["width"] <= verdict["x"]
    paper = officer.page.frame_locator("iframe[name=paper]")
    paper.get_by_text("Halaman 1 dari 2").wait_for()
    paper.get_by_role("link", name="Berikutnya").click()
    expect(paper.get_by_text("Halaman 2 dari 2")).to_be_visible()
    answer(officer, optional).sees("Kunjungan lapangan wajib dicatat")


def answer(officer, optional):
    officer.tick("rest_is_met").tick(f"met_{optional.pk}", "no")
    officer.fill(**{f"comment_{optional.pk}": "Baru berdiri"})
    return officer.tick("verdict", "verifying").press("Simpan hasil")


def look(officer):
    officer.page.context.grant_permissions(["geolocation"])
    officer.page.context.set_geolocation(PLACE)
    officer.follow("Catat kunjungan")
    officer.page.get_by_role("button", name="Pakai lokasi perangkat ini").click()
    expect(officer.page.locator("[name=point]")).to_have_value("-10.177200, 123.607000")
    for seen in officer.page.locator("main [name^='seen_']").all():
        seen.fill("Sesuai")
    officer.attach("photos", "papan.jpg", "image/jpeg", jpeg(gps=True))
    officer.tick("result", "fit").press("Simpan kunjungan").sees("Kunjungan dicatat")


def forward(officer, optional):
    """He is back at the examination, where his visit stands."""
    officer.sees("-10.177200, 123.607000")
    answer(officer, optional).sees("Hasil pemeriksaan diteruskan kepada kepala")


def approve(head, partnership, optional):
    head.open("/").follow(partnership.partner.name).follow("Putuskan")
    head.sees("Baru berdiri").sees("papan.jpg").sees("-10.177200, 123.607000")
    head.tick("verdict", "approved").press("Simpan keputusan").sees("Mitra disetujui")


@pytest.mark.parametrize("visit", ["phone"], indirect=True)
def test_one_is_sent_back_repaired_and_declined(visit):
    row = RepresentativeFactory(
        partner__status=Partnership.Status.SUBMITTED,
        partner__is_self_registered=True,
        partner__name="Yayasan Umpama Kasih",
        partner__services="Menjahit baju",
    )
    unit, partnership = row.partnership.office, row.partnership
    operator, head = person(Role.UNIT_OPERATOR, unit), person(Role.UNIT_HEAD, unit)
    required = Criterion.objects.in_use().filter(is_required=True).first()
    officer, applicant, decider = visit(operator), visit(row.user), visit(head)

    officer.open(reverse("partners:queue")).press("Saya periksa")
    officer.tick("rest_is_met").tick(f"met_{required.pk}", "no")
    officer.fill(**{f"comment_{required.pk}": "Untuk siapa?"})
    officer.tick("verdict", "returned").fill(reason="Jelaskan layanannya")
    officer.press("Simpan hasil").sees("Pendaftaran dikembalikan")

    applicant.open("/").sees("Jelaskan layanannya")
    applicant.follow(partnership.partner.name).sees("Untuk siapa?")
    applicant.open(reverse("partners:work", args=[partnership.pk]))
    applicant.fill(services="Menjahit tas").press("Simpan dan lanjut")
    for declaration in declared_today():
        applicant.tick(f"declares_{declaration.pk}")
    applicant.press("Ajukan pendaftaran").sees(partnership.partner.reference)

    officer.open("/").follow(partnership.partner.name).follow("Periksa pendaftaran")
    officer.sees("Yang berubah sejak")
    expect(officer.page.locator(".given ins", has_text="tas")).to_be_visible()
    officer.tick("rest_is_met").tick("verdict", "verifying").press("Simpan hasil")

    decider.open("/").follow(partnership.partner.name).follow("Putuskan")
    decider.tick("verdict", "declined").fill(reason="Layanan serupa sudah cukup")
    decider.press("Simpan keputusan").sees("Pendaftaran ditolak")

    applicant.open("/").sees("Layanan serupa sudah cukup")
    partnership.refresh_from_db()
    assert partnership.status == Partnership.Status.DECLINED
