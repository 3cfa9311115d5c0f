"""Reports of the demo country, asked for as people would; a worker makes them."""

from pokmas.accounts.roles import Role
from reports.demo import evidence
from reports.demo.people import KUPANG
from reports.demo.world import World
from reports.duties.models import ReportDuty
from reports.figures.periods import Kind, Month
from reports.monthly import services

WAITING = 3


def build(world: World) -> None:
    """Two months of the office that the demo log-ins belong to, and a few others.

    Monthly reports are asked for since then, so that some are late.
    """
    this_month = Month.of(world.today)
    monthly = ReportDuty.objects.filter(kind=Kind.MONTHLY)
    monthly.update(valid_from=this_month.back(2).first)
    office = world.offices[KUPANG]
    operator = world.who(office, Role.UNIT_OPERATOR)
    for months in (2, 1):
        services.request(
            office,
            this_month.back(months).first,
            by=operator,
            obstacles="Jarak antarkabupaten jauh; sebagian klien datang terlambat.",
            follow_up="Jadwal berikutnya diumumkan dua minggu sebelumnya.",
        )
    others = [
        unit for unit in world.units if unit != office and world.partners[unit.pk]
    ]
    for unit in world.dice.sample(others, k=min(WAITING, len(others))):
        services.request(
            unit, this_month.back(1).first, by=world.who(unit, Role.UNIT_OPERATOR)
        )
    evidence.build(world)
