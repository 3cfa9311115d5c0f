"""Whom the portal takes for the same partner."""

from collections import Counter

import pytest

from partners.known import likeness
from partners.known.likeness import Described, alike
from pokmas.accounts.roles import Role
from pokmas.offices.models import Regency
from tests.factories import (
    PartnerKindFactory,
    PartnershipFactory,
    ProvinceFactory,
    RegencyFactory,
    UnitFactory,
    person,
)
from tests.partners.known.pairs import REGENCIES, pairs

pytestmark = pytest.mark.django_db


def test_of_three_hundred_pairs_it_finds_the_same_and_few_others():
    for code, (province, its_name, name) in REGENCIES.items():
        of = ProvinceFactory(code=province, name=its_name)
        RegencyFactory(code=code, name=name, province=of)
    regencies = Regency.objects.in_bulk()
    unit = UnitFactory()
    viewer = person(Role.UNIT_OPERATOR, unit)
    wrong = Counter()
    listed = {True: 0, False: 0}
    all_pairs = pairs()
    for pair in all_pairs:
        partner = PartnershipFactory(
            office=unit, status="active", **_answers(pair.first, regencies)
        ).partner

        found = alike(_described(pair.second, regencies), viewer=viewer)

        is_listed = partner in [each.partner for each in found]
        listed[pair.is_same] += is_listed
        if is_listed != pair.is_same:
            wrong[pair.why] += 1
    counted = Counter(pair.is_same for pair in all_pairs)
    assert listed[True] >= 0.95 * counted[True], wrong
    assert listed[False] <= 0.2 * counted[False], wrong


def _answers(written, regencies):
    answers = dict(vars(written))
    kind = PartnerKindFactory(code=written.kind, is_person=written.kind == "person")
    return answers | {"regency": regencies[written.regency], "kind": kind}


def _described(written, regencies):
    return Described(
        name=written.name,
        leader_name=written.leader_name,
        phones=(written.phone,) if written.phone else (),
        registration_number=written.registration_number,
        tax_number=written.tax_number,
        regency=regencies[written.regency],
        village=written.village,
        is_person=written.kind == "person",
    )


@pytest.mark.parametrize(
    ("typed", "on_record"),
    [
        ("Ponndok Pesantren Asy-Syifa", "Pondok Pesantren Asy-Syifa"),
        ("Jajasan Kasih", "Yayasan Kasih"),
        ("Yayasan Kasih", "Jajasan Kasih"),
        ("Darusallam", "Yayasan Draussalam"),
    ],
)
def test_a_misspelt_form_or_a_slip_in_a_short_name_does_not_hide_it(typed, on_record):
    unit = UnitFactory()
    partner = PartnershipFactory(office=unit, name=on_record, status="active").partner
    who = Described(name=typed, is_typed=True)

    found = alike(who, viewer=person(Role.UNIT_OPERATOR, unit))

    assert [each.partner for each in found] == [partner]


def test_of_many_names_with_what_is_typed_the_shortest_are_told(monkeypatch):
    unit = UnitFactory()
    for name in ("Harapan", "Harapan Bangsa Sejahtera Mandiri Abadi", "Harapan Ibu"):
        PartnershipFactory(office=unit, status="active", name=name)
    monkeypatch.setattr(likeness, "MOST", 1)
    viewer = person(Role.UNIT_OPERATOR, unit)

    long, short = (
        alike(Described(name=typed, is_typed=True), viewer=viewer)
        for typed in ("harapan", "har")
    )

    assert [each.partner.name for each in long] == ["Harapan", "Harapan Ibu"]
    assert short == []
