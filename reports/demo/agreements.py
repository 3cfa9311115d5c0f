"""The agreements of the demo, in every status."""

from datetime import timedelta

from agreements.models import Agreement
from partners.models import Partnership
from pokmas.accounts.roles import Role
from pokmas.documents.models import Document
from pokmas.numbering.models import OfficeCode
from pokmas.offices.models import Office
from reports.demo import cooperation, paperwork, words
from reports.demo.world import World

AGREEMENT_STATUSES = ["signed"] * 12 + [
    "draft", "discussion", "legal_review", "ready_to_sign",
]  # fmt: skip


# As its papers say; the units below it are counted, for nobody published their codes.
REGION, CODE = "Kanwil Ditjenpas Nusa Tenggara Timur", "22"


def build(world: World) -> None:
    _name_in_numbers(world.offices[REGION])
    rows = [
        _agreement(world, partnership, place)
        for place, partnership in enumerate(
            p
            for partners in world.partners.values()
            for p in partners
            if p.status == "active" and world.dice.random() < 0.75
        )
    ]
    cooperation.settle_dates(rows, world)
    signed = [row for row in rows if row.status == "signed"]
    names = [f"PKS-{place}.pdf" for place in range(len(signed))]
    files = paperwork.documents(world, Document.Kind.PDF, names)
    for row, paper in zip(signed, files, strict=True):
        row.scan = paper
    Agreement.objects.bulk_create(rows, batch_size=1000)
    paperwork.own(signed, files)
    for row in rows:
        _agreement_history(world, row)
        world.agreements.setdefault(row.office_id, []).append(row)


def _name_in_numbers(region: Office) -> None:
    units = Office.objects.under(region).filter(level=Office.Level.UNIT)
    codes = [(region, CODE), *((unit, n) for n, unit in enumerate(units, start=1))]
    OfficeCode.objects.bulk_create(
        OfficeCode(office=office, code=str(code)) for office, code in codes
    )


def _agreement_history(world: World, row: Agreement) -> None:
    role, operator = Role.UNIT_OPERATOR, world.who(row.office, Role.UNIT_OPERATOR)
    drafted_at = row.status_since - timedelta(days=20)
    world.note(row, "agreement.drafted", operator, role, drafted_at)
    if row.status == "signed":
        head = world.who(row.office, Role.UNIT_HEAD)
        world.note(row, "agreement.signed", head, Role.UNIT_HEAD, row.status_since)


def _agreement(world: World, partnership: Partnership, place: int) -> Agreement:
    status = world.dice.choice(AGREEMENT_STATUSES)
    signed_on = world.day(340, 30)
    years = world.dice.choice([1, 1, 2, 3])
    starts_on = signed_on if status == "signed" else world.today + timedelta(days=30)
    ends_on = starts_on + timedelta(days=365 * years - 1)
    unit, partner = partnership.office, partnership.partner
    since = signed_on if status == "signed" else world.day(8, 1)
    subject = words.AGREEMENTS.get(partner.kind_id, words.AGREEMENT)
    operator = world.who(unit, Role.UNIT_OPERATOR)
    return Agreement(
        office=unit,
        kind="pks",
        partner=partner,
        title=f"{subject} dengan {partner.name}",
        our_number=f"WP.CONTOH-HK.01.05-{place:04d}" if status == "signed" else "",
        partner_number=f"CONTOH/{place:04d}" if status == "signed" else "",
        number_year=signed_on.year if status == "signed" else None,
        urgency="Klien dan warga binaan memerlukan pendampingan dari masyarakat.",
        form=words.SERVICES[partner.kind_id],
        subject=f"{subject} bagi klien dan warga binaan {unit.name}.",
        starts_on=starts_on,
        ends_on=ends_on,
        our_signatory=world.who(unit, Role.UNIT_HEAD).full_name,
        our_position=f"Kepala {unit.name}",
        partner_signatory=partner.leader_name,
        partner_position=partner.leader_position,
        signed_on=signed_on if status == "signed" else None,
        signed_at_place=unit.regency.town if status == "signed" else "",
        status=status,
        status_since=world.moment(since),
        created_at=world.moment(since - timedelta(days=20)),
        created_by=operator,
        submitted_by=operator if status in {"legal_review", "signed"} else None,
    )
