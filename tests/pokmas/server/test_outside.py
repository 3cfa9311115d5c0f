"""What no page of ours sends is refused as what it is, and breaks nothing."""

import json
from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.server.outside import Door, address, read_json, whole_number
from tests.factories import PartnershipFactory, UnitFactory, person

DEEP = "[" * 20_000
LONGEST = 1000
ENCODINGS = ["base64", "utf-16", "utf-7", "undefined", "nein", "idna"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        (12, 12),
        (str(2**63 - 1), 2**63 - 1),
        (str(2**63), None),
        ("9" * 5000, None),
        ("-1", None),
        ("1.5", None),
        ("²", None),
        ("١", None),
        ("", None),
        (None, None),
    ],
)
def test_a_number_of_a_row_is_one_that_a_row_can_have(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "NaN",
        "-Infinity",
        "1e999",
        "[1, -1e999]",
        "9" * 5000,
        r'"\ud800"',
        r'{"\udfff": 1}',
        r'["\u0000"]',
        DEEP,
        DEEP + "]" * 20_000,
        '{"a":' * 20_000,
        b"\xff\xfe\x00",
    ],
)
def test_json_that_no_column_holds_cannot_be_read(text):
    with pytest.raises(ValueError):  # noqa: PT011 - as of any JSON
        read_json(text)


def test_sound_json_is_read():
    assert read_json('{"a": [1, 2.5, "é😀", null, true]}') == {
        "a": [1, 2.5, "é😀", None, True]
    }


@pytest.mark.parametrize(
    "text", ["http://[", "http://a:b/", "//[::1", "http://\u2100/"]
)
def test_an_address_that_is_none_has_no_parts(text):
    assert not any(address(text))


# Requests


@pytest.fixture
def visitor(client):
    client.raise_request_exception = False
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/help/%00/", "/%00", "/v/a%00b/", "/static/%00"])
def test_a_path_with_a_nul_leads_nowhere(visitor, path):
    assert visitor.get(path).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["9" * 19, "9" * 40, "9" * 5000])
def test_a_number_that_no_row_has_leads_nowhere(sign_in, key):
    client = sign_in(person(Role.UNIT_OPERATOR, UnitFactory()))

    assert client.get(f"/partners/{key}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["HX-Current-URL", "Referer"])
@pytest.mark.parametrize("text", ["http://[", "http://testserver:x/", "//[::1"])
def test_a_broken_address_in_a_header_says_nothing(visitor, name, text):
    headers = {"HX-Request": "true", name: text}

    response = visitor.get(reverse("partners:index"), headers=headers)

    assert response.status_code == 200
    assert response.headers["HX-Redirect"] == "/accounts/login/?next=/"


@pytest.mark.django_db
def test_a_form_without_a_token_is_refused_whatever_page_it_came_from(visitor):
    visitor.handler.enforce_csrf_checks = True

    response = visitor.post(
        reverse("account_login"), {}, headers={"Referer": "http://[::1"}
    )

    assert response.status_code == 403


@pytest.mark.django_db
def test_too_many_answers_cannot_be_read(visitor):
    response = visitor.post(
        reverse("account_login"),
        b"&".join([b"a=1"] * 2500),
        content_type="application/x-www-form-urlencoded",
    )

    assert response.status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    "part",
    [
        "form-data; name*=nein''a",
        "form-data; name*=undefined''a",
        'form-data; name="a"\r\nContent-Type: text/plain; charset=base64',
        'form-data; name="a"\r\nContent-Transfer-Encoding: base64',
    ],
)
def test_an_odd_part_of_a_form_is_refused_or_left_out(visitor, part):
    body = f"--x\r\nContent-Disposition: {part}\r\n\r\né=\r\n--x--\r\n".encode()

    response = visitor.post(
        reverse("account_login"), body, content_type="multipart/form-data; boundary=x"
    )

    assert response.status_code in (200, 400)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind",
    [
        "text/plain; charset*=nein''utf-8",
        "multipart/form-data; boundary*=undefined''x",
        "text/plain; charset=\0",
        "text/plain; charset=\xe9",
        *(f"application/json; charset={charset}" for charset in ENCODINGS),
        *(f"multipart/form-data; boundary=x; charset={each}" for each in ENCODINGS),
    ],
)
def test_what_is_not_in_utf8_stays_at_the_door(kind):
    environ = RequestFactory()._base_environ(
        PATH_INFO="/help/",
        QUERY_STRING="q=a",
        CONTENT_TYPE=kind,
        **{"wsgi.input": BytesIO()},
    )
    said = []

    page = Door(WSGIHandler())(environ, lambda status, headers: said.append(status))

    assert said == ["400 Bad Request"]
    assert b"tidak dapat dibaca" in b"".join(page)


# Passkeys answer by a script


@pytest.mark.django_db
@pytest.mark.parametrize(
    "credential",
    [
        DEEP,
        "NaN",
        "[]",
        '"a"',
        '{"response": []}',
        '{"id": 1, "response": {"userHandle": 1}}',
        json.dumps(
            {
                "id": "AAAA",
                "rawId": "AAAA",
                "type": "public-key",
                "response": {
                    "clientDataJSON": "AAAA",
                    "authenticatorData": "AA",
                    "signature": "AA",
                    "userHandle": None,
                },
            }
        ),
    ],
)
def test_a_passkey_that_answers_nonsense_is_refused_in_words(visitor, credential):
    response = visitor.post(
        reverse("mfa_login_webauthn"), {"credential": credential}, follow=True
    )

    assert response.status_code == 200
    assert response.redirect_chain == [("/accounts/login/", 302)]


# Text


@pytest.mark.django_db
@pytest.mark.parametrize(("more", "fits"), [(0, True), (1, False)])
def test_a_line_break_counts_once_as_the_page_counts_it(sign_in, more, fits):
    """The reason why a step is taken may have 1,000 signs, half of them breaks."""
    partner = PartnershipFactory(status="active")
    client = sign_in(person(Role.UNIT_HEAD, partner.office))
    url = reverse("partners:suspend", args=[partner.pk])
    reason = "x\r\n" * (LONGEST // 2) + "x" * more

    client.post(url, {"reason": reason, "revision": partner.revision})

    partner.refresh_from_db()
    assert (partner.status == "suspended") is fits
    assert "\r" not in partner.reason
