"""Targets are set from above and spread; values are said, confirmed, and then stay."""

import re
from datetime import date
from decimal import Decimal
from urllib.parse import unquote

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from reports.figures.periods import Kind, Period
from reports.models import EnteredValue, Indicator, Target
from reports.targets import services, spreading
from tests.factories import (
    EnteredValueFactory,
    IndicatorFactory,
    RegionFactory,
    TargetFactory,
    UnitFactory,
    person,
)
from tests.pokmas.documents.corpus import pdf, upload

pytestmark = pytest.mark.django_db

YEAR = Period(Kind.YEARLY, date(2026, 1, 1))


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel("2026-11-30 04:00Z", tick=False):
        yield


@pytest.fixture
def unit():
    return UnitFactory(name="Bapas A")


@pytest.fixture
def kanwil(unit):
    return person(Role.REGIONAL_ADMIN, unit.region)


def target_of(office, **more):
    return Target(office=office, code="KPI-01", period=YEAR, value=Decimal(3), **more)


def test_a_kanwil_sets_the_target_of_its_unit(unit, kanwil):
    kept = services.set_target(target_of(unit), by=kanwil, revision=0, fields=[])

    kept.refresh_from_db()
    assert (kept.set_by, kept.region) == (unit.region, unit.region)
    entry = Entry.objects.about(kept).get()
    assert (entry.actor, entry.action) == (kanwil, "target.set")


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.HEADQUARTERS])
def test_nobody_else_sets_it(unit, role):
    with pytest.raises(ValidationError, match="kantor di atasnya"):
        services.set_target(
            target_of(unit), by=person(role, unit), revision=0, fields=[]
        ) if role == Role.UNIT_HEAD else services.set_target(
            target_of(unit), by=person(role), revision=0, fields=[]
        )


def test_a_kanwil_sets_none_of_another_region(kanwil):
    with pytest.raises(ValidationError, match="kantor di atasnya"):
        services.set_target(target_of(UnitFactory()), by=kanwil, revision=0, fields=[])


def test_a_decree_is_said_whole(unit, kanwil):
    with pytest.raises(ValidationError, match="nomor dan tanggal"):
        services.set_target(
            target_of(unit, decree_number="SK-1"), by=kanwil, revision=0, fields=[]
        )


def test_what_was_accepted_is_not_set_anew(unit, kanwil):
    services.keep_accepted(unit, YEAR)

    with pytest.raises(ValidationError, match="Tahun 2026 Bapas A sudah diterima"):
        services.set_target(target_of(unit), by=kanwil, revision=0, fields=[])


def indicator():
    return IndicatorFactory(code="UJI-01", rhythm="yearly")


@pytest.mark.parametrize(
    ("way", "amount", "values", "said"),
    [
        ("copy", 10, [10, 10, 10], ""),
        ("share", 9, [3, 3, 3], ""),
        ("share", 11, [4, 4, 3], "Sisa pembagian 2 ditambahkan pada: Bapas A, Bapas B"),
        ("share", "0.10", ["0.04", "0.03", "0.03"], "Sisa pembagian 0.01"),
        ("last_year", 10, [2, 8, 0], "ditambahkan pada: Bapas B"),
    ],
)
def test_one_number_is_spread(unit, way, amount, values, said):
    other = UnitFactory(parent=unit.parent, name="Bapas B")
    UnitFactory(parent=unit.parent, name="Bapas C")
    for office, reached in ((unit, 11), (other, 39)):
        EnteredValueFactory(
            office=office,
            code="UJI-01",
            kind="yearly",
            starts_on=date(2025, 1, 1),
            numerator=reached,
            status="confirmed",
            confirmed_by=person(Role.UNIT_HEAD, office),
        )

    found = spreading.spread(indicator(), unit.region, YEAR, way, Decimal(str(amount)))

    assert [row.value for row in found.rows] == [Decimal(str(each)) for each in values]
    assert said in found.remainder
    assert bool(said) == bool(found.remainder)


