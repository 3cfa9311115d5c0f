"""What the head of a region is told of its agreements, as they stand today."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.db.models.functions import Lower
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from pokmas.offices.models import Office


@dataclass(frozen=True)
class Section:
    name: str
    label: str | Promise
    nothing: str | Promise
    # The address of the list that shows a unit's part of it, if there is one.
    query: str
    rows: QuerySet

    @cached_property
    def counts(self) -> dict[int, int]:
        """How many there are at each office; the rows themselves are not read."""
        return dict(self.rows.order_by().values_list("office").annotate(Count("pk")))

    @cached_property
    def found(self) -> list[Agreement]:
        named = self.rows.select_related("office", "partner")
        return list(named.order_by(Lower("office__name"), "ends_on", "pk"))


def sections(region: Office) -> list[Section]:
    rows = Agreement.objects.under(region)
    return [
        Section(
            "ending",
            _("Berakhir dalam 90 hari"),
            _("Tidak ada yang berakhir dalam 90 hari."),
            "validity=expiring",
            rows.expiring(),
        ),
        Section(
            "ended",
            _("Baru berakhir, tanpa kelanjutan"),
            _("Tidak ada yang berakhir tanpa kelanjutan."),
            "attention=lost",
            rows.lost(),
        ),
        Section(
            "silent",
            _("Tanpa kegiatan 90 hari"),
            _("Semua yang berlaku mempunyai kegiatan terverifikasi."),
            "attention=silent",
            rows.silent(),
        ),
        Section(
            "suspended",
            _("Ditangguhkan"),
            _("Tidak ada yang ditangguhkan."),
            "status=suspended",
            rows.filter(status=Agreement.Status.SUSPENDED),
        ),
    ]


def numbers(region: Office) -> dict[str, int]:
    return {each.name: each.rows.count() for each in sections(region)}


def per_unit(found: list[Section]) -> list[tuple[Office, list[tuple[Section, int]]]]:
    """The units that any section names, by name, with how many of each are theirs."""
    units = Office.objects.in_bulk({pk for each in found for pk in each.counts})
    return [
        (unit, [(each, each.counts.get(unit.pk, 0)) for each in found])
        for unit in sorted(units.values(), key=lambda unit: unit.name.casefold())
    ]
