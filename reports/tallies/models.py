"""Sums by month and office, kept by triggers of the rows that they sum up.

Whatever changes an activity or its counts appends rows that say by how much, so that
nobody waits for anybody; a worker folds those of a kind into one (`services`). A sum
over the rows is exact at every moment. What is counted is said by the figures; the
triggers stand in the migration, and a nightly recount compares the two.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outreach.models import ActivityType, BeneficiaryCount
from pokmas.offices.models import Office, OfficeScopedQuerySet

PLACE = ("office", "region", "month")


def by_place(name: str, include: tuple[str, ...] = ()) -> list[models.Index]:
    """A month of an office, of a region, of the nation; and what is not folded yet."""
    places = {"office": ["office", "month"], "region": ["region", "month"]}
    indexes = [
        models.Index(fields=fields, include=include, name=f"{name}_of_{place}")
        for place, fields in (places | {"nation": ["month"]}).items()
    ]
    new = models.Index(fields=["id"], condition=Q(is_new=True), name=f"{name}_new")
    return [*indexes, new]


class Tally(models.Model):
    """By how much the sums of one month of an office changed; once folded, the sums."""

    # What the sums are of, and the sums.
    BY: tuple[str, ...] = ()
    SUMS: tuple[str, ...] = ()

    office = models.ForeignKey(
        Office, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    # That of the activities, which follow an office that moves.
    region = models.ForeignKey(
        Office,
        models.PROTECT,
        related_name="+",
        null=True,
        db_constraint=False,
        db_index=False,
    )
    month = models.DateField(_("bulan"))
    is_new = models.BooleanField(default=True)

    objects = OfficeScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.month:%Y-%m} {self.office}"


class ActivityTally(Tally):
    """How many activities stand where, and how many persons those counted served."""

    class Stand(models.TextChoices):
        COUNTED = "counted", _("Sudah diverifikasi")
        WAITING = "waiting", _("Belum diverifikasi")
        PLANNED = "planned", _("Rencana")

    BY = ("stand",)
    SUMS = ("activities", "served")

    stand = models.CharField(max_length=7, choices=Stand)
    activities = models.IntegerField(_("kegiatan"))
    served = models.BigIntegerField(_("penerima manfaat"))

    class Meta:
        verbose_name = _("jumlah kegiatan")
        indexes = by_place("activities", ("stand", "activities", "served"))


class TypeTally(Tally):
    """How many counted activities of a type there were, and whom they served."""

    BY = ("type",)
    SUMS = ("activities", "served")

    type = models.ForeignKey(
        ActivityType,
        models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    activities = models.IntegerField(_("kegiatan"))
    served = models.BigIntegerField(_("penerima manfaat"))

    class Meta:
        verbose_name = _("jumlah kegiatan menurut jenis")
        indexes = by_place("types", ("type", "activities", "served"))


class ServedTally(Tally):
    """Whom the counted activities served, by category and sex."""

    BY = ("category", "sex")
    SUMS = ("number",)

    category = models.CharField(max_length=12, choices=BeneficiaryCount.Category)
    sex = models.CharField(max_length=6, choices=BeneficiaryCount.Sex)
    number = models.BigIntegerField(_("jumlah"))

    class Meta:
        verbose_name = _("jumlah penerima manfaat")
        indexes = by_place("served", ("category", "sex", "number"))


TALLIES = (ActivityTally, TypeTally, ServedTally)
