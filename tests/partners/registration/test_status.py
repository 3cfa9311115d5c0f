"""What a registration number alone tells."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from partners.models import Partnership
from tests.factories import (
    HeadquartersFactory,
    PartnershipFactory,
    RegionFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
Status = Partnership.Status


def asked(client, partnership):
    code = partnership.partner.reference
    return client.get(reverse("partners:status"), {"code": code})


@pytest.mark.parametrize("status", Status)
def test_each_status_is_said_with_what_comes_next(client, status):
    page = asked(client, PartnershipFactory(status=status))

    (found,) = page.context["found"]
    assert found["record"].status == status
    assert found["afterwards"] != ""


@pytest.mark.parametrize(
    ("office", "decider"),
    [
        (UnitFactory, "kepala unit"),
        (RegionFactory, "kepala Kanwil"),
        (HeadquartersFactory, "Pusat"),
    ],
)
def test_who_decides_follows_from_the_kind_of_office(client, office, decider):
    page = asked(client, PartnershipFactory(status="verifying", office=office()))

    (found,) = page.context["found"]
    assert found["afterwards"].startswith(f"Diputuskan {decider}. Paling lambat ")


def test_the_day_since_when_is_that_of_the_reader(client):
    night = datetime(2026, 11, 29, 20, 51, tzinfo=UTC)

    page = asked(client, PartnershipFactory(status="active", status_since=night))

    assert "<dd>30 November 2026</dd>" in page.text


def test_a_number_that_is_none_is_refused_and_nothing_is_said_to_be_unsaved(client):
    page = client.get(reverse("partners:status"), {"code": "abc"}).text

    assert "Periksa lagi kode itu." in page
    assert "belum disimpan" not in page


def test_a_draft_of_an_applicant_is_not_told_of(client):
    page = asked(client, PartnershipFactory(status="draft", is_self_registered=True))

    assert page.context["found"] == []


def test_both_units_stand_there_while_a_second_one_is_to_adopt_the_partner(client):
    first = PartnershipFactory(status="active", office__name="Bapas Gebang")
    second = UnitFactory(name="Bapas Lontar")
    PartnershipFactory(office=second, partner=first.partner, status="proposed")

    page = asked(client, first)

    said = {
        each["record"].office.name: each["record"].status_label
        for each in page.context["found"]
    }
    assert said == {"Bapas Gebang": "Aktif", "Bapas Lontar": "Diusulkan"}
