import base64
import json

import pytest
from django.db.models import Q
from django.http import QueryDict

from pokmas.lists.paging import KeysetPage
from pokmas.offices.models import Province, Regency

pytestmark = pytest.mark.django_db


@pytest.fixture
def regencies():
    """Makes so many regencies; every three of them share a name."""
    province = Province.objects.create(code="53", name="Nusa Tenggara Timur")

    def make(count):
        Regency.objects.bulk_create(
            Regency(code=f"{i:05d}", province=province, name=f"Kota {i // 3:03d}")
            for i in range(count)
        )
        return Regency.objects.all()

    return make


def page(queryset, url="", **options):
    options.setdefault("order", ("name", "code"))
    return KeysetPage(queryset, QueryDict(url.lstrip("?")), **options)


def walk(queryset, **options):
    """Forward to the end, then back to the beginning; the pages met on the way."""
    pages = [page(queryset, **options)]
    while pages[-1].next_url:
        pages.append(page(queryset, pages[-1].next_url, **options))
    back = [pages[-1]]
    while back[-1].previous_url:
        back.append(page(queryset, back[-1].previous_url, **options))
    return pages, back


@pytest.mark.parametrize("keys_first", [False, True])
@pytest.mark.parametrize("count", [0, 1, 24, 25, 26, 50, 60])
@pytest.mark.parametrize(
    "order",
    [("name", "code"), ("-name", "-code"), ("-name", "code"), ("code",), ("-pk",)],
)
def test_every_row_is_met_once_forwards_and_backwards(
    regencies, count, order, keys_first
):
    rows = regencies(count)

    pages, back = walk(rows, order=order, keys_first=keys_first)

    expected = list(rows.order_by(*order))
    assert [row for each in pages for row in each] == expected
    assert [row for each in reversed(back) for row in each] == expected
    assert [len(each) for each in pages] == [len(each) for each in reversed(back)]
    assert pages[0].is_first
    assert pages[-1].is_last


@pytest.mark.parametrize("keys_first", [False, True])
@pytest.mark.parametrize("last", ["00000", "00003", "00026", "00099"])
def test_a_list_of_parts_is_one_part_after_the_other(regencies, keys_first, last):
    rows = regencies(60)
    parts = [
        (Q(code__gt=last, code__lt="00040"), ("code", "pk")),
        (Q(code__lte=last), ("-code", "-pk")),
        (Q(code__gte="00040", code__gt=last), ("code", "pk")),
    ]

    pages, back = walk(rows, order=("code", "pk"), keys_first=keys_first, parts=parts)

    expected = [row for part, by in parts for row in rows.filter(part).order_by(*by)]
    assert [row for each in pages for row in each] == expected
    assert [row for each in reversed(back) for row in each] == expected
    assert {each.count for each in pages} == {60}


def test_an_order_through_a_relation_works(regencies):
    rows = regencies(30).select_related("province")

    pages, _back = walk(rows, order=("province__name", "code"))

    assert [len(each) for each in pages] == [25, 5]


def test_a_list_of_values_can_be_paged(regencies):
    pages, _back = walk(regencies(30).values("code", "name"))

    assert [len(each) for each in pages] == [25, 5]


def test_filters_stay_in_the_links(regencies):
    first = page(regencies(60), "?q=kota&status=a&status=b")

    links = QueryDict(first.next_url[1:])
    assert links.getlist("status") == ["a", "b"]
    assert links["q"] == "kota"
    second = page(Regency.objects.all(), first.next_url)
    assert second.first_url == "?q=kota&status=a&status=b"


def test_the_next_page_starts_after_a_row_that_was_deleted(regencies):
    rows = regencies(60)
    first = page(rows)
    link = first.next_url
    expected = page(rows, link).rows

    first.rows[-1].delete()

    assert page(rows, link).rows == expected


def test_a_page_whose_rows_are_gone_is_the_first_page(regencies):
    rows = regencies(30)
    first = page(rows, order=("code",))
    rows.filter(code__gt=first.rows[-1].code).delete()

    again = page(rows, first.next_url, order=("code",))

    assert again.is_first
    assert len(again) == 25


