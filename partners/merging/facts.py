"""What two partners have, before they become one, and what the one was afterwards."""

from dataclasses import dataclass

from django.db.models import Func, OuterRef, Prefetch
from django.utils.text import capfirst

from partners.registry.models import Partner, Partnership
from pokmas.records.counts import many
from pokmas.records.guarded import value_text

TOLD = (
    *("name", "kind", "leader_name", "leader_position", "village", "regency"),
    *("registration_number", "tax_number"),
)


@dataclass(frozen=True)
class Belongings:
    """Its partnerships, and how many of everything else point at it."""

    partnerships: list[Partnership]
    counts: list[tuple[str, int]]


def belongings(*partners: Partner) -> dict[Partner, Belongings]:
    pointing = {
        relation.name: relation
        for relation in Partner._meta.related_objects
        if relation.related_model is not Partnership
        and not hasattr(relation.related_model, "pgh_tracked_model")
    }
    theirs = Partnership.objects.select_related("office").order_by("office__name")
    counted = Partner.objects.annotate(
        **{f"many_{name}": _count(each) for name, each in pointing.items()}
    ).prefetch_related(Prefetch("partnerships", theirs))
    return {
        partner: Belongings(
            list(partner.partnerships.all()),
            [
                (capfirst(relation.related_model._meta.verbose_name), count)
                for name, relation in pointing.items()
                if (count := getattr(partner, f"many_{name}"))
            ],
        )
        for partner in counted.filter(pk__in=[each.pk for each in partners])
    }


def _count(relation) -> Func:
    """How many rows point at a partner, as a column of it."""
    pointing = {relation.field.name: OuterRef("pk")}
    return many(relation.related_model._base_manager.filter(**pointing))


def identity(partner: Partner) -> list[tuple[str, str]]:
    """Label and value of what its units knew of it; nothing of how it is reached."""
    fields = [Partner._meta.get_field(name) for name in TOLD]
    return [
        (capfirst(field.verbose_name), value_text(partner, field.name))
        for field in fields
        if getattr(partner, field.attname)
    ]
