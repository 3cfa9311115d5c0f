"""Every address × role × method: what the portal answers is what the table declares."""

from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from itertools import product

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, get_resolver, reverse

from pokmas.accounts.roles import STAFF, Role
from tests.house.access import Who
from tests.house.rooms import ACCESS, COMMON, DEVELOPMENT_ONLY
from tests.house.world import World

NOBODY = "nobody"
pytestmark = pytest.mark.django_db


def routes():
    """The name of every route the portal knows."""

    def walk(resolver, spaces=()):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                space = (pattern.namespace,) if pattern.namespace else ()
                yield from walk(pattern, (*spaces, *space))
            else:
                yield ":".join([*spaces, pattern.name or str(pattern.pattern)])

    return set(walk(get_resolver()))


def test_every_route_is_declared():
    assert routes() - DEVELOPMENT_ONLY == set(ACCESS)


@contextmanager
def undone(client):
    """What a request changed is taken back, in the database and in the browser."""
    cookies = client.cookies.output()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    if client.cookies.output() != cookies:
        client.cookies = SimpleCookie(_kept(cookies))


def _kept(cookies: str) -> str:
    lines = (line.removeprefix("Set-Cookie: ") for line in cookies.splitlines())
    return "; ".join(line.split(";")[0] for line in lines)


@dataclass
class Answer:
    status: int
    to_login: bool


def ask(client, method, name, arguments) -> Answer:
    url = reverse(name, args=arguments)
    with undone(client):
        response = getattr(client, method)(url)
    location = response.headers.get("Location", "")
    return Answer(response.status_code, location.startswith("/accounts/login/"))


def arguments_of(world: World, access, user):
    return [world.find(name, user) for name in access.on]


def mismatches(world, client, user, role, judge, routes=ACCESS) -> dict[str, str]:
    """Route → what was answered against the table; empty if all is as declared."""
    wrong = {}
    for (name, access), method in product(routes.items(), ("get", "post")):
        try:
            answer = ask(client, method, name, arguments_of(world, access, user))
        except NoReverseMatch as error:
            wrong[name] = str(error)
            continue
        known = method in access.methods
        if problem := judge(access, answer, role) if known else refused(answer):
            wrong[f"{method} {name}"] = f"{problem}, got {answer.status}"
    return wrong


def about_records() -> dict:
    """The routes to what belongs to one office and its people."""
    return {
        name: access
        for name, access in ACCESS.items()
        if access.roles is not Who.PUBLIC
        and not access.personal
        and not set(access.on) <= COMMON
    }


def expect_none(wrong: dict[str, str]) -> None:
    assert wrong == {}, "\n".join(f"{name}: {what}" for name, what in wrong.items())


def gets_in(answer: Answer) -> bool:
    return answer.status < 400 and not answer.to_login


def refused(answer: Answer) -> str:
    """A method the address does not know: 405, or the refusal that comes before."""
    fine = answer.to_login or answer.status in {403, 404, 405}
    return "" if fine else "should not know this method"


def as_declared(access, answer, role) -> str:
    if access.leaves:
        return "" if answer.status == 302 else "should lead elsewhere"
    if access.roles is Who.PUBLIC:
        # A spent token or an unknown code gets a page of its own, with 404 or 410.
        fine = answer.status < 500 and answer.status != 403 and not answer.to_login
        return "" if fine else "public"
    if role in access.roles:
        return "" if gets_in(answer) else "should get in"
    expected = {403} if role in STAFF and not access.personal else {403, 404}
    # Whoever may not do a step on a record he may not see is told nothing of it.
    if access.on:
        expected = {403, 404}
    return "" if answer.status in expected else f"should be {expected}"


@pytest.mark.exhaustive
@pytest.mark.parametrize("role", Role)
def test_each_role_gets_what_is_declared(sign_in, world, role):
    user = world.people[role]

    expect_none(mismatches(world, sign_in(user), user, role, as_declared))


def test_nobody_gets_public_pages_and_is_asked_to_sign_in_elsewhere(client, world):
    user = world.people[Role.UNIT_OPERATOR]

    def judge(access, answer, role):
        if access.roles is Who.PUBLIC:
            return as_declared(access, answer, role)
        return "" if answer.to_login else "should be asked to sign in"

    expect_none(mismatches(world, client, user, NOBODY, judge))


def test_no_address_knows_another_method(sign_in, world):
    user = world.people[Role.UNIT_OPERATOR]
    client = sign_in(user)

    answers = {
        (method, name): ask(
            client, method, name, arguments_of(world, access, user)
        ).status
        for name, access in ACCESS.items()
        for method in ("put", "patch", "delete", "options", "trace")
    }

    assert set(answers.values()) == {405}