def test_a_share_of_nothing_is_refused(unit):
    with pytest.raises(ValidationError, match="tidak ada realisasi"):
        spreading.spread(indicator(), unit.region, YEAR, "last_year", Decimal(4))


def test_a_percentage_is_not_divided(unit):
    percent = Indicator.objects.get(code="KPI-03")

    with pytest.raises(ValidationError, match="tidak dijumlahkan"):
        spreading.spread(percent, unit.region, YEAR, "share", Decimal(80))


def test_of_a_whole_no_more_than_all_is_to_be_reached(unit, kanwil):
    percent = Indicator.objects.get(code="KPI-03")
    target = Target(office=unit, code="KPI-03", period=YEAR, value=Decimal(101))

    with pytest.raises(ValidationError, match="paling banyak 100"):
        spreading.spread(percent, unit.region, YEAR, "copy", Decimal("100.5"))
    with pytest.raises(ValidationError, match="paling banyak 100"):
        services.set_target(target, by=kanwil, revision=0, fields=[])
    found = spreading.spread(percent, unit.region, YEAR, "copy", Decimal(100))
    assert found.total is None


def asked(**more):
    return {
        "indicator": "KPI-01",
        "period": YEAR.code,
        "way": "share",
        "amount": "5",
        **more,
    }


def seen_on(page) -> str:
    """What the form sends back of the numbers that it showed."""
    return re.search(r'name="seen" value="([^"]+)"', page.text)[1]


def test_it_is_looked_at_before_it_is_kept(sign_in, unit, kanwil):
    UnitFactory(parent=unit.parent, name="Bapas B")
    client = sign_in(kanwil)

    page = client.post(reverse("reports:target_spread"), asked())
    assert not Target.objects.exists()
    assert "Sisa pembagian 1 ditambahkan pada: Bapas A." in page.text

    client.post(
        reverse("reports:target_spread"),
        asked(seen=seen_on(page), confirmed="true"),
        follow=True,
    )
    kept = Target.objects.order_by("office__name").values_list("value", "set_by")
    assert list(kept) == [(3, unit.region_id), (2, unit.region_id)]


def test_what_changed_meanwhile_is_looked_at_again(sign_in, unit, kanwil):
    client = sign_in(kanwil)
    page = client.post(reverse("reports:target_spread"), asked())
    TargetFactory(office=unit, value=9)

    page = client.post(
        reverse("reports:target_spread"), asked(seen=seen_on(page), confirmed="true")
    )

    assert "Target unit berubah sejak pratinjau" in page.text
    assert Target.objects.get().value == 9


def enter(client, what, **said):
    url = f"{reverse('reports:value_enter')}?what={what}"
    said = {"note": "Rekap daftar hadir", "document": upload("rekap.pdf", pdf())} | said
    return client.post(url, said)


def test_a_unit_says_a_number_and_its_head_confirms_it(sign_in, unit):
    operator, head = person(Role.UNIT_OPERATOR, unit), person(Role.UNIT_HEAD, unit)
    client = sign_in(operator)
    chosen = client.get(reverse("reports:value_enter")).text
    assert "KPI-10 Jam relawan" in chosen

    enter(client, "KPI-10|monthly:2026-09-01", numerator="46,5")

    value = EnteredValue.objects.get()
    assert (value.numerator, value.entered_by) == (Decimal("46.5"), operator)
    assert EnteredValue.objects.awaiting(head).get() == value
    services.judge(value, by=head, verdict="confirmed", reason="")
    value.refresh_from_db()
    assert (value.status, value.confirmed_by) == ("confirmed", head)


def test_who_said_it_does_not_confirm_it(unit):
    head = person(Role.UNIT_HEAD, unit)
    value = EnteredValueFactory(office=unit, entered_by=head)

    with pytest.raises(ValidationError, match="orang lain"):
        services.judge(value, by=head, verdict="confirmed", reason="")


