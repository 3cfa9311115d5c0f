"""Whether a Bapas has the groups the guidebook asks for: a warning, never a block."""

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    Exists,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.fields import TextField
from django.db.models.functions import Cast, Coalesce, Concat, Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.fields.models import Field
from partners.groups.models import CommunityGroup, GroupMembership
from partners.registry.models import Partnership
from pokmas.offices.models import Office
from pokmas.records.counts import many
from pokmas.rules.models import Rule
from pokmas.words.language import in_readers_words

LACKING = {
    "members": gettext_lazy(
        "Mitra kelompok kini %(count)s; pedoman meminta paling sedikit %(minimum)s."
    ),
    "chair": gettext_lazy("Kelompok kini tanpa ketua."),
}


def of_units(units: QuerySet, today: date) -> QuerySet:
    """The Bapas among `units`, each with what it has and what it lacks.

    `formed` is the number of its decreed groups, those of its posts among them;
    `chairless` how many of them nobody leads; `uncovered` names the mandatory fields
    that none of them has, `small` the groups with too few working partners, and how
    many each has.
    """
    minimums = Rule.objects.holding(today)
    min_groups = minimums.get(Rule.Code.MIN_GROUPS, 0)
    min_partners = minimums.get(Rule.Code.MIN_PARTNERS, 0)
    fields = Field.objects.in_use().filter(is_mandatory=True)
    uncovered = fields.exclude(pk__in=_formed(OuterRef(OuterRef("pk"))).values("field"))
    small = short_of(_formed(OuterRef("pk")), min_partners)
    members = Cast("members", TextField())
    said = Concat("name", Value(" ("), members, Value(")"), output_field=TextField())
    return units.filter(kind=Office.Kind.PROBATION).annotate(
        min_groups=Value(min_groups),
        min_partners=Value(min_partners),
        formed=many(_formed(OuterRef("pk"))),
        short=many(short_of(_formed(OuterRef("pk")), min_partners)),
        chairless=many(chairless(_formed(OuterRef("pk")))),
        uncovered=ArraySubquery(uncovered.order_by(Lower("name")).values("name")),
        small=ArraySubquery(small.order_by(Lower("name"), "pk").values_list(said)),
        compliance=Case(
            When(
                Q(formed__gte=min_groups, uncovered__len=0, short=0),
                then=Value("met"),
            ),
            default=Value("lacking"),
        ),
    )


def counted(groups: QuerySet, units: QuerySet) -> QuerySet:
    """Those of the groups that are counted for one of the units: also its posts'."""
    keys = units.values("pk")
    return groups.filter(Q(office__in=keys) | Q(office__parent__in=keys))


def in_field(field: Field) -> Func:
    """How many decreed groups of a unit work in it."""
    return many(_formed(OuterRef("pk")).filter(field=field))


def short_of(groups: QuerySet, minimum: int) -> QuerySet:
    """Those with fewer working partners than the guidebook asks for."""
    return groups.for_list().filter(members__lt=minimum)


def chairless(groups: QuerySet) -> QuerySet:
    """Those that nobody leads."""
    chairs = GroupMembership.objects.current().filter(role=GroupMembership.Role.CHAIR)
    return groups.exclude(Exists(chairs.filter(group=OuterRef("pk"))))


def totals(units: QuerySet) -> dict[str, int]:
    """What the units of a list have together, in one query."""
    return units.aggregate(
        units=Count("pk"),
        met=Count("pk", filter=Q(compliance="met")),
        groups=Coalesce(Sum("formed"), 0),
        small=Coalesce(Sum("short"), 0),
    )


def _formed(unit: OuterRef) -> QuerySet:
    """By the index of their office: what each group has is asked of no other unit's."""
    places = Office.objects.filter(Q(pk=OuterRef(unit)) | Q(parent=OuterRef(unit)))
    groups = CommunityGroup.objects.formed()
    return groups.filter(office__in=places.order_by().values("pk")).order_by()


def warnings(unit: Office) -> list[str]:
    """What one of `of_units` lacks, in sentences."""
    found = []
    if unit.formed < unit.min_groups:
        found.append(
            _("Baru %(count)s kelompok ditetapkan; paling sedikit %(minimum)s.")
            % {"count": unit.formed, "minimum": unit.min_groups}
        )
    found += [
        _("Belum ada kelompok bidang %(field)s.") % {"field": in_readers_words(name)}
        for name in unit.uncovered
    ]
    if unit.small:
        found.append(
            _("Mitranya kurang dari %(minimum)s: %(groups)s.")
            % {"minimum": unit.min_partners, "groups": ", ".join(unit.small)}
        )
    return found


def lacks(group: CommunityGroup) -> dict[str, dict[str, int]]:
    """What the guidebook asks of a group and it has not, with the numbers to say so."""
    numbers, found = members_of(group), {}
    if numbers["count"] < numbers["minimum"]:
        found["members"] = numbers
    chairs = group.memberships.current().filter(role=GroupMembership.Role.CHAIR)
    if not chairs.exists():
        found["chair"] = {}
    return found


def members_of(group: CommunityGroup) -> dict[str, int]:
    """How many working partners a group has, and how many the guidebook asks for."""
    working = group.memberships.current().filter(
        partnership__status__in=Partnership.WORKING
    )
    rules = Rule.objects.holding(group.office.today)
    return {"count": working.count(), "minimum": rules.get(Rule.Code.MIN_PARTNERS, 0)}


def in_words(lacking: dict[str, dict[str, int]]) -> list[str]:
    """Of `lacks`, in the language of whoever reads now."""
    return [LACKING[name] % numbers for name, numbers in lacking.items()]


def cautions(group: CommunityGroup) -> list[str]:
    """The same in sentences."""
    return in_words(lacks(group))


def before_assessment(group: CommunityGroup) -> list[str]:
    """With what cannot be mended once the head has it."""
    found = cautions(group)
    if found:
        found.append(
            _(
                "Lengkapi dahulu: sesudah diteruskan, anggota dan kedudukannya tidak "
                "dapat diubah sampai kepala menetapkan atau mengembalikannya."
            )
        )
    return found
