"""Evidence of the demo's action plan: one file of its own, and one bundle."""

from pokmas.accounts.roles import Role
from pokmas.documents.models import Document
from reports.bundles import services
from reports.bundles.models import PlanFile
from reports.demo import paperwork
from reports.demo.people import KUPANG
from reports.demo.world import World
from reports.figures.periods import Kind, Period


def build(world: World) -> None:
    """Of the last quarter of the office that the demo log-ins belong to."""
    office = world.offices[KUPANG]
    operator = world.who(office, Role.UNIT_OPERATOR)
    quarter = Period.of(Kind.QUARTERLY, world.today).back(1)
    item = services.item_of(office, "KPI-07", quarter, by=operator)
    names = ["Notula rapat rencana aksi.pdf"]
    [document] = paperwork.documents(world, Document.Kind.PDF, names, by=operator)
    file = PlanFile(shows="Notula rapat rencana aksi", month=quarter.first)
    services.add(file, item, document=document, by=operator)
    services.bundle(item, by=operator)
