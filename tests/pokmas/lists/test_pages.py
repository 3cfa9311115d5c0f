"""What a list page keeps: order, size, and filters in words and in the address."""

from datetime import date

import pytest
from django.http import QueryDict
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.lists.columns import Badge, Button, Column, Day, Names, Office, Order, Table
from pokmas.lists.pages import Sorting
from pokmas.offices.models import Regency
from tests.factories import (
    AgreementFactory,
    PartnershipFactory,
    RegencyFactory,
    UnitFactory,
    person,
)

pytestmark = pytest.mark.django_db

TABLE = Table(
    model=Regency,
    list_page="offices:listing",
    title="Uji",
    order="new",
    kept=("new", "-code"),
    orders=[Order("new", "Terbaru", ("-pk",))],
    columns=[
        Column(name="name", label="Nama", value="name"),
        Column(name="code", label="Kode", value="code", under="name"),
        Office(name="province", label="Provinsi", value="province__name", wide=True),
    ],
)


def sorting(query):
    return Sorting(TABLE, QueryDict(query))


def test_an_order_is_a_declared_one_or_a_column_up_or_down():
    rows = Regency.objects.all()

    orders = {
        query: sorting(query).ordered(rows)[1]
        for query in ("", "sort=name", "sort=-name", "sort=unknown")
    }

    assert orders == {
        "": ("-pk",),
        "sort=name": ("by_name", "pk"),
        "sort=-name": ("-by_name", "-pk"),
        "sort=unknown": ("-pk",),
    }


def test_the_menu_of_orders_keeps_the_filters_and_goes_to_the_first_page():
    asked = sorting("q=a&sort=name&after=x")
    asked.ordered(Regency.objects.all())

    assert asked.options[:3] == [
        ("Terbaru", "?q=a&sort=new"),
        ("Nama, A–Z", None),
        ("Nama, Z–A", "?q=a&sort=-name"),
    ]


def test_a_long_list_is_given_in_an_order_that_an_index_keeps(monkeypatch):
    monkeypatch.setattr("pokmas.lists.pages.COUNTED_TO", 2)
    regency, *_more = (RegencyFactory(code=f"53.0{number}") for number in range(3))
    rows = Regency.objects.all()
    long, short = sorting("sort=name"), sorting("sort=name")

    orders = [long.ordered(rows)[1], short.ordered(rows.filter(pk=regency.pk))[1]]

    assert orders == [("-pk",), ("by_name", "pk")]
    assert [name for name, _url in long.options] == ["Terbaru", "Kode, Z–A"]
    assert (long.held_back, short.held_back) == (2, 0)


def test_words_are_ordered_as_people_do():
    names = ("Lapas Kupang", "LPKA Kupang", "Lapas Atambua", "Rutan")
    for number, name in enumerate(names):
        RegencyFactory(code=f"53.0{number}", name=name)
    rows, order = sorting("sort=name").ordered(Regency.objects.all())

    assert [row.name for row in rows.order_by(*order)] == [
        "Lapas Atambua",
        "Lapas Kupang",
        "LPKA Kupang",
        "Rutan",
    ]


def test_a_unit_is_spared_the_columns_for_those_above_it():
    unit, above = person(Role.UNIT_HEAD), person(Role.REGIONAL_HEAD)

    assert [
        [column.name for column in TABLE.seen_by(user).columns]
        for user in (unit, above)
    ] == [["name", "code"], ["name", "code", "province"]]


def test_cells_are_escaped():
    hostile = "<b>&"
    cells = [
        Column(name="a", label="A", value="a").markup(hostile),
        Names(name="a", label="A", value="a").markup([hostile, None, "c", "d", "e"]),
        Badge(name="a", label="A", value="a", words={}).markup(hostile),
    ]

    assert cells == [
        "&lt;b&gt;&amp;",
        "&lt;b&gt;&amp;, c, dan 2 lainnya",
        '<span class="status tone-neutral">&lt;b&gt;&amp;</span>',
    ]


def test_a_button_of_a_row_says_what_it_does_and_to_which_row():
    row = Regency(name="<Kupang>")
    button = Button(name="a", does=lambda row: ("Arsipkan", "/arsip/?a=1&b=2"))
    nothing = Button(name="a", does=lambda row: None)

    assert [each.markup(row) for each in (button, nothing)] == [
        '<button class="btn btn-link btn-sm" formaction="/arsip/?a=1&amp;b=2">Arsipkan'
        '<span class="visually-hidden"> &lt;Kupang&gt;</span></button>',
        "",
    ]


def test_days_are_short():
    assert (
        Day(name="a", label="A", value="a").markup(date(2026, 12, 28)) == "28 Des 2026"
    )


def test_the_head_says_how_rows_are_ordered_and_turns_the_order(sign_in):
    client = sign_in(person(Role.UNIT_HEAD))

    head = client.get("/partners/?sort=name").context["listing"].head

    assert 'aria-sort="ascending"><a href="?sort=-name">Nama</a>' in head


def test_the_size_of_a_page_is_remembered(sign_in):
    head = person(Role.UNIT_HEAD)
    PartnershipFactory.create_batch(26, office=head.acting.office, status="active")
    client = sign_in(head)

    sizes = [
        len(client.get(f"/partners/{query}").context["page"])
        for query in ("", "?size=50", "", "?size=25", "")
    ]

    assert sizes == [25, 26, 26, 25, 25]


def test_a_piece_says_the_address_without_what_was_left_empty(sign_in):
    response = sign_in(person(Role.UNIT_HEAD)).get(
        "/partners/?q=&status=active&kind=",
        headers={"hx-request": "true", "hx-target": "list"},
    )

    assert response["HX-Push-Url"] == "/partners/?status=active"
    assert "<html" not in response.content.decode()


def test_what_ends_soon_stands_first_and_says_how_many_days_are_left(sign_in):
    head = person(Role.UNIT_HEAD)
    office = head.acting.office
    today = office.today
    for days in (80, 3, 40):
        AgreementFactory(
            office=office,
            status="signed",
            title=f"Sisa {days}",
            signed_on=date(2020, 1, 1),
            starts_on=date(2020, 1, 1),
            ends_on=date.fromordinal(today.toordinal() + days),
        )

    response = sign_in(head).get("/agreements/?validity=expiring")

    page = response.context["page"]
    assert [row.title for row in page] == ["Sisa 3", "Sisa 40", "Sisa 80"]
    assert "sisa 3 hari" in response.context["listing"].rows


def test_a_day_in_the_address_reads_as_people_write_it(sign_in):
    page = sign_in(person(Role.UNIT_HEAD)).get("/agreements/?expiring_on=2026-11-30")

    assert 'value="30-11-2026"' in page.content.decode()


def test_offices_to_choose_from_are_ordered_as_people_do(sign_in):
    admin = person(Role.REGIONAL_ADMIN)
    for name in ("LPKA Kupang", "Lapas Kupang"):
        UnitFactory(parent=admin.acting.office, name=name)

    field = sign_in(admin).get("/partners/").context["filters"].form.fields["office"]

    assert [office.name for office in field.queryset] == ["Lapas Kupang", "LPKA Kupang"]


def test_a_filter_that_is_wrong_is_said_not_to_be_used(sign_in):
    client = sign_in(person(Role.HEADQUARTERS))

    page = client.get(reverse("notices:index"), {"since": "31-02-2026"}).text

    assert "Saringan yang salah tidak dipakai" in page
    assert "belum disimpan" not in page
