"""What the demo country is built of so far, and the dice it is built with."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from agreements.models import Agreement
from partners.models import CommunityGroup, Partnership
from pokmas.accounts.models import User
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.offices.models import Office
from reports.demo import words


@dataclass
class World:
    """What is built so far, and the dice it is built with."""

    today: date
    scale: int
    dice: random.Random
    offices: dict[str, Office] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    staff: dict[tuple[int, str], User] = field(default_factory=dict)
    partners: dict[int, list[Partnership]] = field(default_factory=dict)
    groups: dict[int, list[CommunityGroup]] = field(default_factory=dict)
    agreements: dict[int, list[Agreement]] = field(default_factory=dict)
    # Those of which all is told.
    shown: list[Agreement] = field(default_factory=list)
    papers: dict[str, list[tuple[str, int, str]]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    @property
    def units(self) -> list[Office]:
        return [o for o in self.offices.values() if o.level == Office.Level.UNIT]

    def day(self, first: int, last: int) -> date:
        """A day between `first` and `last` days ago."""
        return self.today - timedelta(days=self.dice.randint(last, first))

    def moment(self, day: date, hour: int = 9) -> datetime:
        """Some minute of that hour, at the latest now."""
        minute = self.dice.randint(0, 59)
        then = datetime.combine(day, time(hour, minute), ZoneInfo("Asia/Makassar"))
        return min(then, timezone.now())

    def person(self) -> str:
        return f"{self.dice.choice(words.GIVEN)} {self.dice.choice(words.FAMILY)}"

    def who(self, office: Office, role: Role) -> User:
        return self.staff[office.pk, role]

    def note(
        self,
        obj,
        action: str,
        by: User,
        role: Role,
        at: datetime,
        acting_for: Office | None = None,
    ) -> None:
        """An audit entry as the service would have left it then, at the latest now; by
        somebody of the office of the record unless another is named."""
        self.entries.append(
            Entry(
                at=min(at, timezone.now()),
                actor=by,
                capacity=f"{role.label} · {(acting_for or obj.office).name}",
                action=action,
                about_type=ContentType.objects.get_for_model(obj),
                about_id=obj.pk,
                label=str(obj)[:200],
                office=obj.office,
                region_id=obj.office.region_id,
            )
        )
