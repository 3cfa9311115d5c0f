"""Whatever comes in from outside, the portal answers in words and never breaks down.

Addresses, forms and lists are read from the routes and the pages themselves, so a new
page is asked as well. POKMAS_FUZZ_SEED draws other requests, POKMAS_FUZZ_TRIES more.
"""

import io
import os
import traceback
from functools import cached_property
from random import Random
from urllib.parse import unquote_to_bytes

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal.auth import STATE_SESSION_KEY
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import (
    got_request_exception,
    request_finished,
    request_started,
)
from django.db import close_old_connections
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.server.outside import Door
from tests.house.access import Who
from tests.house.forms import answers, forms_of
from tests.house.odd import Odd, Try
from tests.house.rooms import ACCESS, OWN, VARIANTS
from tests.house.test_lists import lists_of
from tests.house.test_walk import NOBODY, undone
from tests.house.world import build

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]

SEED = os.environ.get("POKMAS_FUZZ_SEED", "1")
ROLES = [
    *(NOBODY, Role.PARTNER, Role.UNIT_OPERATOR, Role.UNIT_HEAD),
    *(Role.REGIONAL_REVIEWER, Role.REGIONAL_ADMIN, Role.HEADQUARTERS),
]
TRIES = int(os.environ.get("POKMAS_FUZZ_TRIES", "2100")) // len(ROLES)
# What lists and pages ask for beside the fields of their forms.
ASKED = [
    *("q", "after", "before", "sort", "size", "count", "export", "tab", "page", "zoom"),
    *("next", "back", "other", "role", "office", "then", "since", "until", "code"),
]
SECRET = "s" * 32


class Visitor:
    """Asks the application as a server does, in the session of one person."""

    def __init__(self, application, client):
        self.application, self.client = application, client
        self.cookies = "; ".join(
            [f"{name}={each.value}" for name, each in client.cookies.items()]
            + [f"csrf={SECRET}"]
        )

    def ask(self, request: Try) -> str:
        """The status of the answer, or all that is known of why there is none."""
        # The end of a request would end the transaction of the test.
        request_started.disconnect(close_old_connections)
        request_finished.disconnect(close_old_connections)
        status = []
        with undone(self.client):
            try:
                answer = self.application(
                    self.environ(request), lambda said, headers: status.append(said)
                )
                b"".join(answer)
                answer.close()
            except Exception:  # noqa: BLE001 - a server would answer something
                status = [f"500 {traceback.format_exc()}"]
        return status[0]

    def environ(self, request: Try) -> dict:
        environ = {
            "REQUEST_METHOD": request.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(request.path).decode("latin-1"),
            "QUERY_STRING": as_sent(request.query),
            "CONTENT_LENGTH": str(len(request.body)),
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "testserver",
            "HTTP_COOKIE": self.cookies,
            "HTTP_X_CSRFTOKEN": SECRET,
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(request.body),
            "wsgi.errors": io.StringIO(),
            "wsgi.version": (1, 0),
        }
        more = dict(request.headers)
        if cookie := more.pop("HTTP_COOKIE", ""):
            environ["HTTP_COOKIE"] = f"{cookie}; {self.cookies}"
        return environ | {name: as_sent(text) for name, text in more.items()}


def as_sent(text: str) -> str:
    """A server hands over each byte as a sign of its own."""
    return text.encode("utf-8", "replace").decode("latin-1")


