"""Builds the demo country: staff, partners, groups, agreements, activities.

Rows are made in bulk with the statuses a year of work would have left, so that a first
start takes seconds; the same seed gives the same country.
"""

import random
from datetime import date, timedelta

import pgtrigger
from django.apps import apps
from django.db import transaction
from django.db.models import F

from pokmas.audit.history import Event
from pokmas.audit.models import Entry
from pokmas.offices.models import Office
from reports.demo import (
    activities,
    agreements,
    ambassadors,
    attended,
    beginnings,
    cooperation,
    guidelines,
    news,
    paperwork,
    partners,
    people,
    presence,
    programmes,
    series,
    targets,
    tasks,
    volunteers,
)
from reports.demo.world import World

REGIONS = [
    "Kanwil Ditjenpas Nusa Tenggara Timur",
    "Kanwil Ditjenpas Bali",
    "Kanwil Ditjenpas Sulawesi Tengah",
    "Kanwil Ditjenpas Jakarta",
    "Kanwil Ditjenpas D.I. Yogyakarta",
]


@transaction.atomic
def build(*, seed: int, scale: int, today: date) -> World:
    """Fill an empty portal. Needs the reference data of `load_offices`."""
    world = World(today=today, scale=scale, dice=random.Random(seed))
    regional = Office.objects.filter(name__in=REGIONS)
    offices = (
        Office.objects.active()
        .filter(region__in=regional)
        .select_related("regency")
        .order_by("pk")
    )
    headquarters = Office.objects.get(level=Office.Level.HEADQUARTERS)
    world.offices = {office.name: office for office in [headquarters, *offices]}
    world.users = people.make_logins(world.offices, today - timedelta(days=400))
    paperwork.draw(world)
    people.staff(world)
    partners.build(world)
    partners.found_groups(world)
    volunteers.build(world)
    agreements.build(world)
    activities.build(world)
    presence.build(world)
    cooperation.build(world)
    ambassadors.build(world)
    beginnings.build(world)
    series.build(world)
    programmes.build(world)
    attended.build(world)
    news.build(world)
    guidelines.build(world)
    targets.build(world)
    tasks.build(world)
    partners.propose_groups(world)
    Entry.objects.bulk_create(world.entries, batch_size=2000)
    _date_first_states()
    return world


def _date_first_states() -> None:
    """Let the history say that a row came when it says so itself, not just now."""
    for model in apps.get_models():
        names = {field.name for field in model._meta.fields}
        if issubclass(model, Event) and "created_at" in names:
            with pgtrigger.ignore(f"{model._meta.label}:append_only"):
                first = model.objects.filter(pgh_label="insert")
                first.update(pgh_created_at=F("created_at"))
