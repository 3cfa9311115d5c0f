"""How agreements stand to each other, and one beside another."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agreements.models import Agreement
from agreements.signing import services as signing
from agreements.standing import services as standing
from pokmas.accounts.roles import Role
from pokmas.records.constraints import in_words
from tests.agreements.scans import scan_of
from tests.factories import (
    AgreementFactory,
    PartnerFactory,
    RepresentativeFactory,
    person,
)

pytestmark = pytest.mark.django_db


def refused(agreement, **changes):
    with in_words(), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(**changes)


def test_none_is_above_itself_by_any_way():
    top = AgreementFactory(kind="mou")
    middle = AgreementFactory(kind="mou", umbrella=top)
    low = AgreementFactory(umbrella=middle)

    for agreement, umbrella in [(low, low), (middle, low), (top, low)]:
        with pytest.raises(ValidationError, match="payung bagi dirinya sendiri"):
            refused(agreement, umbrella=umbrella)


def test_a_text_follows_one_that_was_there_before():
    first, second = AgreementFactory(), AgreementFactory()

    refused(second, renews=first)

    for agreement, changes in [
        (first, {"renews": second}),
        (first, {"renews": first}),
        (second, {"amends": first}),
        (second, {"kind": "addendum"}),
    ]:
        with pytest.raises(ValidationError):
            refused(agreement, **changes)


def side_by_side(first, **changes):
    facts = {
        "office": first.office,
        "partner": first.partner,
        "status": "signed",
        **changes,
    }
    return AgreementFactory(is_overlap_kept=False, **facts)


def test_two_of_a_kind_do_not_bind_unit_and_partner_at_once():
    first = AgreementFactory(status="signed", is_overlap_kept=False)

    with pytest.raises(IntegrityError, match="binds_once"), transaction.atomic():
        side_by_side(first, starts_on=date(2027, 1, 9), ends_on=date(2028, 1, 8))

    side_by_side(first, starts_on=date(2027, 1, 10), ends_on=date(2028, 1, 8))
    side_by_side(first, kind="mou")
    side_by_side(first, partner=PartnerFactory(office=first.office, status="active"))
    side_by_side(first, status="discussion")


def test_who_signs_beside_another_is_told_which():
    first = AgreementFactory(status="signed", title="PKS Lama", is_overlap_kept=False)
    second = side_by_side(first, status="ready_to_sign")
    by = person(Role.UNIT_OPERATOR, first.office)

    with pytest.raises(ValidationError, match=r"“PKS Lama”.*10 Januari 2026"):
        signing.sign(
            second,
            by=by,
            scan=scan_of(by),
            our_number="W.22-9",
            partner_number="",
            signed_on=date(2026, 1, 10),
            signed_at_place="Kupang",
        )


def test_a_draft_names_the_other_that_binds_on_its_days(sign_in):
    first = AgreementFactory(status="signed", title="PKS Lama", is_overlap_kept=False)
    second = side_by_side(first, status="discussion")
    client = sign_in(person(Role.UNIT_OPERATOR, first.office))

    page = client.get(second.get_absolute_url()).text

    assert f'<a href="{first.get_absolute_url()}">“PKS Lama”</a>' in page
    assert "10 Januari 2026 sampai 9 Januari 2027" in page
    assert "belum dapat ditandatangani" not in client.get(first.get_absolute_url()).text


def test_what_two_partners_had_signed_stays_when_they_become_one():
    first = AgreementFactory(status="signed", is_overlap_kept=False)
    other = PartnerFactory(office=first.office, status="active")
    second = side_by_side(first, partner=other)

    Agreement.objects.filter(pk=second.pk).update(partner=first.partner)

    second.refresh_from_db()
    assert second.is_overlap_kept
    with pytest.raises(IntegrityError, match="binds_once"), transaction.atomic():
        side_by_side(first)


def test_a_draft_is_dropped_with_a_reason_and_its_words_stay():
    agreement = AgreementFactory(title="PKS Keliru")
    operator = person(Role.UNIT_OPERATOR, agreement.office)

    with pytest.raises(ValidationError, match="Alasan wajib"):
        standing.drop(agreement, by=operator, reason=" ")
    standing.drop(agreement, by=operator, reason="Salah mitra")

    agreement.refresh_from_db()
    assert (agreement.status, agreement.title) == ("dropped", "PKS Keliru")


def test_a_signed_one_is_not_dropped():
    agreement = AgreementFactory(status="signed")

    with pytest.raises(ValidationError, match="tidak dapat dilakukan"):
        standing.drop(
            agreement,
            by=person(Role.UNIT_OPERATOR, agreement.office),
            reason="Keliru",
        )


@pytest.mark.parametrize(("status", "seen"), [("draft", 0), ("discussion", 1)])
def test_a_partner_sees_a_dropped_text_only_if_it_was_shown(status, seen):
    agreement = AgreementFactory(status=status)
    partner = RepresentativeFactory(partner=agreement.partner).user
    operator = person(Role.UNIT_OPERATOR, agreement.office)

    standing.drop(agreement, by=operator, reason="Batal")

    assert Agreement.objects.belonging_to(partner).count() == seen


@pytest.mark.parametrize(
    ("ends_on", "cautioned"), [(date(2031, 1, 9), False), (date(2031, 2, 1), True)]
)
def test_more_than_five_years_is_a_warning_and_no_block(ends_on, cautioned):
    agreement = AgreementFactory(ends_on=ends_on)

    assert any("lima tahun" in str(each) for each in agreement.cautions) == cautioned
