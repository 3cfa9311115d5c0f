"""A promise has another wording: it is asked for anew and stops nothing."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from partners.models import Promise, Volunteer
from partners.promises import services
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from tests.factories import VolunteerFactory, person, volunteer_of

pytestmark = pytest.mark.django_db
Status = Volunteer.Status


def first():
    return Promise.objects.order_by("valid_from").first()


def newer(valid_from=date(2026, 2, 1)):
    return Promise.objects.create(
        title="Janji", text="Naskah yang lain.", valid_from=valid_from
    )


def url(volunteer):
    return reverse("partners:volunteer_promise", args=[volunteer.pk])


def test_at_his_next_visit_he_is_asked_and_then_no_more(sign_in):
    user = volunteer_of(promise=first())
    volunteer, asked = user.volunteers.get(), newer()
    client = sign_in(user)

    before = client.get(volunteer.get_absolute_url()).text
    text = client.get(url(volunteer)).text
    client.post(url(volunteer), {"promise": asked.pk, "promises": "on"})
    after = client.get(volunteer.get_absolute_url()).text

    volunteer.refresh_from_db()
    assert (volunteer.promise, volunteer.owes_promise) == (asked, False)
    assert asked.text in text
    said = "Baca naskah janji yang baru"
    assert (said in before, said in after) == (True, False)
    assert Entry.objects.get(action="volunteer.promised").actor == user


def test_the_home_page_asks_too(sign_in):
    user = volunteer_of(promise=first())
    newer()

    page = sign_in(user).get(reverse("reports:home")).text

    assert "Baca naskah janji yang baru" in page


def test_officers_read_whose_turn_it_is_and_cannot_promise_for_him(sign_in):
    volunteer = VolunteerFactory(promise=first())
    newer()
    client = sign_in(person(Role.UNIT_OPERATOR, volunteer.office))

    page = client.get(volunteer.get_absolute_url()).text

    assert "Baca naskah janji yang baru" in page
    assert url(volunteer) not in page
    assert client.get(url(volunteer)).status_code == 403


def test_until_then_he_helps_on(sign_in):
    user = volunteer_of(promise=first())
    newer()

    assert user.volunteers.get().is_serving


def test_a_wording_of_a_day_to_come_is_not_asked_for(sign_in):
    user = volunteer_of(promise=first())
    volunteer = user.volunteers.get()
    newer(volunteer.office.today + timedelta(days=1))

    response = sign_in(user).get(url(volunteer), follow=True)

    assert response.redirect_chain[-1][0] == volunteer.get_absolute_url()
    assert not volunteer.owes_promise


def test_a_wording_that_changed_meanwhile_is_shown_first(sign_in):
    user = volunteer_of(promise=first())
    shown, newest = newer(), newer(date(2026, 3, 1))

    page = sign_in(user).post(
        url(user.volunteers.get()), {"promise": shown.pk, "promises": "on"}
    )

    assert user.volunteers.get().promise == first()
    assert "Naskahnya berganti" in page.text
    assert newest.text in page.text


def test_without_a_tick_nothing_is_promised(sign_in):
    user = volunteer_of(promise=first())
    asked = newer()

    page = sign_in(user).post(url(user.volunteers.get()), {"promise": asked.pk})

    assert list(page.context["form"].errors) == ["promises"]
    assert user.volunteers.get().promise == first()


def test_pressed_twice_it_is_promised_once(sign_in):
    user = volunteer_of(promise=first())
    volunteer, asked = user.volunteers.get(), newer()
    client, sent = sign_in(user), {"promise": asked.pk, "promises": "on"}

    client.post(url(volunteer), sent)
    again = client.post(url(volunteer), sent, follow=True)

    assert again.status_code == 200
    assert Entry.objects.filter(action="volunteer.promised").count() == 1


@pytest.mark.parametrize("status", sorted(set(Status) - set(Volunteer.ACCEPTED)))
def test_only_who_was_accepted_is_asked(status):
    user = volunteer_of(status=status, promise=first())
    asked = newer()

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        services.promise(user.volunteers.get(), promise=asked, by=user)


def test_nobody_promises_for_another():
    volunteer = VolunteerFactory(promise=first())
    other = volunteer_of(volunteer.office)

    with pytest.raises(ValidationError, match="Sahabat itu sendiri"):
        services.promise(volunteer, promise=newer(), by=other)