def test_what_is_changed_waits_for_the_head_again(unit):
    operator, head = person(Role.UNIT_OPERATOR, unit), person(Role.UNIT_HEAD, unit)
    value = EnteredValueFactory(
        office=unit, entered_by=operator, status="confirmed", confirmed_by=head
    )
    value.numerator = Decimal(13)

    services.change(value, evidence=None, revision=0, fields=["numerator"], by=operator)

    value.refresh_from_db()
    assert (value.status, value.numerator) == ("entered", 13)
    assert value.confirmed_by is None


@pytest.mark.parametrize(
    ("what", "said", "words"),
    [
        (
            "KPI-11|yearly:2026-01-01",
            {"numerator": "3", "denominator": "0"},
            "Penyebut",
        ),
        ("KPI-10|monthly:2026-09-01", {"numerator": "-3"}, "0 atau lebih"),
        ("KPI-10|monthly:2026-12-01", {"numerator": "3"}, "belum dimulai"),
    ],
)
def test_what_cannot_be_is_refused_in_words(sign_in, unit, what, said, words):
    page = enter(sign_in(person(Role.UNIT_OPERATOR, unit)), what, **said)

    assert words in page.text
    assert not EnteredValue.objects.exists()


@pytest.mark.parametrize(
    "what",
    [
        "KPI-07|yearly:2026-01-01",
        "KPI-10|yearly:2026-01-01",
        "KPI-10|monthly:2026-09-02",
        "KPI-99|x",
        "%00",
    ],
)
def test_what_is_not_asked_for_has_no_page(sign_in, unit, what):
    assert enter(sign_in(person(Role.UNIT_OPERATOR, unit)), what).status_code == 404


def test_an_accepted_month_takes_no_number_any_more(sign_in, unit):
    services.keep_accepted(unit, Period(Kind.MONTHLY, date(2026, 9, 1)))

    client = sign_in(person(Role.UNIT_OPERATOR, unit))

    page = enter(client, "KPI-10|monthly:2026-09-01", numerator="3")
    offered = client.get(reverse("reports:value_enter")).text

    assert f"Laporan September 2026 {unit} sudah diterima" in page.text
    assert "monthly:2026-08-01" in unquote(offered)
    assert "monthly:2026-09-01" not in unquote(offered)


def test_an_indicator_is_changed_from_a_day_on(sign_in):
    client = sign_in(person(Role.HEADQUARTERS))
    said = {
        "code": "KPI-10",
        "valid_from": "1-7-2027",
        "name": "Jam pengabdian",
        "legal_note": "SK Uji",
        "numerator": "Jam",
        "unit": "jam",
        "direction": "up",
        "source": "entered",
        "rhythm": "quarterly",
        "over_offices": "sum",
        "over_time": "sum",
        "is_used": "on",
    }
    url = reverse("reference:create", args=["indicators"])

    late = client.post(url, said | {"valid_from": "1-7-2026"})
    odd = client.post(url, said | {"source": "counted", "rhythm": ""})
    client.post(url, said)

    assert "paling cepat besok" in late.text
    assert "belum dapat menghitung" in odd.text
    now = {each.code: each for each in Indicator.objects.holding(date(2027, 6, 30))}
    then = {each.code: each for each in Indicator.objects.holding(date(2027, 7, 1))}
    assert (now["KPI-10"].rhythm, then["KPI-10"].rhythm) == ("monthly", "quarterly")


def test_headquarters_sets_the_target_of_a_kanwil(sign_in):
    region = RegionFactory()
    client = sign_in(person(Role.HEADQUARTERS))
    url = f"{reverse('reports:target_set')}?office={region.pk}&code=KPI-07"

    page = client.post(url, {"value": "1.250", "baseline": "900"}, follow=True)

    kept = Target.objects.get()
    assert (kept.office, kept.value, kept.kind) == (region, 1250, "yearly")
    assert page.status_code == 200