class Ground:
    """What there is to be asked by one role, read from the portal itself."""

    def __init__(self, client, user, role, world):
        self.client, self.user, self.role, self.world = client, user, role, world
        self.built = {kind: make(world) for kind, make in sorted(VARIANTS.items())}
        self.known: dict[str, list[tuple[str, str]]] = {}

    @cached_property
    def open(self) -> list[str]:
        """The routes that this role may follow."""
        return [
            name
            for name, access in ACCESS.items()
            if access.roles is Who.PUBLIC or self.role in access.roles
        ]

    def routes(self, method: str) -> list[str]:
        return [name for name in self.open if method in ACCESS[name].methods]

    def url(self, name: str, odd: Odd) -> str:
        arguments = [
            odd.one(self.built[each]).pk
            if self.built.get(each) and odd.maybe(0.6)
            else self.world.find(each, self.user)
            for each in ACCESS[name].on
        ]
        return reverse(name, args=arguments)

    def asked(self, name: str, url: str) -> list[tuple[str, str]]:
        """Name and fitting answer of what the forms of a page ask."""
        if name not in self.known:
            found = []
            if "get" in ACCESS[name].methods:
                with undone(self.client):
                    found = forms_of(self.client.get(url))
            self.known[name] = [
                (each, text)
                for form in found
                for each, value in answers(form).items()
                for text in self._texts(value)
            ]
        return self.known[name]

    def _texts(self, value) -> list[str]:
        if hasattr(value, "seek"):
            return []
        return [str(each) for each in (value if isinstance(value, list) else [value])]

    @cached_property
    def lists(self) -> list[tuple[str, str, tuple, list]]:
        """Of each list in some orders: address, order, its columns, a proper key."""
        found = []
        for _table, url in lists_of(self.user, self.world):
            listing = self.client.get(url).context["listing"]
            for sort in [*listing.sorting.orders, *listing.sorting.columns][:8]:
                page = self.client.get(url, {"sort": sort}).context["page"]
                found.append((url, sort, page.order, ['"1"'] * len(page.order)))
        return found


def draw(ground: Ground, odd: Odd) -> Try:
    kind = odd.one(
        ["list"] * 4 + ["parameter"] * 3 + ["form"] * 6 + ["path", "header", "body"] * 2
    )
    if kind == "list" and ground.role != NOBODY:
        url, sort, order, proper = odd.one(ground.lists)
        cursor = {odd.one(["after", "before"]): odd.cursor(order, proper)}
        more = ASKED if odd.maybe(0.2) else []
        request = odd.parameters(url, more, sort=sort, **cursor)
        if odd.maybe(0.3):
            request.headers = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "list"}
        return request
    name = odd.one(ground.routes("post" if kind in ("form", "body") else "get"))
    url = ground.url(name, odd)
    asked = ground.asked(name, url)
    names = [each for each, _text in asked]
    if kind == "form":
        if "webauthn" in name:
            return odd.passkey(url)
        return odd.answers(url, asked)
    if kind == "body":
        return odd.body(url, names)
    if kind == "path":
        return odd.path(url)
    request = odd.parameters(url, sorted({*names, *ASKED}))
    return odd.headers(request) if kind == "header" else request


@pytest.fixture
def faults():
    """What the portal could not answer, as it was noted."""
    noted = []

    def note(**more):
        noted.append(traceback.format_exc())

    got_request_exception.connect(note)
    yield noted
    got_request_exception.disconnect(note)


@pytest.mark.parametrize("role", ROLES)
def test_nothing_from_outside_breaks_the_portal(client, sign_in, faults, role):
    world = build()
    user = world.people[Role.UNIT_OPERATOR if role == NOBODY else role]
    for make in OWN.values():
        make(user)
    if not Authenticator.objects.filter(user=user, type="totp").exists():
        TOTP.activate(user, generate_totp_secret())
    if role != NOBODY:
        sign_in(user)
    session = client.session
    session[STATE_SESSION_KEY] = {"challenge": "AAAA", "user_verification": "required"}
    session.save()
    ground = Ground(client, user, role, world)
    visitor = Visitor(Door(WSGIHandler()), client)
    broken = []

    for number in range(TRIES):
        faults.clear()
        request = draw(ground, Odd(Random(f"{SEED}-{role}-{number}")))
        status = visitor.ask(request)
        if status >= "500":
            broken.append(f"{number}: {request}\n{''.join(faults[-1:]) or status}")

    assert not broken, "\n\n".join(broken)
