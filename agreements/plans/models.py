"""The work plan of an agreement: what is done when, for how many people, by whom."""

from datetime import date

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from pokmas.audit.history import looked_up_by
from pokmas.records.lines import LineField
from pokmas.words import dates
from pokmas.words.language import in_readers_words

MOST_TIMES = 99
MOST_PEOPLE = 100_000


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    meta=looked_up_by("agreement"),
)
class PlanItem(models.Model):
    """Activities of one type in some months of an agreement."""

    class Party(models.TextChoices):
        FIRST = "first", _("Pihak Kesatu")
        SECOND = "second", _("Pihak Kedua")
        BOTH = "both", _("Kedua pihak")

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="plan_items", editable=False
    )
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    # Of the list of types on the floor above, with the name it had there.
    type_code = LineField(_("jenis kegiatan"), max_length=40)
    type_name = LineField(_("jenis kegiatan"), max_length=80, editable=False)
    first_month = models.DateField(_("bulan mulai"))
    last_month = models.DateField(_("bulan selesai"))
    times = models.PositiveSmallIntegerField(_("banyaknya kegiatan"), default=1)
    target = models.PositiveIntegerField(_("sasaran penerima manfaat"))
    party = models.CharField(
        _("penanggung jawab"), max_length=6, choices=Party, default=Party.BOTH
    )
    note = LineField(_("uraian"), max_length=200, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("butir rencana kerja")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_month__gte=F("first_month")),
                name="plan_months_in_order",
                violation_error_message=_("Bulan selesai sebelum bulan mulai."),
            ),
            models.CheckConstraint(
                condition=Q(first_month__day=1, last_month__day=1),
                name="plan_months_are_first_days",
            ),
            models.CheckConstraint(
                condition=Q(times__range=(1, MOST_TIMES), target__lte=MOST_PEOPLE),
                name="plan_numbers_believable",
                violation_error_message=_("Angka rencana di luar batas wajar."),
            ),
        ]

    def __str__(self):
        return ": ".join(filter(None, [in_readers_words(self.type_name), self.note]))

    @property
    def months(self) -> str:
        first, last = map(dates.month_year, (self.first_month, self.last_month))
        return first if first == last else f"{first} – {last}"

    def clean(self):
        """Within the months of its agreement."""
        first, last = self.agreement.starts_on, self.agreement.ends_on
        for name in ("first_month", "last_month"):
            month: date | None = getattr(self, name)
            if month and not first.replace(day=1) <= month <= last.replace(day=1):
                words = _("Di luar jangka waktu kerja sama (%(range)s).")
                words = words % {"range": dates.date_range(first, last)}
                raise ValidationError({name: words})
