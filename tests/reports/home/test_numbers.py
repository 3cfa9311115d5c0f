"""Every number of the pages that steer opens the list that makes it, for every role."""

import re
from datetime import UTC, date, datetime
from urllib.parse import urldefrag, urljoin

import pytest
import time_machine
from django.urls import reverse
from lxml import html

from pokmas.accounts.roles import COMMUNITY, Role
from reports.duties.models import ReportDuty
from tests.factories import (
    ActivityFactory,
    ContactFactory,
    PartnershipFactory,
    PostFactory,
    ProgrammeFactory,
    TargetFactory,
    UnitFactory,
    person,
)
from tests.reports.figures.test_figures import fill

pytestmark = pytest.mark.django_db

SAID = "//main//*[contains(@class, 'result-count')]//strong"
NUMBER = re.compile(r"[\d.]+(,\d+)?%?")
IN_A_CHIP = re.compile(r".*: (\d[\d.]*)")
# What is no number of records: words of a row, the difference of two numbers that are
# links, the sum of the chips below it, how many rows are here, and the parts of an
# indicator, whose whole is a link and whose months are.
ASIDE = {"th", "small", "option"}
ASIDE_BY_CLASS = {"badge", "result-count", "pieces"}
# Set by hand, with its decree beside it; or a quotient of two numbers that are links.
BY_HAND = {"Nilai awal", "Target", "Capaian", "Realisasi"}
# Days, not records: its list begins on the last of them.
DAYS = "Hari tanpa kegiatan"
# What others of their office see beside the home is the same.
OF_EACH_LEVEL = {Role.HEADQUARTERS, Role.REGIONAL_HEAD, Role.UNIT_HEAD}


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-21 04:00Z", tick=True):
        yield


@pytest.fixture
def unit():
    unit = UnitFactory()
    ReportDuty.objects.update(valid_from=date(2026, 1, 1))
    for office in (unit, PostFactory(parent=unit), UnitFactory(parent=unit.region)):
        fill(office)
    fill(UnitFactory())
    ActivityFactory(office=unit, starts_at=datetime(2026, 11, 2, 2, tzinfo=UTC))
    since = datetime(2026, 10, 1, 2, tzinfo=UTC)
    PartnershipFactory(office=unit, status="submitted", status_since=since)
    TargetFactory(office=unit, code="KPI-07", value=8)
    ContactFactory(office=unit, met_on=date(2026, 11, 3))
    ProgrammeFactory(office=unit)
    return unit


def place_of(role, unit):
    if role == Role.HEADQUARTERS:
        return None
    is_regional = role.value.startswith("regional")
    return unit.region if is_regional else unit


def pages(user, unit):
    """The home, and of each level once what else steers."""
    month = {"month": "2026-10"}
    found = [("reports:home", [], {}), ("reports:home", [], month)]
    if user.acting.role not in OF_EACH_LEVEL:
        return found
    found += [
        ("reports:dashboard", [], {"period": "yearly:2026-01-01"}),
        ("reports:targets", [], {"open": "KPI-07"}),
        ("reports:matrix", [], {}),
        ("outreach:contact_funnel", [], {}),
        ("outreach:programme_overview", [], {}),
    ]
    if user.acting.office.is_wide:
        region = [unit.region_id]
        found += [("reports:brief", region, {}), ("reports:brief", region, month)]
    return found


class Reader:
    """Opens pages as one person, each only once."""

    def __init__(self, client):
        self.client, self.read = client, {}

    def tree(self, url, params=None, **headers):
        answer = self.client.get(url, params, headers=headers)
        if answer.status_code != 200:
            return None
        tree = html.fromstring(answer.content.decode())
        tree.make_links_absolute(answer.request["PATH_INFO"], resolve_base_href=False)
        return tree

    def counted(self, url) -> set[str]:
        """What the list says of how many it holds, and of whom they served."""
        if url not in self.read:
            tree = self.tree(url)
            said = [words_of(each) for each in tree.xpath(SAID)]
            shares = re.findall(r"[\d.]+,\d%", tree.text_content())
            # Of nobody served a list says nothing.
            self.read[url] = {*said, *shares, *(["0"] if len(said) < 2 else [])}
        return self.read[url]

    def pieces(self, url, params):
        """A page, and what it loads by itself."""
        tree = self.tree(url, params)
        if tree is None:
            return
        [main] = tree.xpath("//main")
        yield main
        for each in main.xpath(".//*[@hx-trigger='load']"):
            yield self.tree(each.get("hx-get"), **{"HX-Request": "true"})

    def numbers(self, url, params):
        """Each with the address behind it, or with what stands beside it."""
        for piece in self.pieces(url, params):
            for each in piece.iter("a", "span", "td", "strong", "p"):
                text = " ".join((each.text or "").split())
                if in_chip := "chip" in each.get("class", "") and IN_A_CHIP.match(text):
                    text = in_chip[1]
                if NUMBER.fullmatch(text) and not is_aside(each):
                    yield text, link_of(each), label_of(each)


def words_of(each) -> str:
    return each.text_content().strip() or "–"


def link_of(each) -> str:
    links = [at for at in (each, *each.iterancestors("a")) if at.get("href")]
    return urldefrag(links[0].get("href"))[0] if links else ""


def is_aside(each) -> bool:
    around = [each, *each.iterancestors()]
    classes = {name for at in around for name in at.get("class", "").split()}
    return bool(classes & ASIDE_BY_CLASS) or any(at.tag in ASIDE for at in around)


def label_of(each) -> str:
    cells = [at for at in (each, *each.iterancestors()) if at.get("data-label")]
    return cells[0].get("data-label") if cells else ""


@pytest.mark.parametrize("role", sorted(Role))
def test_every_number_of_what_steers_opens_a_list_of_just_so_many(sign_in, unit, role):
    user = person(role, place_of(role, unit))
    reader, found, wrong = Reader(sign_in(user)), 0, []

    for route, of, params in pages(user, unit):
        page = reverse(route, args=of)
        for text, url, label in reader.numbers(page, params):
            found += 1
            if not url:
                if label not in BY_HAND:
                    wrong.append((page, label, text, "leads nowhere"))
            elif label != DAYS:
                counts = reader.counted(urljoin(page, url))
                if text not in counts:
                    wrong.append((page, label, text, url, counts))

    assert not wrong, "\n".join(map(str, wrong))
    assert found or role in COMMUNITY
