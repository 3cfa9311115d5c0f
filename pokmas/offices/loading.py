"""Loading the reference lists: as often as wanted, nothing twice, nothing lost.

An office remembers what the list said of it (`Office.listed`). A later load applies
only what the list itself changed since, so it never undoes what was edited or decreed
in the portal. What is no longer listed is reported and kept.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pokmas.audit.models import Entry
from pokmas.offices import reorganisation, services
from pokmas.offices.models import Office, OfficeChange, Province, Regency, Zone
from pokmas.offices.reading import Lists, RegionRow, UnitRow, read, read_places, stem

HEADQUARTERS = {"code": "pusat", "name": "Direktorat Jenderal Pemasyarakatan"}
# Being handed over to another agency: inactive until somebody opens it again.
INACTIVE = {Office.Kind.SEIZED_GOODS}
LABELS = {
    "name": gettext_lazy("nama"),
    "region": gettext_lazy("Kanwil"),
    "kind": gettext_lazy("jenis"),
    "unit_class": gettext_lazy("kelas"),
    "regency": gettext_lazy("kabupaten/kota"),
    "provinces": gettext_lazy("provinsi"),
}


@dataclass
class Outcome:
    """What a load did, or in a rehearsal would have done."""

    regions: int = 0
    units: int = 0
    provinces: int = 0
    regencies: int = 0
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)


class _TakenBack(Exception):
    """Rolls a rehearsal back."""


def load(
    regions: Path | None = None, units: Path | None = None, *, rehearse: bool = False
) -> Outcome:
    """Bring places and offices up to the lists, in one transaction or not at all."""
    lists = read(regions, units)
    try:
        with transaction.atomic(), pghistory.context(command="load_offices"):
            outcome = _load(lists)
            if rehearse:
                raise _TakenBack
    except _TakenBack:
        pass
    return outcome


def _load(lists: Lists) -> Outcome:
    outcome = Outcome(
        regions=len(lists.regions), units=len(lists.units), unmatched=lists.unmatched
    )
    outcome.provinces, outcome.regencies = _load_places()
    top = _headquarters()
    offices = _Known()
    below = _regions(lists.regions, top, offices, outcome)
    created = [
        office
        for row in lists.units
        if (office := _unit(row, below[row.region], offices, outcome))
    ]
    _save(created)
    outcome.gone = [office.name for office in offices.left()]
    if outcome.new or outcome.changed:
        Entry.record(
            None,
            "office.loaded",
            top,
            new=len(outcome.new),
            changed=outcome.changed,
            gone=outcome.gone,
        )
    return outcome


def _load_places() -> tuple[int, int]:
    provinces, regencies = read_places()
    Province.objects.bulk_create(
        [Province(code=code, name=name) for code, name in provinces],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name"],
    )
    Regency.objects.bulk_create(
        [
            Regency(code=code, province_id=province, name=name)
            for code, province, name in regencies
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["province", "name"],
    )
    return len(provinces), len(regencies)


def _headquarters() -> Office:
    top = Office.objects.filter(level=Office.Level.HEADQUARTERS).first()
    return top or Office.objects.create(level=Office.Level.HEADQUARTERS, **HEADQUARTERS)


class _Known:
    """The offices that are there, by the letters of their names now and before."""

    def __init__(self):
        self.offices = {office.pk: office for office in self._listable()}
        self.by_stem = {}
        renamed = OfficeChange.objects.applied().filter(office__in=self.offices)
        for change in renamed.order_by("effective_on"):
            self.by_stem[stem(change.before["name"])] = self.offices[change.office_id]
        for office in self.offices.values():
            for name in [(office.listed or {}).get("name"), office.name]:
                if name:
                    self.by_stem[stem(name)] = office

    def _listable(self):
        levels = [Office.Level.REGIONAL, Office.Level.UNIT]
        return Office.objects.filter(level__in=levels).select_related("parent")

    def take(self, name: str) -> Office | None:
        """The office a row means; it is then accounted for."""
        office = self.by_stem.get(stem(name))
        return self.offices.pop(office.pk, None) if office else None

    def left(self):
        """Open offices of an earlier load that no row meant."""
        return [o for o in self.offices.values() if o.listed and not o.is_closed]


def _regions(rows: list[RegionRow], top, offices, outcome) -> dict[str, Office]:
    """The Kanwil by the letters of their names; those that are new are saved."""
    found, created, provinces = {}, [], {}
    for row in rows:
        office = offices.take(row.name)
        if office is None:
            office = _new_region(row, top)
            outcome.new.append(office.name)
            created.append(office)
            provinces |= dict.fromkeys(row.provinces, office)
        elif office.listed != row.listed:
            changes = _difference(office, row.listed)
            if "provinces" in changes:
                provinces |= dict.fromkeys(row.provinces, office)
            _correct(office, row.listed, changes, outcome)
        found[stem(row.name)] = office
    _save(created)
    Province.objects.bulk_update(
        [Province(code=code, region=office) for code, office in provinces.items()],
        ["region"],
    )
    return found


def _new_region(row: RegionRow, top: Office) -> Office:
    return Office(
        level=Office.Level.REGIONAL,
        parent=top,
        name=row.name,
        regency_id=row.seat,
        zone=Zone.of(row.provinces[0]),
        listed=row.listed,
    )


def _unit(row: UnitRow, region: Office, offices, outcome) -> Office | None:
    """A new office that is to be saved, if the row means one."""
    office = offices.take(row.name)
    if office is None:
        outcome.new.append(row.name)
        return Office(
            level=Office.Level.UNIT,
            parent=region,
            name=row.name,
            kind=row.kind,
            unit_class=row.unit_class,
            regency_id=row.regency,
            zone=Zone.of(row.regency[:2]) if row.regency else region.zone,
            is_active=row.kind not in INACTIVE,
            listed=row.listed,
        )
    if office.listed != row.listed:
        changes = _difference(office, row.listed)
        moved = "region" in changes and office.parent_id != region.pk
        if moved and office.is_active:
            _decree(office, OfficeChange.Kind.MOVE, other=region)
        _correct(office, row.listed, changes, outcome)
    return None


def _save(created: list[Office]) -> None:
    """Put new offices of one level on record, each with a code of its own."""
    if not created:
        return
    taken = set(Office.objects.values_list("code", flat=True))
    for office in created:
        office.code = services.code_of(office.name, taken)
        taken.add(office.code)
    Office.objects.bulk_create(created)
    area = Office.working_area.through
    area.objects.bulk_create(
        area(office=office, regency_id=office.regency_id)
        for office in created
        if office.kind == Office.Kind.PROBATION and office.regency_id
    )
    # Read again: the region of each was set by the database.
    saved = Office.objects.filter(pk__in=[office.pk for office in created])
    Entry.record_all(None, "office.listed", [(office, {}) for office in saved])


def _difference(office: Office, listed: dict) -> set[str]:
    """The columns in which the list itself differs from the load before."""
    if office.listed is None:
        return set()
    return {key for key in listed if listed[key] != office.listed.get(key)}


def _correct(office: Office, listed: dict, changes: set, outcome: Outcome) -> None:
    """Bring to the office what the list changed; a renamed one keeps its old papers."""
    named = {key: getattr(office, key) for key in ("name", "kind", "unit_class")}
    wanted = named | {key: listed[key] for key in changes & named.keys()}
    if wanted != named and office.is_active:
        _decree(office, OfficeChange.Kind.RENAME, after=wanted)
    values = {"listed": listed}
    if "regency" in changes:
        values["regency"] = listed["regency"]
    Office.objects.filter(pk=office.pk).update(**values)
    labels = [LABELS[key] for key in LABELS if key in changes]
    what = ", ".join(map(str, labels)) or _("kini tercantum dalam daftar")
    Entry.record(None, "office.corrected", office, columns=what)
    outcome.changed.append(f"{office.name}: {what}")


def _decree(office: Office, kind, **change) -> None:
    try:
        reorganisation.decide(
            OfficeChange(
                office=office,
                kind=kind,
                effective_on=office.today,
                decree_number=_("Daftar acuan kantor"),
                **change,
            ),
            by=None,
        )
    except ValidationError as refusal:
        raise ValidationError(
            [f"{office}: {text}" for text in refusal.messages]
        ) from refusal
