"""Numbers: in sequence, once, and all of them in the book."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.numbering import services
from pokmas.numbering.models import (
    Classification,
    Number,
    NumberBook,
    NumberTemplate,
    OfficeCode,
)
from pokmas.numbering.services import Paper
from pokmas.offices.models import Zone
from tests.factories import UnitFactory, person
from tests.pokmas.factories import HeadquartersFactory
from tests.pokmas.numbering.factories import NumberFactory

DAY = date(2026, 3, 2)


@pytest.fixture
def unit(db):
    unit = UnitFactory()
    OfficeCode.objects.create(office=unit.region, code="22")
    OfficeCode.objects.create(office=unit, code="3")
    return unit


@pytest.fixture
def operator(unit):
    return person(Role.UNIT_OPERATOR, unit)


def take(office, by, kind="agreement", day=DAY, **more):
    return services.take(office, kind, Paper("PKS Uji"), by=by, dated=day, **more)


def template(office, **more):
    values = {
        "kind": "agreement",
        "pattern": "X-{urut}",
        "valid_from": date(2026, 1, 1),
    }
    return NumberTemplate.objects.create(office=office, **values | more)


def test_numbers_follow_each_other_and_begin_anew_with_the_year(unit, operator):
    first, second = take(unit, operator), take(unit, operator, kind="decree")
    other = take(unit, operator, day=date(2025, 12, 31))

    assert [first.text, second.text, other.text] == [
        "WP.22.PAS.3-HK.01.05-0001 TAHUN 2026",
        "WP.22.PAS.3-HK.01.05-0002 TAHUN 2026",
        "WP.22.PAS.3-HK.01.05-0001 TAHUN 2025",
    ]
    assert (first.gist, first.created_by, first.office) == ("PKS Uji", operator, unit)


def test_the_classification_that_was_chosen_stands_in_the_number(unit, operator):
    guidance = Classification.objects.get(code="PK.06.03")

    with pytest.raises(ValidationError, match="Pilih klasifikasi"):
        take(unit, operator, kind="letter")

    number = take(unit, operator, kind="letter", classification=guidance)

    assert number.text == "WP.22.PAS.3-PK.06.03-0001"


def test_what_is_rolled_back_leaves_no_gap(unit, operator):
    with transaction.atomic():
        take(unit, operator)
        transaction.set_rollback(True)

    assert take(unit, operator).sequence == 1


def test_a_number_that_somebody_typed_before_is_passed_over(unit, operator):
    typed = "wp22 pas 3.HK0105 – 0001 TAHUN  2026"
    services.enter(unit, "agreement", Paper("Lama"), by=operator, dated=DAY, text=typed)

    assert take(unit, operator).sequence == 2
    with pytest.raises(ValidationError, match="sudah dipakai di buku nomor"):
        services.enter(
            unit, "letter", Paper("Lain"), by=operator, dated=DAY, text=typed
        )


def test_a_typed_number_counts_under_whichever_classification(unit, operator):
    write = partial(services.enter, unit, "letter", by=operator, dated=DAY)
    typed = write(Paper("Lama"), text="wp.22.pas.3 - PK.06.03 - 0002")

    assert typed.sequence == 2
    assert [take(unit, operator).sequence for _time in range(2)] == [1, 3]
    again = write(Paper("Lain"), text="WP.22.PAS.3-HK.01.05-0003")
    assert again.sequence is None


def test_the_year_in_a_number_is_that_of_its_day_which_is_not_to_come(unit, operator):
    write = partial(services.enter, unit, "letter", Paper("Lama"), by=operator)

    with pytest.raises(ValidationError, match="tahun 2025"):
        write(dated=DAY, text="W-7/2025")
    with pytest.raises(ValidationError, match="masa depan"):
        write(dated=unit.today + timedelta(days=1), text="W-7")
    with pytest.raises(ValidationError, match="masa depan"):
        take(unit, operator, day=unit.today + timedelta(days=1))
    assert write(dated=DAY, text="W-2019-7").text == "W-2019-7"


@pytest.mark.parametrize(
    ("kind", "text", "is_same"),
    [
        ("agreement", "wp.22-hk.01.05-58", True),
        ("letter", "WP.22-HK.1.5-000058", True),
        ("letter", "WP.22-HK.01.05-580", False),
        ("decree", "WP.22-HK.01.05-58", False),
        ("decree", "wp.22-hk.01.05-0058", True),
    ],
)
def test_a_number_is_one_however_it_is_padded_in_its_series(
    unit, operator, kind, text, is_same
):
    template(unit, pattern="SK-{urut}", kind="decree", has_own_series=True)
    write = partial(services.enter, unit, by=operator, dated=DAY)
    write("agreement", Paper("Lama"), text="WP.22-HK.01.05-0058")

    if is_same:
        with pytest.raises(ValidationError, match="“Lama”"):
            write(kind, Paper("Baru"), text=text)
    else:
        assert write(kind, Paper("Baru"), text=text).text == text


def test_the_nearest_pattern_holds_from_its_day_on(unit, operator):
    template(HeadquartersFactory(), pattern="PUSAT-{urut}")
    assert take(unit, operator).text == "PUSAT-0001"

    template(unit.region, pattern="KANWIL-{urut}")
    template(unit, pattern="UNIT-{urut}", valid_from=date(2026, 3, 1))

    assert take(unit, operator, day=date(2026, 2, 28)).text == "KANWIL-0002"
    assert take(unit, operator).text == "UNIT-0003"


def test_a_kind_with_its_own_series_is_counted_apart(unit, operator):
    template(unit, pattern="SK-{urut}", kind="decree", has_own_series=True)
    take(unit, operator)

    assert take(unit, operator, kind="decree").text == "SK-0001"


def test_srikandi_puts_our_own_numbering_off(unit, operator):
    template(unit, source="srikandi", pattern="")

    with pytest.raises(ValidationError, match="SRIKANDI"):
        take(unit, operator)
    assert take(unit, operator, kind="decree").sequence == 1


def test_a_choice_of_the_same_day_is_put_right_and_an_older_one_is_not(sign_in, unit):
    chief = sign_in(person(Role.UNIT_HEAD, unit))
    page = reverse("numbering:template", args=["agreement"])

    def send(source, day):
        asked = {"source": source, "pattern": "X-{urut}", "valid_from": day}
        return chief.post(page, asked | {"submission_key": uuid4()})

    past = unit.today - timedelta(days=1)
    for day in (unit.today, past):
        assert send("srikandi", day).status_code == 302
    assert send("portal", unit.today).status_code == 302
    assert "Sudah ada pola" in send("portal", past).content.decode()

    said = NumberTemplate.objects.order_by("valid_from").values_list(
        "source", flat=True
    )
    assert list(said) == ["srikandi", "portal"]


def test_without_its_code_a_unit_is_told_what_to_do(operator, unit):
    OfficeCode.objects.filter(office=unit).delete()

    with pytest.raises(ValidationError, match="Penomoran"):
        take(unit, operator)


def test_a_cancelled_number_stays_and_is_not_given_again(unit, operator):
    number = take(unit, operator)

    services.cancel_unused(number, by=operator, reason="Salah ketik")

    assert take(unit, operator).sequence == 2
    assert Number.objects.get(pk=number.pk).reason == "Salah ketik"
    with pytest.raises(ValidationError, match="sudah dibatalkan"):
        services.cancel_unused(number, by=operator, reason="Lagi")


def test_a_book_goes_on_behind_what_was_given_on_paper(unit, operator):
    take(unit, operator)
    book = NumberBook.objects.get(office=unit)

    services.continue_from(book, by=operator, last=41)

    assert take(unit, operator).sequence == 42
    with pytest.raises(ValidationError, match="hanya dapat dimajukan"):
        services.continue_from(book, by=operator, last=42)


def test_a_post_writes_in_the_book_of_its_unit(unit, operator):
    post = UnitFactory(level="post", kind="", parent=unit)

    assert take(post, operator).office == unit


def test_a_merged_office_follows_its_successor(unit, operator):
    other = UnitFactory(parent=unit.parent)
    OfficeCode.objects.create(office=other, code="4")
    unit.successor, unit.parent, unit.is_active = other, other, False
    unit.save()

    assert take(unit, operator).text == "WP.22.PAS.4-HK.01.05-0001 TAHUN 2026"


def test_a_number_is_found_by_itself_its_gist_and_its_addressee(unit):
    letter = NumberFactory(
        office=unit,
        text="WP.22-UM.01-0007",
        gist="Undangan rapat koordinasi",
        addressed_to="Camat Alak",
    )
    NumberFactory(office=unit, book=letter.book, gist="Surat tugas")

    def found(words):
        return list(Number.objects.search(words))

    for words in ("um.01-0007", "rapat camat", "koordinasi alak"):
        assert found(words) == [letter], words
    assert found("walikota") == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.exhaustive
def test_two_hundred_at_once_leave_no_gap_in_any_book():
    """Twenty people take ten numbers each, of several kinds, offices and years, one in
    seven of them in vain."""
    offices = [UnitFactory(), UnitFactory()]
    for office, code in zip(offices, "34", strict=True):
        OfficeCode.objects.create(office=office.region, code=f"2{code}")
        OfficeCode.objects.create(office=office, code=code)
        template(
            office,
            kind="decree",
            pattern="SK-{urut}-{tahun}",
            has_own_series=True,
            valid_from=date(2024, 1, 1),
        )
    operators = [person(Role.UNIT_OPERATOR, office) for office in offices]
    code = Classification.objects.get(code="PK.06.03")

    def ten(place):
        given, draw = [], Random(place)
        office, by = offices[place % 2], operators[place % 2]
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = 0")  # they wait for each other
            for _time in range(10):
                kind = draw.choice(["agreement", "decree", "letter"])
                day = date(draw.choice([2024, 2025, 2026]), 3, 2)
                with transaction.atomic():
                    number = take(office, by, kind, day, classification=code)
                    if draw.random() < 1 / 7:
                        transaction.set_rollback(True)
                        continue
                given.append((number.book_id, number.sequence, number.text))
        finally:
            connection.close()
        return given

    with ThreadPoolExecutor(20) as pool:
        given = [each for tens in pool.map(ten, range(20)) for each in tens]

    books = {book.pk: book for book in NumberBook.objects.all()}
    assert len(books) == 2 * 2 * 3  # offices, series, years
    assert 150 < len(given) < 200
    assert len(given) == Number.objects.count()
    for pk, book in books.items():
        taken = sorted(sequence for of, sequence, _text in given if of == pk)
        assert taken == list(range(1, book.last + 1))
    written = {(books[of].office_id, books[of].year, text) for of, _, text in given}
    assert len(written) == len(given)


@pytest.mark.django_db
@pytest.mark.parametrize("zone", Zone)
def test_the_year_of_a_number_is_that_of_the_offices_own_midnight(zone, sign_in):
    unit = UnitFactory(zone=zone)
    OfficeCode.objects.create(office=unit.region, code="22")
    OfficeCode.objects.create(office=unit, code="3")
    midnight = datetime(2027, 1, 1, tzinfo=ZoneInfo(zone))
    given = []
    for moment in (midnight - timedelta(minutes=1), midnight):
        with time_machine.travel(moment, tick=False):
            client = sign_in(person(Role.UNIT_OPERATOR, unit))
            url = reverse("numbering:create")
            form = client.get(url).context["form"]
            answers = {name: form[name].value() or "" for name in form.fields}
            answers |= {"kind": "certificate", "gist": "Piagam"}
            code = Classification.objects.get(code="PK.06.03")
            sent = client.post(url, answers | {"classification": code.pk})
            assert sent.status_code == 302, sent.context["form"].errors
            given.append(Number.objects.latest("pk"))

    assert [(each.dated, each.sequence) for each in given] == [
        (date(2026, 12, 31), 1),
        (date(2027, 1, 1), 1),
    ]
    assert [each.text[-4:] for each in given] == ["2026", "2027"]
