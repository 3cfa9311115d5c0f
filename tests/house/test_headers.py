"""What every answer carries, whoever asks (OWASP ASVS 5.0, chapters 3 and 14)."""

import pytest
from django.urls import reverse

from pokmas.accounts.roles import Role
from tests.house.rooms import ACCESS
from tests.house.test_walk import arguments_of, undone

pytestmark = pytest.mark.django_db

CSP = [
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
]


# What our own pages show in a frame: a paper, read beside the form that asks about it.
FRAMED = {"documents:view", "documents:issued_view"}


def lacking(response, name="") -> list[str]:
    """What this answer should carry and does not."""
    policy = response.headers.get("Content-Security-Policy", "")
    framed = name in FRAMED and response.status_code == 200
    if framed:
        policy = policy.replace("frame-ancestors 'self'", "frame-ancestors 'none'")
    # A person's file is shown in a sandbox, where nothing may run at all.
    found = [part for part in CSP if part not in policy and "sandbox" not in policy]
    if "unsafe" in policy and "sandbox" not in policy:
        found.append("unsafe")
    for header, value in (
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "SAMEORIGIN" if framed else "DENY"),
        ("Referrer-Policy", "same-origin"),
    ):
        if response.headers.get(header) != value:
            found.append(header)
    return found


@pytest.mark.exhaustive
@pytest.mark.parametrize("role", [None, Role.UNIT_OPERATOR])
def test_every_answer_carries_the_safe_headers(client, sign_in, world, role):
    user = world.people[role or Role.UNIT_OPERATOR]
    if role:
        sign_in(user)
    wrong = {}
    for name, access in ACCESS.items():
        url = reverse(name, args=arguments_of(world, access, user))
        with undone(client):
            response = getattr(client, access.methods[0])(url)
        if missing := lacking(response, name):
            wrong[name] = missing
    assert wrong == {}


@pytest.mark.parametrize(
    "name", ["reports:home", "partners:index", "accounts:me", "agreements:create"]
)
def test_pages_of_a_person_are_kept_by_no_cache(sign_in, world, name):
    client = sign_in(world.people[Role.UNIT_OPERATOR])

    response = client.get(reverse(name))

    assert response.headers["Cache-Control"] == "private, no-store"
