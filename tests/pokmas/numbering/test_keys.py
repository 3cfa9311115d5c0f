"""What tells a number from others: Python and the database take the same steps."""

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from pokmas.numbering.keys import Bare, Unpadded, bare_number, unpadded
from tests.factories import AgreementFactory, UnitFactory
from tests.pokmas.numbering.factories import NumberFactory

PARTS = ["HK", "PAS", "W", "wp", "TAHUN", "01", "05", "0", "1", "12", "0012", "2026"]
BETWEEN = [".", "-", " ", "–", "/", " / ", "- ", "", "..", "ß", "é", "Ä", "ſ", "\\"]
NUMBERS = st.lists(st.sampled_from(PARTS + BETWEEN), max_size=14).map("".join)
ANYTHING = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30
)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.one_of(NUMBERS, ANYTHING), min_size=20, max_size=60))
def test_the_database_reads_a_number_as_python_does(texts):
    bare = f"{Bare.function}(typed)"
    padless = Unpadded.template % {"expressions": bare}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {bare}, {padless} FROM unnest(%s::text[]) AS typed",
            [texts],
        )
        found = cursor.fetchall()

    assert found == [(bare_number(x), unpadded(bare_number(x))) for x in texts]


@given(NUMBERS)
def test_the_form_of_a_form_is_itself(text):
    assert bare_number(bare_number(text)) == bare_number(text)


@given(st.lists(st.integers(1, 99_999), min_size=2, max_size=5), st.data())
def test_other_groups_of_digits_are_another_number(groups, data):
    """However they are typed, as long as something parts them."""
    signs = st.lists(
        st.sampled_from([".", "-", " - "]),
        min_size=len(groups) - 1,
        max_size=len(groups) - 1,
    )
    first, second = data.draw(signs), data.draw(signs)
    others = data.draw(st.permutations(groups))
    told = [bare_number(typed(groups, each)) for each in (first, second)]

    assert told[0] == told[1]
    assert (bare_number(typed(others, first)) == told[0]) == (others == groups)


def typed(groups, signs) -> str:
    said = [f"{group}{sign}" for group, sign in zip(groups, [*signs, ""], strict=True)]
    return "W." + "".join(said)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HK.01.05", "HK0105"),
        ("WP.22.PAS.3-HK.01.05-0012 TAHUN 2026", "wp22 pas3 hk0105-0012 tahun 2026"),
        ("12/HK.01.05/BAPAS/2026", "12 / HK-01-05 / Bapas / 2026"),
        ("W.22-1", "W22 – 1"),
    ],
)
def test_one_number_in_two_habits(one, other):
    assert bare_number(one) == bare_number(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1-23", "12-3"),
        ("1/23", "12/3"),
        ("12/3", "12-3"),
        ("1-11-2026", "11-1-2026"),
        ("W.22-12", "W.2212"),
        ("PAS.22-12", "PAS-2212"),
        ("12/YU/2026", "12/Y/U2026"),
        ("HK.01.05-12", "HK.01.051-2"),
        ("W-22", "W-22/A"),
    ],
)
def test_two_numbers_stay_two(one, other):
    assert bare_number(one) != bare_number(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HK.01.05-0058", "HK0105-58"),
        ("HK.01.05-0058", "HK.1.5-58"),
        ("SK-0112 TAHUN 2026", "SK.112 tahun 2026"),
    ],
)
def test_zeros_before_a_number_say_nothing(one, other):
    assert unpadded(bare_number(one)) == unpadded(bare_number(other))


@pytest.mark.django_db
def test_the_database_refuses_a_number_twice_however_it_is_typed():
    unit = UnitFactory()
    first = {"office": unit, "status": "signed", "number_year": 2026}
    AgreementFactory(our_number="W.22-HK.01.05-7", **first)

    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementFactory(our_number="w22 HK0105 - 7", **first)
    AgreementFactory(our_number="W.22-HK.01.05/7", **first)
    number = NumberFactory(office=unit, text="HK.01.05-7")
    with pytest.raises(IntegrityError), transaction.atomic():
        NumberFactory(office=unit, text="HK0105-7", book=number.book)
