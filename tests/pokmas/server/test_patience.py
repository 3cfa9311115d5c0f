import pytest
from django.db import OperationalError
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.server.patience import PatienceMiddleware
from tests.factories import person

pytestmark = pytest.mark.django_db


def answer(client, error, *, method="get", **headers):
    send = getattr(client, method)
    words = {"q": "<b>harapan", "status": "active", "after": "abc"}
    request = send(reverse("partners:index"), words, headers=headers).wsgi_request
    return PatienceMiddleware(None).process_exception(request, error)


def test_what_takes_too_long_says_so_and_keeps_what_was_typed(sign_in, given_up):
    response = answer(sign_in(person(Role.UNIT_OPERATOR)), given_up)

    page = response.content.decode()
    assert response.status_code == 503
    assert "Terlalu lama dicari" in page
    assert 'name="q" value="&lt;b&gt;harapan"' in page
    assert '<input type="hidden" name="status" value="active">' in page
    assert 'name="after"' not in page
    assert f'action="{reverse("partners:index")}"' in page


def test_a_piece_of_a_list_gives_way_to_the_answer(sign_in, given_up):
    client = sign_in(person(Role.UNIT_OPERATOR))

    response = answer(client, given_up, **{"hx-request": "true", "hx-target": "list"})

    assert response.headers["HX-Retarget"] == "#content"
    assert "<html" not in response.content.decode()


def test_a_form_that_was_sent_is_left_to_where_forms_are_kept(sign_in, given_up):
    client = sign_in(person(Role.UNIT_OPERATOR))

    assert answer(client, given_up, method="post") is None


def test_another_fault_is_left_to_others(sign_in):
    client = sign_in(person(Role.UNIT_OPERATOR))

    assert answer(client, OperationalError("server closed the connection")) is None
