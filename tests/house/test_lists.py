"""Every list that a room declares, asked by each role that may read it.

It offers each of its columns as an order, both ways, walks all its pages without loss
or double, and gives as a sheet what it shows: the same rows in the same order.
"""

import csv
import zipfile
from html import unescape
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.lists.columns import Day, Moment, Month, Number, Table
from pokmas.lists.pages import Sorting
from pokmas.lists.paging import KeysetPage
from pokmas.reference.lists import lists_for
from pokmas.server.rooms import collect
from tests.house.rooms import ACCESS, OWN

pytestmark = pytest.mark.django_db

TABLES = [
    table
    for module in collect("columns")
    for table in vars(module).values()
    if isinstance(table, Table)
]
# The lists are asked by the everyday user, by those above him, and by a partner. What
# differs between the unit and headquarters is only the rows.
ROLES = [Role.UNIT_OPERATOR, Role.HEADQUARTERS, Role.PARTNER]
ROLES += [
    pytest.param(role, marks=pytest.mark.exhaustive)
    for role in (Role.UNIT_HEAD, Role.REGIONAL_ADMIN)
]
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def lists_of(user, world):
    """Every list this person may read, and where it is."""
    for make in OWN.values():
        make(user)
    for table in TABLES:
        access = ACCESS[table.list_page]
        if user.acting.role in access.roles:
            arguments = [world.find(each, user) for each in access.on]
            yield table, reverse(table.list_page, args=arguments)
    for reference in lists_for(user):
        yield reference.table, reverse("reference:index", args=[reference.slug])


def read(response) -> bytes:
    return b"".join(response.streaming_content)


def rows_of_csv(client, url) -> list[list[str]]:
    text = read(client.get(url, {"export": "csv"})).decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


def rows_of_xlsx(client, url) -> list[list[str]]:
    archive = zipfile.ZipFile(BytesIO(read(client.get(url, {"export": "xlsx"}))))
    sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    return [
        ["".join(cell.itertext()) for cell in row] for row in sheet.iter(f"{SPACE}row")
    ]


def walked(listing, sort, count) -> list:
    """The keys of the rows of all pages, in turn, until there are more than `count`."""
    sorting = Sorting(listing.table, {"sort": sort})
    rows, order = sorting.ordered(listing.filters.qs)
    found, params = [], {}
    while params is not None and len(found) <= count:
        page = KeysetPage(rows, params, order=order, size=2, parts=sorting.parts)
        found += [row.pk for row in page]
        params = page.next_url and QueryDict(page.next_url[1:])
    return found


def test_there_are_lists():
    assert {table.list_page for table in TABLES} >= {
        *("partners:index", "partners:group_index", "agreements:index"),
        *("outreach:index", "reports:index", "accounts:index", "offices:listing"),
        *("audit:index", "notices:index", "accounts:history", "jobs:index"),
    }


@pytest.mark.parametrize("role", ROLES)
def test_each_column_is_an_order_both_ways_and_no_row_is_lost(sign_in, world, role):
    user = world.people[role]
    client = sign_in(user)
    wrong = []
    for _table, url in lists_of(user, world):
        listing = client.get(url).context["listing"]
        every = sorted(listing.filters.qs.order_by().values_list("pk", flat=True))
        columns = listing.sorting.columns
        for way in (
            *listing.sorting.orders,
            *columns,
            *(f"-{each}" for each in columns),
        ):
            if sorted(walked(listing, way, len(every))) != every:
                wrong.append((url, way))
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_the_sheets_hold_what_the_page_shows(sign_in, world, role):
    user = world.people[role]
    client = sign_in(user)
    for table, url in lists_of(user, world):
        if not table.may_export(user):
            assert client.get(url, {"export": "csv"}).status_code == 403
            continue
        response = client.get(url)
        count = response.context["page"].count
        seen = response.context["listing"].table
        as_csv, as_xlsx = rows_of_csv(client, url), rows_of_xlsx(client, url)
        assert as_csv[0] == as_xlsx[0] == [str(each.label) for each in seen.sheet]
        if table.model is Entry:  # each sheet leaves its own trail, on top
            as_csv[1:], as_xlsx[1:] = as_csv[-count:], as_xlsx[-count:]
        assert len(as_csv) == len(as_xlsx) == 1 + count
        for place, column in enumerate(seen.sheet):
            if not isinstance(column, Day | Moment | Number):
                words = [[row[place] for row in rows] for rows in (as_csv, as_xlsx)]
                assert words[0] == words[1], (url, column.name)
        # A page that is told in parts begins elsewhere than its sheet.
        order = sorted if response.context["listing"].sorting.parts else list
        with timezone.override(user.acting.office.tzinfo):
            assert order(shown(response, seen)) == order(told(as_csv, seen)), url


def shown(response, table) -> list[str]:
    """The first words of each row of the page, as a sheet writes them."""
    first = table.shown[0][0]
    values = [first.of(row) for row in response.context["page"]]
    if isinstance(first, Month):  # of a longer period the first
        months = [getattr(row, first.alias) for row in response.context["page"]]
        return [f"{month:%m-%Y}" for month in months]
    if isinstance(first, Moment):
        return [f"{timezone.localtime(value):%d-%m-%Y %H:%M}" for value in values]
    return [unescape(first.markup(value)) for value in values]


def told(rows, table) -> list[str]:
    place = table.sheet.index(table.shown[0][0])
    return [row[place] for row in rows[1:26]]
