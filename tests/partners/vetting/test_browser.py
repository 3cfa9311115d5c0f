"""An examiner reads a paper beside his answers, and loses none of them."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import expect

from partners.models import Partnership
from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from tests.factories import CriterionFactory, PartnershipFactory, person
from tests.pokmas.documents.corpus import pdf, upload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False])
def test_papers_are_read_while_answers_stay(browser, live_server, sign_in, script):
    partner = PartnershipFactory(status=Partnership.Status.SUBMITTED)
    operator = person(Role.UNIT_OPERATOR, partner.office)
    documents.store(upload("akta.pdf", pdf(pages=2)), by=operator, owner=partner)
    marked = CriterionFactory()
    cookie = sign_in(operator).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=script,
        viewport={"width": 1280, "height": 900},
    )
    context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": cookie,
                "url": live_server.url,
            }
        ]
    )
    page = context.new_page()

    page.goto(f"/partners/{partner.pk}/verify/")
    page.get_by_label("Semua terpenuhi, kecuali yang saya tandai").check()
    page.locator(f'input[name="met_{marked.pk}"][value="no"]').check()
    page.locator(f'input[name="comment_{marked.pk}"]').fill("Akta buram")
    paper = page.frame_locator("iframe")
    paper.get_by_text("Halaman 1 dari 2").wait_for()
    paper.get_by_role("link", name="Berikutnya").click()
    expect(paper.get_by_text("Halaman 2 dari 2")).to_be_visible()
    expect(paper.locator("main img")).to_have_js_property("complete", True)
    if script:
        assert Axe().run(page).response["violations"] == []
    page.get_by_role("radio", name="Teruskan kepada kepala").check()
    page.get_by_role("button", name="Simpan hasil").click()
    page.wait_for_url(f"**/partners/{partner.pk}/")

    partner.refresh_from_db()
    found = {row.criterion_id: row.is_met for row in partner.findings.newest()}
    assert partner.status == Partnership.Status.VERIFYING
    assert (found.pop(marked.pk), set(found.values())) == (False, {True})
    context.close()
