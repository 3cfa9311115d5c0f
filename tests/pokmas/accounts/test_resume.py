"""A form sent after the session had ended waits for its owner, and for nobody else."""

import time

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pokmas.accounts import resume
from pokmas.accounts.middleware import SEEN_AT, SignInRequiredMiddleware
from pokmas.accounts.models import User
from pokmas.accounts.roles import Role
from tests.factories import UserFactory, person

pytestmark = pytest.mark.django_db
PATH = "/people/me/edit/?dari=uji"
FORM = {"full_name": "Nama Baru", "phone": "0812 3456 7890"}


def expire(client):
    session = client.session
    session[SEEN_AT] = int(time.time()) - configured.SESSION_IDLE_SECONDS - 5
    session.save()


def test_a_form_sent_too_late_is_sent_again_with_one_press(sign_in):
    user = person(Role.UNIT_OPERATOR)
    client = sign_in(user)
    expire(client)

    response = client.post(PATH, FORM, follow=True)
    assert "Isian Anda aman" in response.content.decode()
    assert response.redirect_chain[0][0].endswith("?next=/people/resume/")

    sign_in(user)
    page = client.get(reverse("accounts:resume"))
    kept = page.context["kept"]
    assert kept["path"] == PATH
    assert dict(kept["fields"]) == FORM
    assert '<form method="post" action="/people/me/edit/?dari=uji">' in page.text
    assert (page.context["words"], page.context["others"]) == (["Nama Baru"], 1)

    client.post(kept["path"], dict(kept["fields"]))
    assert User.objects.get(pk=user.pk).full_name == "Nama Baru"
    assert resume.KEPT not in client.session


def test_the_form_is_sent_again_with_a_fresh_token():
    client = Client(enforce_csrf_checks=True)
    user = person(Role.VOLUNTEER)
    client.get(reverse("account_login"))
    stale = client.cookies["csrf"].value
    client.post(PATH, {**FORM, "csrfmiddlewaretoken": stale})
    client.force_login(user)

    page = client.get(reverse("accounts:resume"))
    token = page.context["csrf_token"]
    names = [name for name, _value in page.context["kept"]["fields"]]
    response = client.post(PATH, {**FORM, "csrfmiddlewaretoken": str(token)})

    assert names == ["full_name", "phone"]
    assert response.status_code == 302
    assert User.objects.get(pk=user.pk).full_name == "Nama Baru"


def test_a_form_of_another_site_is_never_kept():
    client = Client(enforce_csrf_checks=True)

    response = client.post(PATH, FORM)

    assert response.status_code == 403
    assert resume.KEPT not in client.session


def test_another_person_never_sees_it(sign_in):
    client = sign_in(person(Role.UNIT_OPERATOR))
    expire(client)
    client.post(PATH, FORM)

    # As the real entrance does it: another sign-in in the same browser.
    session = client.session
    kept = session[resume.KEPT]
    sign_in(person(Role.VOLUNTEER))
    session = client.session
    session[resume.KEPT] = kept
    session.save()
    page = client.get(reverse("accounts:resume"))

    assert page.context["kept"] is None
    assert "Nama Baru" not in page.text
    assert resume.KEPT not in client.session


def test_what_is_sent_after_a_sign_out_is_not_for_who_signs_in_next(sign_in):
    """Two people at one computer: another tab of the first was still open."""
    first, second = person(Role.UNIT_OPERATOR), person(Role.UNIT_OPERATOR)
    client = sign_in(first)
    client.post(reverse("account_logout"))
    client.post(PATH, FORM)

    sign_in(second)
    assert "Nama Baru" not in client.get(reverse("accounts:resume")).text
    assert resume.KEPT not in client.session


def test_what_was_chosen_from_a_list_is_not_shown_as_words():
    kept = {"fields": [["mode", "on_site"], ["title", "Rapat"], ["funding", "none"]]}

    assert resume.gist(kept) == (["Rapat"], 2)


