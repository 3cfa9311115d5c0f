"""How cooperation begins, at the demo logins' unit: a nota of its Kanwil with PKS under
it, one of them to be signed next week, plans that are weighed, and a partner of a Lapas
that may become a Pokmas."""

from datetime import timedelta

from agreements.guided.steps import INSIDE
from agreements.models import (
    Agreement,
    Feasibility,
    FeasibilityAnswer,
    FeasibilityFinding,
    SigningDay,
)
from agreements.signing import numbers
from partners.models import Partner, Partnership
from pokmas.accounts.roles import Role
from pokmas.documents.models import Document
from pokmas.numbering import services as numbering
from pokmas.offices.models import Office
from reports.demo import paperwork, words
from reports.demo.partners import history
from reports.demo.people import KUPANG, NTT
from reports.demo.world import World

SUBJECT = "Pendidikan dan Pelatihan bagi Klien dan Warga Binaan"
TEACHERS = {"university", "school", "training"}
SHOWN = "Notula penjajakan dan surat minat mitra"
# What is there of each plan, beside the answers, and what the head thought of it.
PLANS = [
    (
        "approved",
        {1: "Orang tua menyetujui; petugas anak mendampingi."},
        "Mulai dengan satu kelompok.",
    ),
    ("submitted", {6: "Peliputan hanya kegiatan, tanpa wajah peserta."}, ""),
]


def build(world: World) -> None:
    unit = world.offices[KUPANG]
    free = [row.partner for row in _unbound(world, unit)]
    teacher = min(free, key=lambda partner: partner.kind_id not in TEACHERS)
    _weigh(world, unit, [partner for partner in free if partner != teacher])
    nota = _nota(world, teacher)
    _sign_soon(world, _pks(world, unit, teacher, nota))
    office, known = next(
        (office, row)
        for office in world.units
        if office.region_id == unit.region_id and office.kind in INSIDE
        for row in _unbound(world, office)
    )
    _pks(world, office, known.partner, nota)
    _take_over(world, unit, known)


def _unbound(world: World, office: Office) -> list[Partnership]:
    """Those that work with it, first those without an agreement."""
    bound = {row.partner_id for row in world.agreements.get(office.pk, ())}
    working = [row for row in world.partners[office.pk] if row.is_working]
    return sorted(working, key=lambda row: row.partner_id in bound)


def _take_over(world: World, unit: Office, known: Partnership) -> None:
    """Whom a Lapas or Rutan knows, with the unit too and in no group of it yet."""
    operator, head = (
        world.who(unit, role) for role in (Role.UNIT_OPERATOR, Role.UNIT_HEAD)
    )
    day = world.today - timedelta(days=3)
    row = Partnership.objects.create(
        office=unit,
        partner=known.partner,
        contact_name=known.contact_name,
        phone=known.phone,
        services=known.services,
        status="approved",
        status_since=world.moment(day),
        created_at=world.moment(day - timedelta(days=4)),
        created_by=operator,
        submitted_by=operator,
        verified_by=operator,
        decided_by=head,
        decided_at=world.moment(day),
        approved_until=day + timedelta(days=730),
    )
    row.fields.set(known.fields.all())
    history(world, row)


def _nota(world: World, partner: Partner) -> Agreement:
    """Signed by the Kanwil for all its units."""
    region, day = world.offices[NTT], world.today - timedelta(days=120)
    head = world.users["kepala.kanwil"]
    nota = _text(
        world,
        region,
        partner,
        kind="mou",
        title=SUBJECT,
        our_signatory=head.full_name,
        starts_on=day,
        ends_on=day + timedelta(days=3 * 365),
        for_all_units=True,
        status="signed",
        signed_on=day,
        signed_at_place=region.regency.town,
        partner_number="CONTOH/NK/0001",
        number_year=day.year,
        created_by=head,
    )
    nota.our_number = numbering.proposal(numbers.writing_of(nota, day))
    files = paperwork.documents(world, Document.Kind.PDF, ["nota.pdf"])
    nota.scan = files[0]
    nota.save()
    paperwork.own([nota], files)
    numbers.take(nota, by=head, dated=day)
    for action in ("agreement.drafted", "agreement.signed"):
        world.note(nota, action, head, Role.REGIONAL_HEAD, nota.status_since)
    return nota


