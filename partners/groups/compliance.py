"""Whether a Bapas has the groups the guidebook asks for: a warning, never a block."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from partners.fields.models import Field
from partners.groups.models import CommunityGroup
from pokmas.offices.models import Office
from pokmas.rules.models import Rule


@dataclass
class Compliance:
    """One Bapas with its posts: decreed groups and their working partners."""

    unit: Office
    groups: list[CommunityGroup]
    min_groups: int
    min_partners: int
    mandatory: list[Field] = field(default_factory=list)

    @property
    def uncovered(self) -> list[Field]:
        """Mandatory fields for which there is no group."""
        covered = {group.field_id for group in self.groups}
        return [row for row in self.mandatory if row.pk not in covered]

    @property
    def small(self) -> list[CommunityGroup]:
        """Groups with too few partners."""
        return [row for row in self.groups if row.members < self.min_partners]

    @property
    def warnings(self) -> list[str]:
        found = []
        if len(self.groups) < self.min_groups:
            found.append(
                _("Baru %(count)s kelompok ditetapkan; paling sedikit %(minimum)s.")
                % {"count": len(self.groups), "minimum": self.min_groups}
            )
        found += [
            _("Belum ada kelompok bidang %(field)s.") % {"field": row}
            for row in self.uncovered
        ]
        found += [
            _("%(group)s baru punya %(count)s mitra; paling sedikit %(minimum)s.")
            % {"group": row, "count": row.members, "minimum": self.min_partners}
            for row in self.small
        ]
        return found

    @property
    def is_met(self) -> bool:
        return not self.warnings


def cautions(group: CommunityGroup) -> list[str]:
    """What the guidebook asks of a group before its decree."""
    minimum = Rule.objects.holding(group.office.today).get(Rule.Code.MIN_PARTNERS, 0)
    count = group.memberships.current().count()
    if count >= minimum:
        return []
    return [
        _(
            "Kelompok ini baru punya %(count)s mitra; pedoman meminta paling sedikit "
            "%(minimum)s."
        )
        % {"count": count, "minimum": minimum}
    ]


def of_units(units: Iterable[Office], today: date) -> list[Compliance]:
    """One for each Bapas among `units`, in their order; three queries in all."""
    units = [unit for unit in units if unit.kind == Office.Kind.PROBATION]
    rules = Rule.objects.holding(today)
    mandatory = list(Field.objects.in_use().filter(is_mandatory=True))
    groups = defaultdict(list)
    formed = CommunityGroup.objects.formed().for_list().order_by("name", "pk")
    ids = {unit.pk for unit in units}
    for group in formed.filter(office__in=ids) | formed.filter(office__parent__in=ids):
        office = group.office
        groups[office.pk if office.pk in ids else office.parent_id].append(group)
    return [
        Compliance(
            unit,
            groups[unit.pk],
            rules.get(Rule.Code.MIN_GROUPS, 0),
            rules.get(Rule.Code.MIN_PARTNERS, 0),
            mandatory,
        )
        for unit in units
    ]
