"""What two partners have, before they become one, and what the one was afterwards."""

from dataclasses import dataclass

from django.utils.text import capfirst

from partners.registry.models import Partner, Partnership
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


def belongings(partner: Partner) -> Belongings:
    theirs = partner.partnerships.select_related("office").order_by("office__name")
    return Belongings(
        list(theirs),
        [
            (capfirst(relation.related_model._meta.verbose_name), count)
            for relation in Partner._meta.related_objects
            if relation.related_model is not Partnership
            and not hasattr(relation.related_model, "pgh_tracked_model")
            and (count := _count(partner, relation))
        ],
    )


def _count(partner, relation) -> int:
    rows = relation.related_model._base_manager
    return rows.filter(**{relation.field.name: partner}).count()


def identity(partner: Partner) -> list[tuple[str, str]]:
    """Label and value of what its units knew of it; nothing of how it is reached."""
    fields = [Partner._meta.get_field(name) for name in TOLD]
    return [
        (capfirst(field.verbose_name), value_text(partner, field.name))
        for field in fields
        if getattr(partner, field.attname)
    ]
