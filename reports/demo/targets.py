"""Targets of the empowerment of Pokmas for this year and the one before, invented, and
what one unit says that no records count."""

from datetime import date, timedelta
from decimal import Decimal

from pokmas.accounts.roles import Role
from pokmas.documents.models import Document
from pokmas.offices.models import Office
from reports.demo import paperwork
from reports.demo.partners import is_bapas
from reports.demo.people import KUPANG
from reports.demo.world import World
from reports.figures.periods import Kind, Period
from reports.targets.models import EnteredValue, Target

# Of a Bapas: target and baseline of each year, the older first.
OF_BAPAS = {
    "KPI-01": ((1, 0), (2, 1)),
    "KPI-02": ((3, 0), (5, 3)),
    "KPI-03": ((50, 0), (80, 50)),
    "KPI-07": ((24, 0), (36, 24)),
}
SUMMED = {"KPI-01", "KPI-07"}
HOURS = (("confirmed", 46), ("entered", 52))


def build(world: World) -> None:
    this_year = Period.of(Kind.YEARLY, world.today)
    rows = [
        row
        for place, year in enumerate(this_year.up_to_here(2))
        for code, years in OF_BAPAS.items()
        for row in _rows(world, code, year, *years[place])
    ]
    Target.objects.bulk_create(rows)
    _hours(world)


def _rows(world: World, code: str, year: Period, value: int, baseline: int):
    bapas = list(filter(is_bapas, world.units))
    headquarters = next(each for each in world.offices.values() if each.is_top)
    for unit in bapas:
        yield _target(world, unit, unit.region, code, year, value, baseline)
    for region in {unit.region_id: unit.region for unit in bapas}.values():
        many = sum(unit.region_id == region.pk for unit in bapas)
        times = many if code in SUMMED else 1
        numbers = (value * times, baseline * times)
        yield _target(world, region, headquarters, code, year, *numbers)


def _target(world: World, office, set_by: Office, code, year, value, baseline):
    decided = date(year.first.year, 1, 15)
    return Target(
        office=office,
        code=code,
        period=year,
        value=Decimal(value),
        baseline=Decimal(baseline),
        set_by=set_by,
        decree_number=f"CONTOH-{set_by.pk}.PR.01.01/{year.first.year}",
        decree_on=decided,
        created_at=world.moment(decided),
    )


def _hours(world: World) -> None:
    """Of the two months before this one: the older is confirmed, the other waits."""
    unit = world.offices[KUPANG]
    operator = world.who(unit, Role.UNIT_OPERATOR)
    head = world.who(unit, Role.UNIT_HEAD)
    months = Period.of(Kind.MONTHLY, world.today).up_to_here(3)[:2]
    names = [f"Rekap jam {month.name}.pdf" for month in months]
    files = paperwork.documents(world, Document.Kind.PDF, names)
    rows = []
    for month, file, (status, hours) in zip(months, files, HOURS, strict=True):
        said = world.moment(min(month.last + timedelta(days=3), world.today))
        rows.append(
            EnteredValue(
                office=unit,
                code="KPI-10",
                period=month,
                numerator=hours,
                note="Dijumlahkan dari daftar hadir Sahabat; angka contoh.",
                evidence=file,
                status=status,
                status_since=said,
                entered_by=operator,
                confirmed_by=head if status == "confirmed" else None,
                created_at=said,
                created_by=operator,
            )
        )
    EnteredValue.objects.bulk_create(rows)
    paperwork.own(rows, files)
    for row in rows:
        action, at = "enteredvalue.entered", row.status_since
        world.note(row, action, operator, Role.UNIT_OPERATOR, at)
        if row.status == "confirmed":
            action = "enteredvalue.confirmed"
            world.note(row, action, head, Role.UNIT_HEAD, at)
