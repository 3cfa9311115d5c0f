"""Every page in a real browser, with hostile and far too long text in every record."""

from itertools import cycle
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from agreements.models import Agreement
from partners.models import Partner
from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from pokmas.offices.models import Office
from tests.house.access import Who
from tests.house.hostile import PAYLOADS, poison
from tests.house.layout import broken_words, overflow
from tests.house.rooms import NOT_SHOWN
from tests.house.test_pages import ORDER, pages
from tests.house.world import build
from tests.pokmas.documents.corpus import jpeg, upload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 320, "height": 640}  # 1280 pixels at 400 %
LISTEN = """
window.complaints = [];
for (const name of ['alert', 'confirm', 'prompt'])
  window[name] = () => window.complaints.push('dialog: ' + name);
document.addEventListener('securitypolicyviolation', event => window.complaints.push(
  'policy: ' + event.violatedDirective + ' ' + event.blockedURI));
"""
AXE = Axe().axe_script
# Rules of less weight are not asked; what passes is counted nowhere: it stays there.
SERIOUS = """async ([place, colours]) => {
  const ofColours = ['color-contrast', 'link-in-text-block'];
  const unasked = ['experimental', 'deprecated', 'wcag2aaa'];
  const asked = axe._audit.rules.filter((each) => each.enabled &&
    ['serious', 'critical'].includes(each.impact) &&
    !each.tags.some((tag) => unasked.includes(tag)) &&
    ofColours.includes(each.id) === colours).map((each) => each.id);
  const found = await axe.run(place, {resultTypes: ['violations'], runOnly: asked});
  return found.violations
    .filter((each) => ['serious', 'critical'].includes(each.impact))
    .map((each) => [each.id, ...each.nodes.slice(0, 3).map(
      (node) => node.html.slice(0, 120))]);
}"""
# How each text looks: by what it is and lies in. One stands for all that look so.
LOOKS = """() => {
  const known = new Map();
  const look = (node) => node === document.documentElement ? '' : [
    look(node.parentElement), node.tagName, node.className.baseVal ?? node.className,
    ...node.getAttributeNames()].join(' ');
  const all = [...document.body.querySelectorAll('*')].filter((node) =>
    node.checkVisibility() && (node.matches('input, select, textarea') ||
      [...node.childNodes].some((each) => each.nodeType === 3 && each.data.trim())));
  window.looks = known;
  for (const node of all) if (!known.has(look(node))) known.set(look(node), node);
  return [...known.keys()];
}"""
MARK = "(looks) => looks.forEach((each) => window.looks.get(each).dataset.judged = '')"


@pytest.fixture
def open_page(browser, live_server):
    # What the service worker keeps is tried where it is built; here it is in the way.
    context = browser.new_context(
        viewport=NARROW,
        locale="id-ID",
        reduced_motion="reduce",
        service_workers="block",
    )
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.dismiss())
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def _open(path):
        errors.clear()
        answer = page.goto(live_server.url + path)
        assert answer.status < 500, path
        return page, errors

    _open.context, _open.base = context, live_server.url
    yield _open
    context.close()


def cookies(client, base):
    return [
        {"name": name, "value": morsel.value, "url": base}
        for name, morsel in client.cookies.items()
    ]


# Whoever opens most pages has them in quarters, so that two workers share them.
SHARES = [(role, 0, 1) for role in ORDER if role != Role.UNIT_OPERATOR]
SHARES += [(Role.UNIT_OPERATOR, quarter, 4) for quarter in range(4)]


@pytest.mark.parametrize(("role", "share", "of"), SHARES)
def test_every_page_is_safe_reachable_and_narrow(open_page, sign_in, role, share, of):
    world = build()
    user = world.people[role]
    photo = upload(f"{PAYLOADS[1]}.jpg", jpeg(comment=PAYLOADS[0].encode()))
    documents.store(photo, by=user)
    assert poison(ORDER.index(role) * 37) > 150
    open_page.context.add_cookies(cookies(sign_in(user), open_page.base))
    wrong, looks = {}, set()
    for name, access in list(pages(role))[share::of]:
        if name not in NOT_SHOWN:
            path = reverse(name, args=[world.find(each, user) for each in access.on])
            page, errors = open_page(path)
            if found := problems(page) + unclear(page, looks) + errors:
                wrong[name] = found
    assert wrong == {}, "\n".join(f"{name}: {what}" for name, what in wrong.items())


def problems(page) -> list:
    """What is wrong with the page that is open, for whoever reads it."""
    found = list(page.evaluate("window.complaints"))
    if (headings := page.locator("h1").count()) != 1:
        found.append(f"{headings} h1")
    for width in (1280, 1024, 768, NARROW["width"]):
        page.set_viewport_size(NARROW | {"width": width})
        if wide := overflow(page):
            found.append(f"at {width} pixels, {wide}")
        if broken := broken_words(page):
            found.append(f"at {width} pixels, broken: {broken}")
    if not page.title().strip() or page.locator("main").count() != 1:
        found.append("no title, or no main part")
    page.evaluate(AXE)
    return found + page.evaluate(SERIOUS, [{"include": ["html"]}, False])


def unclear(page, looks: set[str]) -> list:
    """What is hard to read of the looks that no page before had, which become known."""
    found = []
    if new := [each for each in page.evaluate(LOOKS) if each not in looks]:
        looks.update(new)
        page.evaluate(MARK, new)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            unread = page.evaluate(SERIOUS, [{"include": ["[data-judged]"]}, True])
            found += [(scheme, *each) for each in unread]
        page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize("role", [Role.HEADQUARTERS, Role.UNIT_OPERATOR])
def test_no_word_of_a_list_breaks_in_the_middle(open_page, sign_in, role):
    world = build()
    Office.objects.filter(pk=world.unit.pk).update(name="Lapas Perempuan Waikabubak")
    Partner.objects.update(name="Komunitas Kewirausahaan Pemasyarakatan Karangasem")
    Agreement.objects.update(title="PKS Pembimbingan Kemasyarakatan di Waikabubak")
    open_page.context.add_cookies(cookies(sign_in(world.people[role]), open_page.base))
    wrong = {}
    for name, access in pages(role):
        if access.on or access.roles is Who.PUBLIC or name in NOT_SHOWN:
            continue
        page, _errors = open_page(reverse(name))
        for width in (360, 768, 1024, 1280):
            page.set_viewport_size(NARROW | {"width": width})
            if broken := broken_words(page, every=True):
                wrong[name, width] = broken
    assert wrong == {}, "\n".join(f"{where}: {what}" for where, what in wrong.items())


@pytest.mark.parametrize("role", ORDER[:1])
def test_what_is_searched_for_is_only_shown(open_page, sign_in, role):
    user = build().people[role]
    open_page.context.add_cookies(cookies(sign_in(user), open_page.base))
    lists = cycle(["partners:index", "agreements:index", "outreach:index"])
    for start, name in zip(range(0, len(PAYLOADS), 4), lists, strict=False):
        asked = "".join(PAYLOADS[start : start + 4])
        page, errors = open_page(f"{reverse(name)}?q={quote(asked[:100])}")
        assert page.evaluate("window.complaints") + errors == []
