"""A list as a sheet: what a cell may hold, who is told, and whose turn it is."""

import csv
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from django.db import connection, connections
from django.db.models import Value
from django.urls import reverse

from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.lists import exports
from pokmas.lists.columns import Badge, Column, Day, Moment, Month, Number, Table
from pokmas.offices.models import Regency
from tests.factories import PartnershipFactory, RegencyFactory, person

pytestmark = pytest.mark.django_db

INDEX = "/partners/"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def table_of(*columns):
    return Table(
        model=Regency, list_page="offices:listing", title="Uji: [1]", columns=columns
    )


def read(response) -> bytes:
    return b"".join(response.streaming_content)


def csv_of(table) -> list[list[str]]:
    rows = Regency.objects.order_by("code")
    text = b"".join(exports.write_csv(table, rows)).decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))[1:]


def cells_of(table) -> list:
    rows = Regency.objects.order_by("code")
    content = b"".join(exports.write_xlsx(table, rows))
    sheet = zipfile.ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")
    return [list(row) for row in ElementTree.fromstring(sheet).iter(f"{MAIN}row")][1:]


def stored(text):
    """Put a text into a row past its field, as one of several lines."""
    RegencyFactory()
    Regency.objects.update(name=Value(text))


NAME = Column(name="name", label="Nama", value="name")
HOSTILE = [
    "=1+1",
    "+62812",
    "-3",
    "@SUM(A1)",
    "\t=1",
    "＝1",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_csv_is_a_formula(text):
    stored(text)

    assert csv_of(table_of(NAME)) == [[f"'{text}"]]


@pytest.mark.parametrize(
    "text", [*HOSTILE, "a;b,c", 'd"e', "f <g> & 'h' %s %", "\\.", "\\"]
)
def test_a_workbook_holds_every_text_as_it_is(text):
    stored(text)

    (cell,) = cells_of(table_of(NAME))[0]

    assert (cell.get("t"), "".join(cell.itertext())) == ("inlineStr", text)


@pytest.mark.parametrize(
    "text", ["a;b,c", 'd"e', "f <g> & 'h' %s %", "\\.", "baris\nlagi"]
)
def test_a_csv_holds_every_other_text_as_it_is(text):
    stored(text)

    assert csv_of(table_of(NAME)) == [[text]]


def test_a_workbook_leaves_out_what_xml_cannot_hold_and_keeps_lines():
    stored("a\x01b\x0bc\r\nd")

    (cell,) = cells_of(table_of(NAME))[0]

    assert "".join(cell.itertext()) == "abc\nd"


def test_days_and_numbers_are_what_they_are():
    RegencyFactory()
    at = datetime(2026, 11, 28, 18, 30, tzinfo=UTC)
    table = table_of(
        Day(name="day", label="Hari", value=Value(date(2026, 11, 28))),
        Month(name="month", label="Bulan", value=Value(date(2026, 11, 1))),
        Moment(name="at", label="Saat", value=Value(at)),
        Number(name="count", label="Jumlah", value=Value(1234)),
    )

    assert csv_of(table) == [["28-11-2026", "11-2026", "29-11-2026 01:30", "1234"]]
    assert [
        (cell.get("s"), "".join(cell.itertext())) for cell in cells_of(table)[0]
    ] == [
        ("1", "46354"),
        ("3", "46327"),
        ("2", "46355.062500"),
        ("0", "1234"),
    ]


def test_nothing_is_an_empty_cell():
    RegencyFactory()
    nothing = Value(None, output_field=Regency._meta.get_field("name"))
    table = table_of(
        Column(name="none", label="Kosong", value=nothing),
        Badge(name="state", label="Keadaan", value=nothing, words={"a": "Ada"}),
    )

    assert csv_of(table) == [["", ""]]
    assert ["".join(cell.itertext()) for cell in cells_of(table)[0]] == ["", ""]


def test_the_trail_has_who_took_which_rows_of_which_list(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    office = operator.acting.office
    PartnershipFactory.create_batch(2, office=office, status="active")
    PartnershipFactory(office=office, status="submitted")

    read(sign_in(operator).get(f"{INDEX}?status=active&export=csv"))

    entry = Entry.objects.get(action="partnership.exported")
    assert (entry.actor, entry.office) == (operator, office)
    assert entry.details == {
        "sheet": "csv",
        "rows": 2,
        "filters": {"Status": "Aktif"},
    }


def test_who_may_not_read_the_list_gets_no_sheet_of_it(sign_in):
    volunteer = person(Role.VOLUNTEER)

    assert sign_in(volunteer).get(f"{INDEX}?export=xlsx").status_code == 403
    assert not Entry.objects.filter(action="partnership.exported").exists()


def test_a_sheet_holds_only_the_rows_of_the_own_branch(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    own = PartnershipFactory(office=operator.acting.office, status="active")
    PartnershipFactory(status="active")

    text = read(sign_in(operator).get(f"{INDEX}?export=csv")).decode()

    assert [line.split(";")[0] for line in text.splitlines()[1:]] == [f'"{own}"']


def test_a_sheet_is_a_file_with_the_name_of_the_list_and_is_kept_nowhere(sign_in):
    response = sign_in(person(Role.UNIT_OPERATOR)).get(f"{INDEX}?export=xlsx")

    assert response["Content-Disposition"].startswith('attachment; filename="mitra-')
    assert response["Cache-Control"] == "no-store"
    read(response)


def test_whether_it_is_a_file_is_left_to_the_answer(sign_in):
    """A browser told to download would save the page that refuses one."""
    operator = person(Role.UNIT_OPERATOR)
    PartnershipFactory(office=operator.acting.office, status="active")

    page = sign_in(operator).get(INDEX).text

    assert '<a class="menu-item" href="?export=csv">CSV</a>' in page


def test_more_rows_than_excel_holds_are_refused_in_words(sign_in, monkeypatch):
    operator = person(Role.UNIT_OPERATOR)
    few = exports.Sheet("Excel", "xlsx", "text/plain", exports.write_xlsx, most=1)
    monkeypatch.setitem(exports.SHEETS, "xlsx", few)
    PartnershipFactory.create_batch(2, office=operator.acting.office, status="active")

    response = sign_in(operator).get(f"{INDEX}?export=xlsx&sort=name", follow=True)

    assert "Excel hanya memuat 1 baris." in response.content.decode()
    assert response.request["QUERY_STRING"] == "sort=name"
    assert not Entry.objects.filter(action="partnership.exported").exists()


@pytest.mark.django_db(transaction=True)
def test_a_person_has_one_export_at_a_time(sign_in):
    operator = person(Role.UNIT_OPERATOR)
    client = sign_in(operator)
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            key = (exports.OWN_LOCKS, operator.pk)
            other.set_autocommit(False)
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", key)
            response = client.get(f"{INDEX}?export=csv", follow=True)
            other.rollback()
    finally:
        other.close()

    assert "Ekspor Anda yang lain masih berjalan." in response.content.decode()
    answer = client.get(f"{INDEX}?export=csv")
    assert answer.streaming
    answer.close()


def test_an_export_given_up_leaves_its_place():
    rows = (piece for piece in (b"a", b"b"))
    turn = exports.Turn(person(Role.UNIT_OPERATOR))
    holder = turn.line.connection.info.backend_pid
    pieces = exports.Pieces(rows, turn)
    begun = iter(pieces)
    next(begun)
    assert _places_of(holder) == 2

    pieces.close()

    assert list(rows) == []
    assert _places_of(holder) == 0


def _places_of(holder) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = %s",
            [holder],
        )
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("role", "sheets"),
    [(Role.UNIT_OPERATOR, 2), (Role.PARTNER, 0), (Role.VOLUNTEER, 0)],
)
def test_sheets_are_offered_to_officers_only(sign_in, role, sheets):
    page = sign_in(person(role)).get(reverse("outreach:index"))

    assert len(page.context["listing"].exports) == sheets