def _token(*key, signature=None):
    text = json.dumps([signature or 0, *key]).encode()
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "é",
        "%00",
        "W10",
        "bnVsbA",
        "eyJhIjoxfQ",
        _token("Kota", "00001"),
        _token("Kota", "00001", signature=1),
        "W" * 5000,
    ],
)
@pytest.mark.parametrize("name", ["after", "before"])
def test_a_token_that_cannot_be_read_gives_the_first_page(regencies, token, name):
    again = page(regencies(30), f"{name}={token}")

    assert again.is_first
    assert len(again) == 25


@pytest.mark.parametrize(
    "key",
    [
        *(["a\x00b", "1"], [None, None], ["a"], [[1], {}], ["\ud800", "1"]),
        *([float("inf"), "1"], [float("nan"), "1"], ["a", float("-inf")]),
    ],
)
def test_a_signed_looking_token_with_odd_values_gives_the_first_page(regencies, key):
    rows = regencies(30)
    right = page(rows)._signature

    again = page(rows, f"after={_token(0, *key, signature=right)}")

    assert again.is_first


@pytest.mark.parametrize("place", [1, 1.0, -1, 0.5, "0", None, [0], 1e300])
def test_a_signed_looking_token_of_no_part_gives_the_first_page(regencies, place):
    rows = regencies(30)
    token = _token(place, "Kota 001", "00003", signature=page(rows)._signature)

    assert page(rows, f"after={token}").is_first


def test_a_token_of_another_order_gives_the_first_page(regencies):
    rows = regencies(60)
    link = page(rows, order=("code",)).next_url

    assert page(rows, link, order=("-code",)).is_first


def test_the_count_is_exact_up_to_1000(regencies):
    rows = regencies(1000)

    assert page(rows).count_text == "1.000"
    assert page(rows).exact_url is None


def test_more_than_1000_is_said_so_and_counted_on_request(regencies):
    rows = regencies(1001)

    assert page(rows).count_text == "lebih dari 1.000"
    assert page(rows).exact_url == "?count=exact"
    assert page(rows, "?count=exact").count_text == "1.001"


def test_a_page_says_which_rows_it_shows_where_that_is_known(regencies):
    rows = regencies(60)
    first = page(rows)
    second = page(rows, first.next_url)
    last = page(rows, second.next_url)

    assert [each.part_text for each in (first, second, last)] == [
        "1–25 dari 60",
        "25 di bagian tengah dari 60",
        "51–60 dari 60",
    ]


def test_of_more_rows_than_are_counted_the_last_are_only_called_so(regencies):
    rows = regencies(1001)
    shown = page(rows)
    while not shown.is_last:
        shown = page(rows, shown.next_url)

    assert shown.part_text == "1 terakhir dari lebih dari 1.000"


@pytest.mark.parametrize(("count", "queries"), [(3, 1), (60, 2)])
def test_a_page_and_its_count_cost_at_most_two_queries(
    regencies, django_assert_num_queries, count, queries
):
    rows = regencies(count)

    with django_assert_num_queries(queries):
        shown = page(rows)
        list(shown)
        assert shown.count == count
        assert shown.count_text


def test_no_page_uses_an_offset(regencies, django_assert_num_queries):
    first = page(regencies(60))

    with django_assert_num_queries(1) as queries:
        page(Regency.objects.all(), first.next_url)

    sql = queries.captured_queries[0]["sql"]
    assert "OFFSET" not in sql
    assert '("offices_regency"."name", "offices_regency"."code") > (' in sql


def test_the_page_size_is_one_of_three(regencies):
    rows = regencies(60)

    assert len(page(rows, "?size=50")) == 50
    assert len(page(rows, "?size=7")) == 25
    assert page(rows, "?size=50").size_urls == [
        (25, "?size=25"),
        (50, None),
        (100, "?size=100"),
    ]