def test_secrets_and_files_are_not_kept(client):
    client.post(
        "/people/me/edit/",
        {
            "full_name": "Ani",
            "password1": "rahasia",
            "oldpassword": "rahasia",
            "kata_sandi": "rahasia",
            "code": "123456",
            "credential": "{}",
            "pilihan": ["a", "b"],
            "foto": SimpleUploadedFile("kegiatan.jpg", b"..."),
        },
    )

    kept = client.session[resume.KEPT]
    assert kept["fields"] == [["full_name", "Ani"], ["pilihan", "a"], ["pilihan", "b"]]
    assert kept["files"] == ["kegiatan.jpg"]
    client.force_login(UserFactory())
    page = client.get(reverse("accounts:resume"))
    assert "Berkas tidak ikut tersimpan: kegiatan.jpg" in page.text


def test_a_form_that_is_too_long_is_not_kept_and_says_so(client):
    client.post(PATH, {"isi": "x" * resume.MOST_BYTES})
    client.force_login(UserFactory())

    page = client.get(reverse("accounts:resume"))

    assert client.session[resume.KEPT]["fields"] == []
    assert "terlalu panjang" in page.text


def test_it_is_thrown_away_after_an_hour(client):
    client.post(PATH, FORM)
    session = client.session
    session[resume.KEPT] |= {"at": int(time.time()) - resume.KEPT_FOR_SECONDS - 1}
    session.save()
    client.force_login(UserFactory())

    page = client.get(reverse("accounts:resume"))

    assert page.context["kept"] is None
    assert "Tidak ada isian yang menunggu" in page.text


def test_it_can_be_thrown_away_by_hand(client):
    client.post(PATH, FORM)
    client.force_login(UserFactory())

    client.post(reverse("accounts:drop_kept"))

    assert client.get(reverse("accounts:resume")).context["kept"] is None


def test_one_address_cannot_fill_the_store(client):
    kept = 0
    for _number in range(205):
        client.cookies.clear()
        client.post(PATH, FORM)
        kept += resume.KEPT in client.session

    assert kept == 200


def test_one_person_cannot_fill_the_store(client, rf, stopped_clock):
    request = rf.post(PATH, FORM)
    request.session = client.session

    kept = [resume.keep(request, 7) for _number in range(32)]

    assert kept == [True] * 30 + [False] * 2


def test_a_piece_asked_for_by_a_script_leads_back_to_its_page(client):
    response = client.get(
        "/people/me/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/people/"},
    )

    assert response.headers["HX-Redirect"] == "/accounts/login/?next=/people/"


def give_up(client, error, path=PATH, **headers):
    """What is answered if the database was too long over a form that was sent."""
    request = client.post(path, FORM, headers=headers).wsgi_request
    answer = SignInRequiredMiddleware(HttpResponse).process_exception(request, error)
    request.session.save()
    return answer


def test_a_form_the_database_was_too_long_over_is_sent_again_with_one_press(
    sign_in, given_up
):
    client = sign_in(person(Role.UNIT_OPERATOR))

    answer = give_up(client, given_up)

    page = client.get(answer.url)
    assert answer.url == reverse("accounts:resume")
    assert "Terlalu lama dikerjakan" in page.text
    assert dict(page.context["kept"]["fields"]) == FORM
    assert '<form method="post" action="/people/me/edit/?dari=uji">' in page.text


def test_a_piece_of_a_page_is_led_there_too(sign_in, given_up):
    client = sign_in(person(Role.UNIT_OPERATOR))

    answer = give_up(client, given_up, **{"hx-request": "true"})

    assert answer.headers["HX-Redirect"] == reverse("accounts:resume")


def test_another_fault_and_a_stranger_get_the_page_of_an_outage(sign_in, given_up):
    lost = OperationalError("server closed the connection")

    assert give_up(sign_in(person(Role.UNIT_OPERATOR)), lost) is None
    assert give_up(Client(), given_up) is None