def _pks(world: World, unit: Office, partner: Partner, nota: Agreement) -> Agreement:
    operator = world.who(unit, Role.UNIT_OPERATOR)
    begin = world.today + timedelta(days=7)
    pks = _text(
        world,
        unit,
        partner,
        kind="pks",
        title=f"{SUBJECT} – {partner.name}",
        umbrella=nota,
        our_signatory=unit.head_name,
        our_nip=unit.head_nip,
        starts_on=begin,
        ends_on=begin + timedelta(days=364),
        status="ready_to_sign",
        signed_on=None,
        created_by=operator,
        submitted_by=operator,
    )
    pks.save()
    at = pks.status_since
    world.note(pks, "agreement.drafted", operator, Role.UNIT_OPERATOR, at)
    return pks


def _text(world, office, partner, **facts) -> Agreement:
    since = facts["signed_on"] or world.today - timedelta(days=3)
    return Agreement(
        office=office,
        partner=partner,
        urgency="Keterampilan mempersiapkan klien kembali bermasyarakat.",
        form="Pelatihan, pendampingan, dan penyediaan pengajar.",
        subject=f"{SUBJECT} di wilayah {office.name}.",
        our_position=f"Kepala {office.name}",
        partner_signatory=partner.leader_name,
        partner_position=partner.leader_position,
        status_since=world.moment(since),
        created_at=world.moment(since - timedelta(days=20)),
        **facts,
    )


def _sign_soon(world: World, agreement: Agreement) -> None:
    operator = agreement.created_by
    number = numbers.take(agreement, by=operator, dated=world.today)
    agreement.our_number, agreement.number_year = number.text, number.year
    agreement.save(update_fields=["our_number", "number_year"])
    day = SigningDay.objects.create(
        office=agreement.office,
        held_on=agreement.starts_on,
        place=f"Aula {agreement.office.name}",
        created_by=operator,
    )
    day.agreements.add(agreement)
    at = world.moment(world.today)
    world.note(day, "signingday.planned", operator, Role.UNIT_OPERATOR, at)


def _weigh(world: World, unit: Office, partners: list[Partner]) -> None:
    """One that the head found worth it, and one that waits for the head."""
    operator = world.who(unit, Role.UNIT_OPERATOR)
    head = world.who(unit, Role.UNIT_HEAD)
    begin = world.today + timedelta(days=60)
    for partner, (status, there, reason) in zip(partners, PLANS, strict=False):
        subject = words.AGREEMENTS.get(partner.kind_id, words.AGREEMENT)
        decided = head if status == "approved" else None
        day = world.today - timedelta(days=4)
        sheet = Feasibility.objects.create(
            office=unit,
            partner=partner,
            title=f"Rencana {subject} bersama {partner.name}",
            urgency="Kebutuhan ini muncul berulang pada pembimbingan klien.",
            form=words.SERVICES[partner.kind_id],
            subject=f"{subject} bagi dua puluh klien setiap semester.",
            starts_on=begin,
            ends_on=begin + timedelta(days=364),
            status=status,
            status_since=world.moment(day),
            reason=reason,
            created_at=world.moment(day - timedelta(days=2)),
            created_by=operator,
            submitted_by=operator,
            decided_by=decided,
            decided_on=day if decided else None,
        )
        FeasibilityAnswer.objects.bulk_create(
            FeasibilityAnswer(
                sheet=sheet,
                criterion=criterion,
                score=1 if place % 6 == 5 else 2,
                evidence=SHOWN,
            )
            for place, criterion in enumerate(sheet.criteria)
        )
        FeasibilityFinding.objects.bulk_create(
            FeasibilityFinding(
                sheet=sheet,
                trigger=trigger,
                is_there=place in there,
                explanation=there.get(place, ""),
            )
            for place, trigger in enumerate(sheet.triggers)
        )
        at, role = sheet.created_at, Role.UNIT_OPERATOR
        world.note(sheet, "feasibility.planned", operator, role, at)
        world.note(sheet, "feasibility.submitted", operator, role, sheet.status_since)
        if decided:
            at = sheet.status_since + timedelta(minutes=30)
            world.note(sheet, "feasibility.approved", head, Role.UNIT_HEAD, at)
