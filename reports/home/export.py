"""The table of units as a sheet: what it shows, as numbers."""

from decimal import Decimal

from django.db.models import Case, DecimalField, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext as _

from pokmas.lists.columns import Amount, Column, Number, Office, Table
from pokmas.offices import models as offices
from reports.home import units

PLACE = "place"


def sheet_of(shown: units.Table) -> tuple[Table, QuerySet]:
    """Its columns, and its rows in the order of the page."""
    keys = [scope.office.pk for scope in shown.ordered()]
    rows = offices.Office.objects.filter(pk__in=keys)
    place = {pk: number for number, pk in enumerate(keys)}
    rows = rows.annotate(place=_numbers(place)).order_by(PLACE)
    table = Table(
        model=offices.Office,
        title=_("Tabel unit"),
        list_page="reports:units",
        exported="office.compared.exported",
        columns=[
            Office(name="name", label=_("Unit"), value="name"),
            *(_column(each, shown) for each in shown.columns),
        ],
    )
    return table, rows


def _column(column: units.Column, shown: units.Table) -> Column:
    kind, numbers = Number, shown.numbers[column.code]
    if any(isinstance(each, Decimal) for each in numbers.values()):
        kind = Amount
        numbers = {pk: round(each, 1) for pk, each in numbers.items()}
    return kind(
        name=column.code,
        label=column.label_for(shown.units),
        value=_numbers(numbers),
        may_be_empty=True,
    )


def _numbers(found: dict) -> Case | Value:
    """Of each office its number, for the database to write."""
    is_decimal = any(isinstance(each, Decimal) for each in found.values())
    field = IntegerField()
    if is_decimal:
        field = DecimalField(max_digits=14, decimal_places=1)
    whens = [When(pk=pk, then=Value(each)) for pk, each in found.items()]
    return Case(*whens, default=None, output_field=field)
