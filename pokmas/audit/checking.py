"""Compares the trail with its seals: all of it, or some seals at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pokmas.audit import chain
from pokmas.audit.models import Inspection, Seal

Kind = Inspection.Fault
FAULTS_NAMED = 200
# Seals that are held in memory at once; each has up to `chain.BATCH` digests.
PORTION = 20


@dataclass(frozen=True)
class Fault:
    """What a check found, and where; without an id it concerns the whole table."""

    table: str
    id: int | None
    fault: Kind


@dataclass
class Result:
    seals: int = 0
    rows: int = 0
    unsealed: int = 0
    faults: list[Fault] = field(default_factory=list)
    head: bytes = chain.START

    @property
    def is_intact(self) -> bool:
        return not self.faults

    def note(self, faults) -> None:
        room = FAULTS_NAMED - len(self.faults)
        self.faults += list(faults)[:room]


def check() -> Result:
    """Compare every sealed row, and the chain itself, with what was sealed."""
    result, last = Result(), 0
    while seals := list(Seal.objects.filter(pk__gt=last).order_by("pk")[:PORTION]):
        compare(seals, result)
        last = seals[-1].pk
    result.note(faults_of_heads())
    result.unsealed = count_unsealed()
    return result


def compare(seals: list[Seal], result: Result) -> None:
    """Compare seals that follow each other, and their rows, with what was sealed."""
    keys = _keys()
    before = Seal.objects.filter(pk__lt=seals[0].pk).order_by("-pk").first()
    result.head = bytes(before.digest) if before else chain.START
    reached: dict[str, int] = {}
    columns: dict[str, set[str]] = {}
    for seal in seals:
        if seal.table not in reached:
            reached[seal.table] = chain.reached(seal.table, before=seal.pk)
            columns[seal.table] = set(chain.columns_of(seal.table))
        result.seals += 1
        result.rows += seal.count
        result.note(_faults_of_seal(seal, result.head, reached[seal.table]))
        if seal.table in keys:
            result.note(_faults_of_rows(seal, keys[seal.table], columns[seal.table]))
        else:
            result.note([Fault(seal.table, None, Kind.SHAPE)])
        reached[seal.table] = seal.last_id
        result.head = bytes(seal.digest)


def faults_of_heads() -> Iterator[Fault]:
    """A head that an earlier check saw must still be in the chain."""
    heads = Inspection.objects.exclude(head="").order_by("-pk")[:50]
    seen = {bytes.fromhex(head) for head in heads.values_list("head", flat=True)}
    held = Seal.objects.filter(digest__in=seen).values_list("digest", flat=True)
    if seen - {bytes(digest) for digest in held} - {chain.START}:
        yield Fault("audit_seal", None, Kind.HEAD)


def count_unsealed() -> int:
    return sum(
        chain.count_after(table, key, chain.reached(table))
        for table, key in _keys().items()
    )


def _keys() -> dict[str, str]:
    return {
        model._meta.db_table: model._meta.pk.column for model in chain.sealed_models()
    }


def _faults_of_seal(seal: Seal, head: bytes, reached: int) -> Iterator[Fault]:
    if bytes(seal.previous) != head or seal.first_id != reached + 1:
        yield Fault("audit_seal", seal.pk, Kind.GAP)
    if seal.key not in chain.seal_keys():
        yield Fault("audit_seal", seal.pk, Kind.KEY)
    elif chain.digest_of(seal) != bytes(seal.digest):
        yield Fault("audit_seal", seal.pk, Kind.SEAL)


def _faults_of_rows(seal: Seal, key: str, columns: set[str]) -> Iterator[Fault]:
    if set(seal.columns) - columns:
        yield Fault(seal.table, None, Kind.SHAPE)
        return
    later = columns - set(seal.columns)
    span = seal.first_id, seal.last_id
    found = dict(chain.digests(seal.table, key, *span, without=later))
    digests = bytes(seal.digests)
    sealed = {
        number: digests[32 * place : 32 * place + 32]
        for place, number in enumerate(seal.ids)
    }
    for number in sorted(sealed.keys() | found.keys()):
        if number not in found:
            yield Fault(seal.table, number, Kind.REMOVED)
        elif number not in sealed:
            yield Fault(seal.table, number, Kind.ADDED)
        elif sealed[number] != found[number]:
            yield Fault(seal.table, number, Kind.CHANGED)
