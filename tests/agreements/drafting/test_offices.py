"""Kanwil and headquarters draft, too; units see what concerns them and no more."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from agreements.drafting import services
from agreements.models import Agreement
from agreements.review.services import submit
from agreements.standing.services import suspend
from pokmas.accounts.roles import Role
from pokmas.notices.models import Notice
from tests.agreements.discussion.factories import TextAnswerFactory
from tests.factories import (
    AgreementFactory,
    HeadquartersFactory,
    PartnerFactory,
    PostFactory,
    RegionFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db
Status = Agreement.Status


@pytest.fixture
def region():
    return RegionFactory()


@pytest.fixture
def unit(region):
    return UnitFactory(parent=region)


@pytest.fixture
def sister(region):
    return UnitFactory(parent=region)


def of(office, unit, status="discussion", **fields):
    """An agreement of a Kanwil or headquarters with a partner of `unit`."""
    partner = PartnerFactory(status="active", office=unit)
    return AgreementFactory(office=office, partner=partner, status=status, **fields)


def seen(office, role=Role.UNIT_OPERATOR):
    return set(Agreement.objects.visible_to(person(role, office)))


def test_a_unit_sees_what_names_it_and_its_sister_does_not(region, unit, sister):
    named = of(region, sister)
    named.implementing_units.add(unit)
    draft = of(region, sister, status="draft")
    draft.implementing_units.add(unit)
    other = of(region, sister)

    assert seen(unit) == {named}
    assert seen(PostFactory(parent=unit)) == {named}
    assert seen(sister) == set()
    assert seen(UnitFactory()) == set()
    assert seen(region, Role.REGIONAL_ADMIN) == {named, draft, other}


def test_all_units_below_means_those_of_this_kanwil(region, unit):
    ours, elsewhere = of(region, unit, for_all_units=True), RegionFactory()

    assert seen(unit) == {ours}
    assert seen(UnitFactory(parent=elsewhere)) == set()
    assert seen(elsewhere, Role.REGIONAL_ADMIN) == set()


def test_what_headquarters_agreed_on_is_seen_where_it_is_carried_out(region, unit):
    far = UnitFactory()
    top = HeadquartersFactory()
    named, everywhere = of(top, unit), of(top, unit, for_all_units=True)
    named.implementing_units.add(unit)

    assert seen(unit) == seen(region, Role.REGIONAL_ADMIN) == {named, everywhere}
    assert seen(far) == seen(far.region, Role.REGIONAL_ADMIN) == {everywhere}


def test_whoever_carries_it_out_reads_it_and_changes_nothing(
    sign_in, region, unit, sister
):
    agreement = of(region, sister)
    agreement.implementing_units.add(unit)
    TextAnswerFactory(agreement=agreement)
    operator = person(Role.UNIT_OPERATOR, unit)
    client = sign_in(operator)

    page = client.get(agreement.get_absolute_url()).content.decode()

    assert agreement.title in page
    assert agreement.partner.get_absolute_url() not in page
    assert reverse("agreements:change", args=[agreement.pk]) not in page
    with pytest.raises(ValidationError, match="sendiri"):
        submit(agreement, by=operator)
    assert agreement not in Agreement.objects.awaiting(operator)


def test_above_and_below_do_each_their_own(region, unit):
    ours, theirs = of(region, unit, status="draft"), of(unit, unit, status="draft")
    kanwil = person(Role.REGIONAL_ADMIN, region)
    operator = person(Role.UNIT_OPERATOR, unit)

    assert set(Agreement.objects.awaiting(kanwil)) == {ours}
    assert set(Agreement.objects.awaiting(operator)) == {theirs}
    with pytest.raises(ValidationError, match="sendiri"):
        services.discuss(theirs, by=kanwil)
    services.discuss(ours, by=kanwil)


def test_those_above_are_not_told_of_each_text_of_a_unit(region, unit):
    kanwil = person(Role.REGIONAL_ADMIN, region)
    reviewer = person(Role.REGIONAL_REVIEWER, region)
    top = person(Role.HEADQUARTERS, region.parent)

    agreement = TextAnswerFactory(agreement=of(unit, unit)).agreement
    submit(agreement, by=person(Role.UNIT_OPERATOR, unit))

    told = Notice.objects.filter(kind="agreement.review")
    assert {notice.user for notice in told} == {reviewer}
    assert not {kanwil, top} & {notice.user for notice in told}


def answers(partner, **more):
    return {
        "partner": partner.pk,
        "kind": "mou",
        "title": "Nota bersama",
        "urgency": "Perlu",
        "form": "Pelatihan",
        "subject": "Pelatihan bagi klien",
        "starts_on": "10-01-2026",
        "ends_on": "09-01-2027",
        "our_signatory": "Kepala Uji",
        "our_position": "Kepala Kanwil",
        "our_capacity": "definitive",
        "partner_signatory": "Maria Uji",
        "partner_position": "Ketua",
        **more,
    }


def test_a_kanwil_drafts_and_says_who_carries_it_out(sign_in, region, unit):
    partner = PartnerFactory(status="active", office=unit)
    client = sign_in(person(Role.REGIONAL_ADMIN, region))
    create = reverse("agreements:create")

    wrong = client.post(create, answers(partner, implementing_units=UnitFactory().pk))
    assert wrong.status_code == 200
    client.post(
        create,
        answers(partner, implementing_units=unit.pk, our_authority="SK 12 Tahun 2026"),
    )

    made = Agreement.objects.get()
    assert (made.office, made.our_authority) == (region, "SK 12 Tahun 2026")
    assert list(made.implementing_units.all()) == [unit]
    page = client.get(made.get_absolute_url()).content.decode()
    assert unit.name in page


def test_an_operator_is_not_asked_who_carries_it_out(sign_in, unit):
    page = sign_in(person(Role.UNIT_OPERATOR, unit)).get(reverse("agreements:create"))

    assert "implementing_units" not in page.content.decode()


def test_what_stands_under_a_nota_follows_it_whichever_office_it_is_of(region, unit):
    nota = of(region, unit, status="signed", kind="mou", for_all_units=True)
    child = of(unit, unit, status="signed", umbrella=nota)
    head = person(Role.UNIT_HEAD, unit)

    suspend(nota, by=person(Role.REGIONAL_HEAD, region), reason="Ditinjau ulang")

    child.refresh_from_db()
    assert child.status == Status.SUSPENDED
    assert Notice.objects.filter(user=head, kind="agreement.suspended").exists()


@pytest.mark.parametrize(
    ("level", "kind", "partner_kind", "words"),
    [
        ("unit", "mou", "foundation", "kepala UPT menandatangani PKS"),
        ("unit", "mou", "local_government", ""),
        ("unit", "pks", "foundation", ""),
        ("region", "pks", "foundation", "Kepala Kanwil menandatangani Nota"),
        ("region", "mou", "foundation", ""),
    ],
)
def test_who_signs_what_is_said_and_never_of_local_government(
    region, unit, level, kind, partner_kind, words
):
    office = {"unit": unit, "region": region}[level]
    agreement = of(office, unit, kind=kind)
    agreement.partner.kind_id = partner_kind

    said = " ".join(map(str, agreement.cautions))

    assert words in said
    assert bool(said) == bool(words)


def test_no_list_of_a_unit_reads_all_agreements(region, unit, sister):
    of(region, sister).implementing_units.add(unit)
    operator = person(Role.UNIT_OPERATOR, unit)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    for user in (operator, person(Role.REGIONAL_ADMIN, region)):
        plan = Agreement.objects.visible_to(user).order_by().explain()
        assert "Seq Scan on agreements_agreement " not in plan
