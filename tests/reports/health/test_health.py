"""Four facts of an agreement in force, its score, and the one step that raises it."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.urls import reverse

from agreements.models import Agreement
from outreach.models import Activity
from pokmas.accounts.roles import Role
from pokmas.documents import services as documents
from reports.health.facts import FACTS, health_of, score, with_facts, worst
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    LegalPaperFactory,
    ReportFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 10)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-11-10 04:00Z", tick=False):
        yield


@pytest.fixture
def unit():
    return UnitFactory()


def signed(unit, *, ends=400, **more):
    return AgreementFactory(
        office=unit,
        status="signed",
        signed_on=TODAY - timedelta(300),
        starts_on=TODAY - timedelta(300),
        ends_on=TODAY + timedelta(ends),
        **more,
    )


def held(agreement, ago, status="verified"):
    return ActivityFactory(
        office=agreement.office,
        agreement=agreement,
        status=status,
        held_on=TODAY - timedelta(ago),
    )


def lapse(agreement):
    return LegalPaperFactory(
        partnership=agreement.partnership, expires_on=TODAY - timedelta(1)
    )


def report(unit):
    issued = documents.issue(
        kind="reports.monthly", office=unit, owner=unit, title="Uji", holder=unit.name
    )
    return ReportFactory(
        office=unit, month=date(2026, 9, 1), status="submitted", issued=issued
    )


def health(agreement, user):
    row = with_facts(Agreement.objects.filter(pk=agreement.pk)).get()
    return health_of(row, user, Agreement.objects.for_page().get(pk=agreement.pk))


def scored(agreement):
    rows = Agreement.objects.with_validity().annotate(score=score())
    return rows.get(pk=agreement.pk).score


def test_the_weights_are_a_hundred_together():
    assert sum(fact.weight for fact in FACTS.values()) == 100


def test_all_four_facts_make_a_hundred_and_no_step_is_left(unit):
    agreement = signed(unit)
    held(agreement, 10)
    report(unit)

    found = health(agreement, person(Role.UNIT_OPERATOR, unit))

    assert (found.score, found.next_step) == (100, "")
    assert scored(agreement) == 100


@pytest.mark.parametrize(
    ("spoil", "left", "leads"),
    [
        ({"ends": 60}, 70, "/agreements/"),
        ({"silent": True}, 70, reverse("outreach:create")),
        ({"report": False}, 80, reverse("reports:create")),
        ({"paper": False}, 80, "/partners/"),
    ],
)
def test_each_fact_that_lacks_takes_its_weight_and_names_its_page(
    unit, spoil, left, leads
):
    agreement = signed(unit, ends=spoil.get("ends", 400))
    if not spoil.get("silent"):
        held(agreement, 10)
    if spoil.get("report", True):
        report(unit)
    if not spoil.get("paper", True):
        lapse(agreement)

    found = health(agreement, person(Role.UNIT_OPERATOR, unit))

    assert (found.score, scored(agreement)) == (left, left)
    assert found.next_url.startswith(leads)


def test_what_is_renewed_already_is_not_to_be_renewed_again(unit):
    agreement = signed(unit, ends=60)
    held(agreement, 10)
    report(unit)
    renewal = AgreementFactory(
        office=unit, partner=agreement.partner, renews=agreement, status="discussion"
    )

    found = health(agreement, person(Role.UNIT_OPERATOR, unit))
    above = health(agreement, person(Role.REGIONAL_ADMIN, unit.region))

    assert str(found.next_step) == "Selesaikan perpanjangan yang sedang disusun"
    assert found.next_url == above.next_url == renewal.get_absolute_url()


def test_who_may_not_renew_is_shown_no_link(unit):
    agreement = signed(unit, ends=60)
    held(agreement, 10)
    report(unit)

    found = health(agreement, person(Role.REGIONAL_ADMIN, unit.region))

    assert (str(found.next_step)[:10], found.next_url) == ("Perpanjang", "")


def test_each_row_that_needs_attention_says_why(sign_in, unit):
    agreement = signed(unit)
    held(agreement, 10)
    lapse(agreement)

    page = sign_in(person(Role.UNIT_OPERATOR, unit)).get(
        reverse("agreements:index"), {"attention": "any"}
    )

    assert agreement.title in page.text
    assert "surat mitra habis masa berlakunya" in page.text


def test_what_is_reported_is_verified_before_more_is_planned(unit):
    agreement = signed(unit)
    held(agreement, 5, status="reported")

    found = health(agreement, person(Role.UNIT_HEAD, unit))

    assert "Verifikasi" in str(found.next_step)
    assert found.next_url == (
        f"{reverse('outreach:index')}?agreement={agreement.pk}&status=reported"
    )


def test_who_may_not_do_it_reads_it_without_a_link(unit):
    agreement = signed(unit, ends=60)

    found = health(agreement, person(Role.UNIT_HEAD, unit))

    assert found.next_step
    assert found.next_url == ""


def last_activity(agreement):
    agreement.refresh_from_db()
    return agreement.active_on


def test_the_database_keeps_the_last_verified_activity(unit):
    agreement, other = signed(unit), signed(unit)
    first, second = held(agreement, 40), held(agreement, 20)
    held(agreement, 1, status="reported")
    assert last_activity(agreement) == TODAY - timedelta(20)

    Activity.objects.filter(pk=second.pk).update(agreement=other)
    assert last_activity(agreement) == TODAY - timedelta(40)
    assert last_activity(other) == TODAY - timedelta(20)

    Activity.objects.filter(pk=first.pk).update(superseded_on=TODAY)
    assert last_activity(agreement) is None

    Activity.objects.filter(pk=second.pk).update(held_on=TODAY - timedelta(30))
    assert last_activity(other) == TODAY - timedelta(30)

    Activity.objects.filter(pk=second.pk).update(status="locked")
    assert last_activity(other) == TODAY - timedelta(30)


def test_a_pks_without_activity_is_flagged_when_it_had_time(sign_in, unit):
    silent, busy, new = (signed(unit, title=f"PKS {word}") for word in "abc")
    held(silent, 91)
    held(busy, 90)
    Agreement.objects.filter(pk=new.pk).update(starts_on=TODAY - timedelta(90))
    client = sign_in(person(Role.UNIT_HEAD, unit))

    page = client.get(reverse("agreements:index"), {"attention": "silent"})

    assert [row.pk for row in page.context["page"].rows] == [silent.pk]
    assert "tanpa kegiatan 90 hari" in page.text


def test_what_needs_attention_ends_soon_is_silent_or_has_a_lapsed_paper(unit):
    fine, soon, silent, lapsed, replaced = (signed(unit) for _each in range(5))
    for each in (fine, soon, lapsed, replaced):
        held(each, 10)
    Agreement.objects.filter(pk=soon.pk).update(ends_on=TODAY + timedelta(90))
    lapse(lapsed)
    old = lapse(replaced)
    LegalPaperFactory(
        partnership=replaced.partnership, required=old.required, expires_on=None
    )
    AgreementFactory(office=unit, status="suspended")

    found = Agreement.objects.needing_attention()

    assert set(found) == {soon, silent, lapsed}


def test_the_worst_come_first(unit):
    bad, better = signed(unit, ends=30), signed(unit, ends=20)
    held(better, 5)
    fine = signed(unit)
    held(fine, 5)

    assert worst(Agreement.objects.all(), 5) == [bad, better]


def test_all_are_looked_at_only_where_few_tell(unit, django_assert_num_queries):
    lowest = [signed(unit, ends=30) for _number in range(2)]
    other = signed(unit)
    lapse(other)
    with django_assert_num_queries(1):
        assert worst(Agreement.objects.all(), 2) == lowest

    with django_assert_num_queries(2):
        assert worst(Agreement.objects.all(), 3) == [*lowest, other]

    report(unit)
    with django_assert_num_queries(2):
        assert worst(Agreement.objects.all(), 2) == lowest


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.REGIONAL_ADMIN])
def test_home_names_those_that_need_attention(sign_in, unit, role):
    signed(unit, ends=30, title="PKS genting")
    signed(UnitFactory(), ends=30, title="PKS orang")
    place = unit if role == Role.UNIT_HEAD else unit.region

    page = sign_in(person(role, place)).get(reverse("reports:home")).text

    assert ("PKS genting" in page, "PKS orang" in page) == (True, False)


def test_the_page_of_one_in_force_says_what_raises_it(sign_in, unit):
    agreement = signed(unit)
    client = sign_in(person(Role.UNIT_OPERATOR, unit))

    page = client.get(agreement.get_absolute_url()).text

    assert "Kesehatan kerja sama: 50/100" in page
    assert f"{reverse('outreach:create')}?agreement={agreement.pk}" in page


def test_a_sheet_has_the_score(sign_in, unit):
    signed(unit)
    client = sign_in(person(Role.UNIT_HEAD, unit))

    sheet = client.get(reverse("agreements:index"), {"export": "csv"})

    text = b"".join(sheet.streaming_content).decode("utf-8-sig")
    row = next(csv.DictReader(StringIO(text), delimiter=";"))
    assert row["Kesehatan (0–100)"] == "50"
