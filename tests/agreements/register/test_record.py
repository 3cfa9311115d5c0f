"""The page of an agreement: who it is, how far, and what its reader may do."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agreements.models import Agreement
from pokmas.accounts.roles import Role
from pokmas.steps.actions import actions_of
from tests.factories import AgreementFactory, DocumentFactory, UnitFactory, person
from tests.pokmas.documents.corpus import pdf, upload

pytestmark = pytest.mark.django_db
Status = Agreement.Status


def signed(unit, **more):
    today = unit.today
    return AgreementFactory(
        office=unit,
        status=Status.SIGNED,
        our_number="W.22-1",
        signed_on=today - timedelta(days=300),
        number_year=today.year,
        starts_on=today - timedelta(days=300),
        ends_on=today + timedelta(days=30),
        scan=DocumentFactory(),
        **more,
    )


def test_what_ends_a_signed_agreement_is_never_offered_first():
    unit = UnitFactory()
    head = person(Role.UNIT_HEAD, unit)

    actions = actions_of(signed(unit), head)

    assert actions.first is None or not actions.first.step.is_danger
    assert {"suspend", "terminate"} <= {each.step.name for each in actions.dangers}


def test_its_buttons_stand_in_one_quiet_menu(sign_in):
    unit = UnitFactory()

    page = sign_in(person(Role.UNIT_HEAD, unit)).get(signed(unit).get_absolute_url())

    html = page.content.decode()
    assert 'class="menu-item is-danger"' in html
    assert "btn-outline-danger" not in html
    assert "sisa 30 hari" in html


def test_list_and_page_say_of_one_in_force_how_many_days_are_left(sign_in):
    unit = UnitFactory()
    agreement = signed(unit, kind="mou")
    agreement.ends_on = unit.today + timedelta(days=1_500)
    agreement.save(update_fields=["ends_on"])
    client = sign_in(person(Role.UNIT_HEAD, unit))

    pages = [reverse("agreements:index"), agreement.get_absolute_url()]
    said = ["sisa 1.500 hari" in client.get(page).text for page in pages]

    assert said == [True, True]


def test_the_operator_too_uploads_the_signed_scan(sign_in):
    agreement = AgreementFactory(
        status=Status.READY_TO_SIGN, partner__status="approved"
    )
    day = agreement.starts_on - timedelta(days=1)

    sign_in(person(Role.UNIT_OPERATOR, agreement.office)).post(
        reverse("agreements:sign", args=[agreement.pk]),
        {
            "our_number": "W.22-9",
            "signed_on": f"{min(day, agreement.office.today):%d-%m-%Y}",
            "signed_at_place": "Kupang",
            "scan": upload("pks.pdf", pdf()),
        },
    )

    agreement.refresh_from_db()
    assert agreement.status == Status.SIGNED


@pytest.mark.parametrize(
    ("asked", "opened"),
    [("", "activities"), ("history", "history"), ("odd", "activities")],
)
def test_the_parts_below_are_plain_links(sign_in, asked, opened):
    unit = UnitFactory()
    client = sign_in(person(Role.UNIT_HEAD, unit))

    response = client.get(signed(unit).get_absolute_url(), {"tab": asked})

    assert response.context["open"]["part"].name == opened
    assert 'href="?tab=history#tabs"' in response.content.decode()
    assert ("timeline" in response.content.decode()) == (opened == "history")
