"""A rule that holds from a day on at an office and below it, or everywhere."""

from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.offices.models import Office
from pokmas.records.guarded import Record
from pokmas.records.lines import LineField


class OfficeRuleQuerySet(models.QuerySet):
    def at(self, office: Office, day: date, closer: Callable = lambda rule: 0):
        """The one that counts there on that day: of the nearest office, then by
        `closer`, then the newest; None if there is none."""
        near = [pk for pk in (office.pk, office.parent_id, office.region_id) if pk]
        fitting = self.filter(Q(office=None) | Q(office__in=near), valid_from__lte=day)
        return max(
            fitting,
            key=lambda rule: (
                -near.index(rule.office_id) if rule.office_id else -len(near),
                closer(rule),
                rule.valid_from,
            ),
            default=None,
        )


class OfficeRule(Record):
    """To be said in words of its own by a model that adds what the rule is."""

    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kantor"),
    )
    valid_from = models.DateField(_("berlaku sejak"))
    source = LineField(_("dasar"), max_length=200)

    objects = OfficeRuleQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-valid_from", "-pk"]

    def __str__(self):
        return f"{self._meta.verbose_name} · {self.office or _('Semua kantor')}"

    def clean(self):
        """What runs already goes on by the rule with which it began."""
        is_past = self.valid_from and self.valid_from <= timezone.localdate()
        if self._state.adding and is_past:
            raise ValidationError(
                {"valid_from": _("Ketentuan ini berlaku paling cepat besok.")}
            )
