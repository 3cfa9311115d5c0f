"""A partner that one unit has examined becomes one of another in one step."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from partners.adoption import services
from partners.models import Partnership
from partners.registration import services as registration
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.notices.models import Notice
from pokmas.records.constraints import in_words
from pokmas.steps.actions import actions_of
from tests.factories import (
    FieldFactory,
    PartnershipFactory,
    RepresentativeFactory,
    UnitFactory,
    person,
)
from tests.racing import at_once

pytestmark = pytest.mark.django_db
Status = Partnership.Status


@pytest.fixture
def there():
    """A partner that a unit of another region works with."""
    return PartnershipFactory(status="active", contact_name="Kontak Sana")


@pytest.fixture
def unit():
    return UnitFactory()


def proposal(partner, unit):
    return Partnership(
        partner=partner,
        office=unit,
        contact_name="Kontak Sini",
        phone="+6281200000001",
        services="Pelatihan",
    )


def proposed(there, unit):
    operator = person(Role.UNIT_OPERATOR, unit)
    field = FieldFactory()
    return services.propose(proposal(there.partner, unit), fields=[field], by=operator)


def told(user):
    return list(Notice.objects.filter(user=user).values_list("title", flat=True))


def test_an_operator_proposes_and_the_head_and_the_partner_are_told(there, unit):
    head = person(Role.UNIT_HEAD, unit)
    own = RepresentativeFactory(partner=there).user

    made = proposed(there, unit)

    made.refresh_from_db()
    assert (made.status, made.contact_name) == (Status.PROPOSED, "Kontak Sini")
    assert made.fields.count() == 1
    assert "menunggu keputusan Anda" in told(head)[0]
    assert "mengusulkan" in told(own)[0]
    assert Entry.objects.about(made).get().action == "partnership.proposed"


def test_the_head_adopts_it_and_all_units_are_told(there, unit):
    made, head = proposed(there, unit), person(Role.UNIT_HEAD, unit)
    other = person(Role.UNIT_OPERATOR, there.office)
    own = RepresentativeFactory(partner=there).user

    services.adopt(made, by=head)

    made.refresh_from_db()
    there.refresh_from_db()
    assert (made.status, made.decided_by) == (Status.APPROVED, head)
    assert there.status == Status.ACTIVE
    assert [str(unit) in title for title in told(other)] == [True]
    assert [str(unit) in title for title in told(own)] == [True]
    assert Entry.objects.about(made).filter(action="partnership.adopted").count() == 1


def test_who_proposed_it_does_not_decide(there, unit):
    made = proposed(there, unit)
    made.submitted_by.acting.role = Role.UNIT_HEAD

    with pytest.raises(ValidationError, match="orang lain"):
        services.adopt(made, by=made.submitted_by)


@pytest.mark.parametrize("stands", ["submitted", "suspended", "ended", "declined"])
def test_what_no_unit_vouches_for_is_refused_without_saying_where_or_why(
    there, unit, stands
):
    Partnership.objects.filter(pk=there.pk).update(status=stands, reason="Rahasia")

    with pytest.raises(ValidationError) as refusal:
        proposed(there, unit)

    assert refusal.value.messages == [str(services.REFUSAL)]


@pytest.mark.parametrize("bars", ["suspended", "declined"])
def test_one_unit_that_stopped_it_bars_the_others(there, unit, bars):
    PartnershipFactory(
        partner=there.partner,
        status=bars,
        verified_by=person(Role.UNIT_OPERATOR, UnitFactory()),
    )

    with pytest.raises(ValidationError) as refusal:
        proposed(there, unit)

    assert refusal.value.messages == [str(services.REFUSAL)]


def test_what_befell_it_after_the_proposal_counts(there, unit):
    made, head = proposed(there, unit), person(Role.UNIT_HEAD, unit)
    Partnership.objects.filter(pk=there.pk).update(status="suspended", reason="x")

    with pytest.raises(ValidationError, match="tidak dapat dijadikan mitra"):
        services.adopt(made, by=head)

    made.refresh_from_db()
    assert made.status == Status.PROPOSED


def test_what_is_no_longer_approved_elsewhere_is_refused(there, unit):
    over = there.office.today - timedelta(days=1)
    Partnership.objects.filter(pk=there.pk).update(approved_until=over)

    with pytest.raises(ValidationError) as refusal:
        proposed(there, unit)

    assert refusal.value.messages == [str(services.REFUSAL)]


@pytest.mark.parametrize(
    ("ahead", "lasts"),
    [
        ([0], 0),
        ([30, 400], 400),
        ([30, None], None),
        ([-1, 30], 30),
    ],
)
def test_an_adoption_lasts_as_long_as_the_longest_approval_it_rests_on(
    there, unit, ahead, lasts
):
    days = [None if day is None else timedelta(days=day) for day in [*ahead, lasts]]
    *ends, end = [day if day is None else there.office.today + day for day in days]
    Partnership.objects.filter(pk=there.pk).update(approved_until=ends[0])
    for other in ends[1:]:
        PartnershipFactory(
            partner=there.partner, status="approved", approved_until=other
        )
    made = proposed(there, unit)

    services.adopt(made, by=person(Role.UNIT_HEAD, unit))

    made.refresh_from_db()
    assert (made.status, made.approved_until) == (Status.APPROVED, end)


def test_the_head_sends_a_proposal_back_and_it_comes_again(there, unit):
    made, head = proposed(there, unit), person(Role.UNIT_HEAD, unit)
    own = RepresentativeFactory(partner=there).user
    operator = made.submitted_by

    services.send_back(made, reason="Kontak siapa ini?", by=head)

    made.refresh_from_db()
    assert (made.status, made.reason) == (Status.SENT_BACK, "Kontak siapa ini?")
    assert "mengembalikan usulan" in told(operator)[0]
    assert made.is_turn_of(operator)
    assert actions_of(made, operator).first.step.name == "mend_proposal"
    made.contact_name = "Kontak Baru"
    registration.edit(
        made, revision=made.revision, changed=["contact_name"], by=operator
    )
    services.propose_again(made, by=operator)
    services.adopt(made, by=head)
    made.refresh_from_db()
    assert (made.status, made.contact_name) == (Status.APPROVED, "Kontak Baru")
    # What a head and an operator write to each other is none of the partner's.
    assert [title for title in told(own) if "mengembalikan" in title] == []


def test_why_a_proposal_came_back_its_partner_does_not_read(there, unit, sign_in):
    made, head = proposed(there, unit), person(Role.UNIT_HEAD, unit)
    own = RepresentativeFactory(partner=there).user
    services.send_back(made, reason="Kontak siapa ini?", by=head)

    pages = [sign_in(each).get(made.get_absolute_url()).text for each in (own, head)]

    assert ["Kontak siapa ini?" in page for page in pages] == [False, True]


def test_a_proposal_that_came_back_can_be_dropped(there, unit):
    made = proposed(there, unit)
    own = RepresentativeFactory(partner=there).user
    services.send_back(made, reason="Belum jelas.", by=person(Role.UNIT_HEAD, unit))

    services.drop(made, reason="Tidak jadi.", by=made.submitted_by)

    made.refresh_from_db()
    assert made.status == Status.WITHDRAWN
    assert "belum menjadikan" in told(own)[0]
    assert proposed(there, unit).status == Status.PROPOSED


def test_a_proposal_is_not_sent_back_by_who_made_it_nor_without_a_reason(there, unit):
    made, head = proposed(there, unit), person(Role.UNIT_HEAD, unit)

    with pytest.raises(ValidationError, match="Alasan wajib"):
        services.send_back(made, reason=" ", by=head)
    with pytest.raises(ValidationError, match="orang lain"):
        services.send_back(made, reason="Uji", by=made.submitted_by)


def test_a_proposal_turned_down_says_nothing_against_the_partner(there, unit):
    made, head = proposed(there, unit), person(Role.UNIT_HEAD, unit)

    services.turn_down(made, reason="Belum perlu.", by=head)

    made.refresh_from_db()
    assert (made.status, made.reason) == (Status.DECLINED, "Belum perlu.")
    assert "belum menjadikan" in told(made.submitted_by)[0]
    assert proposed(there, UnitFactory()).status == Status.PROPOSED


def test_a_unit_does_not_know_it_twice(there, unit):
    proposed(there, unit)

    with pytest.raises(ValidationError) as refusal:
        proposed(there, unit)

    assert refusal.value.message_dict == {"office": [str(services.KNOWN_HERE)]}


def test_the_same_form_sent_twice_proposes_once(there, unit):
    operator, asked = person(Role.UNIT_OPERATOR, unit), proposal(there.partner, unit)
    again = proposal(there.partner, unit)
    again.submission_key = asked.submission_key

    made = [services.propose(each, by=operator) for each in (asked, again)]

    assert made[0] == made[1]
    assert Partnership.objects.filter(office=unit).count() == 1


def test_nobody_proposes_for_an_office_that_is_not_his(there, unit):
    operator = person(Role.UNIT_OPERATOR, UnitFactory())

    with pytest.raises(ValidationError, match="di luar kantor Anda"):
        services.propose(proposal(there.partner, unit), by=operator)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_propose_at_once_one_is_told_why_not(there, unit):
    people = [person(Role.UNIT_OPERATOR, unit) for _each in range(2)]

    def propose(operator):
        try:
            with in_words():
                return services.propose(proposal(there.partner, unit), by=operator)
        except ValidationError as refusal:
            return refusal.messages

    given = at_once(
        "partners_partnership", *(partial(propose, each) for each in people)
    )

    made = [each for each in given if isinstance(each, Partnership)]
    refused = [each for each in given if each not in made]
    assert list(Partnership.objects.filter(office=unit)) == made
    assert refused == [[str(services.KNOWN_HERE)]]
