"""Whatever an applicant is shown leads somewhere, however his registration stands."""

import re
from collections import deque
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.contrib.messages import ERROR
from django.db import transaction
from django.urls import reverse

from partners.models import Criterion, Finding, Partnership
from partners.registration import services as registration
from partners.vetting import services as vetting
from pokmas.accounts.roles import Role
from tests.factories import RepresentativeFactory, declared_today, person

pytestmark = pytest.mark.django_db
Status = Partnership.Status
A_LINK = re.compile(r'<a\b[^>]*?\shref="([^"]+)"')
A_PIECE = re.compile(r'\bhx-get="([^"]+)"')
A_FORM = re.compile(r"<form\b([^>]*)>", re.S)
ACTION = re.compile(r'\baction="([^"]+)"')
# So many questions of the same page are enough: sorted this way, narrowed that way.
QUESTIONS = 3
# Whoever presses these has gone, or reads another language from then on.
LEAVES = {reverse("account_logout"), reverse("set_language")}


def registered(status):
    """An applicant whose registration came to stand so, and nothing else of his."""
    row = RepresentativeFactory(partner__is_self_registered=True)
    partnership, user = row.partnership, row.user
    if status == Status.DRAFT:
        return user
    if status == Status.WITHDRAWN:
        registration.discard(partnership, reason="Uji", by=user)
        return user
    operator = person(Role.UNIT_OPERATOR, partnership.office)
    registration.submit(partnership, declared=declared_today(), by=user)
    if status == Status.RETURNED:
        vetting.return_for_repair(partnership, reason="Uji", by=operator)
    elif status != Status.SUBMITTED:
        asked = Criterion.objects.asked_of(partnership)
        met = [Finding(criterion=criterion, is_met=True) for criterion in asked]
        vetting.verify(partnership, met, by=operator)
    if status == Status.DECLINED:
        head = person(Role.UNIT_HEAD, partnership.office)
        vetting.decline(partnership, reason="Uji", by=head)
    return user


def shown(page: str, at: str) -> set[tuple[str, bool]]:
    """The addresses that a page offers, and whether each is sent by POST."""
    links = {(link, False) for link in A_LINK.findall(page) + A_PIECE.findall(page)}
    for attributes in A_FORM.findall(page):
        is_post = 'method="post"' in attributes
        action = ACTION.search(attributes)
        links.add((action[1] if action else at, is_post))
    found = set()
    for link, is_post in links:
        address = urldefrag(urljoin(f"http://testserver{at}", unescape(link)))[0]
        parts = urlsplit(address)
        if (parts.scheme, parts.netloc) == ("http", "testserver"):
            query = f"?{parts.query}" if parts.query else ""
            found.add((parts.path + query, is_post))
    return found


def blocked(client, first: str) -> dict[str, str]:
    """What stands against whom follows every way from `first`: address → why."""
    waiting, seen, asked, faults = deque([first]), {(first, False)}, {}, {}
    while waiting:
        address = waiting.popleft()
        path = address.partition("?")[0]
        asked[path] = asked.get(path, 0) + 1
        if asked[path] > QUESTIONS:
            continue
        response = client.get(address, follow=True)
        if fault := _fault(response):
            faults[address] = fault
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        at = response.request["PATH_INFO"]
        for link, is_post in sorted(shown(response.text, at) - seen):
            seen.add((link, is_post))
            if not is_post:
                waiting.append(link)
            elif reason := _closed(client, link):
                faults[link] = reason
    return faults


def _fault(response) -> str:
    if response.status_code != 200:
        return f"{response.status_code} at {response.request['PATH_INFO']}"
    told = response.context and response.context.get("messages")
    return "; ".join(str(each) for each in told or () if each.level >= ERROR)


def _closed(client, link: str) -> str:
    """What a button without an answer is told; whatever it does is undone."""
    if link.partition("?")[0] in LEAVES:
        return ""
    with transaction.atomic():
        response = client.post(link)
        transaction.set_rollback(True)
    # 422: nothing was answered, which its form says.
    open_ways = (200, 204, 302, 422)
    return "" if response.status_code in open_ways else str(response.status_code)


@pytest.mark.parametrize(
    "status",
    [
        Status.DRAFT,
        Status.SUBMITTED,
        Status.VERIFYING,
        Status.RETURNED,
        Status.DECLINED,
        Status.WITHDRAWN,
    ],
)
def test_no_way_that_an_applicant_is_shown_is_closed_to_him(sign_in, status):
    client = sign_in(registered(status))

    assert blocked(client, reverse("home")) == {}


def test_nor_is_any_to_whom_has_not_begun(sign_in, applicant):
    assert blocked(sign_in(applicant), reverse("home")) == {}


def test_nor_is_any_to_a_stranger(client, db):
    assert blocked(client, reverse("partners:start")) == {}
