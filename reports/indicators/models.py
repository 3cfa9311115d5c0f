"""What the service is measured by: the catalogue, with what holds from which day on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pokmas.offices.models import Office
from pokmas.records.guarded import Record
from pokmas.records.lines import LineField
from pokmas.words import dates
from pokmas.words.language import in_readers_words
from reports.figures.periods import Kind, Period
from reports.indicators.counted import MEASURES, Breakdown

PERCENT = "%"
# Beyond it somebody looks again: at the target, or at what was entered.
HIGHEST = 200
WHOLE = 100
OVER_WHOLE = _("Indikator ini bagian dari keseluruhan: isi paling banyak 100.")


@dataclass(frozen=True)
class Share:
    """What an indicator is made of at one place: a number, or one of another."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None


class IndicatorQuerySet(models.QuerySet):
    def holding(self, day: date) -> list["Indicator"]:
        """The version of each that holds on `day`, without those that are over."""
        return newest(self.filter(valid_from__lte=day), day)


def newest(versions: Iterable["Indicator"], day: date) -> list["Indicator"]:
    """Of all versions at hand the one of each indicator that holds on `day`."""
    found = {}
    for each in sorted(versions, key=lambda version: version.valid_from):
        if each.valid_from <= day:
            found[each.code] = each
    return [found[code] for code in sorted(found) if found[code].is_used]


@pghistory.track()
class Indicator(Record):
    """One version of an indicator; another begins on a day and leaves it as it was."""

    class Direction(models.TextChoices):
        UP = "up", _("Naik lebih baik")
        DOWN = "down", _("Turun lebih baik")

    class Source(models.TextChoices):
        COUNTED = "counted", _("Dihitung portal")
        ENTERED = "entered", _("Diisi unit")
        MIXED = "mixed", _("Pembilang dihitung portal, penyebut diisi unit")

    class Rule(models.TextChoices):
        SUM = "sum", pgettext_lazy("of several", "Jumlah")
        MEAN = "mean", _("Rata-rata")
        MAX = "max", _("Yang tertinggi")
        LATEST = "latest", _("Yang terakhir")
        RATIO = "ratio", _("Jumlah pembilang dibagi jumlah penyebut")

    # What may be said of several offices, of which none is the last.
    OF_OFFICES = [*Rule.choices[:3], Rule.choices[-1]]

    code = LineField(
        _("kode"),
        max_length=10,
        validators=[
            RegexValidator(
                r"^[A-Z]{2,6}-\d{2,3}$", _("Tulis seperti KPI-01: huruf besar, angka.")
            )
        ],
    )
    valid_from = models.DateField(_("berlaku sejak"))
    name = LineField(_("indikator"), max_length=120)
    numerator = LineField(_("yang dihitung (pembilang)"), max_length=250)
    denominator = LineField(_("dibagi dengan (penyebut)"), max_length=250, blank=True)
    unit = LineField(_("satuan"), max_length=30)
    direction = models.CharField(
        _("arah"), max_length=4, choices=Direction, default=Direction.UP
    )
    source = models.CharField(_("sumber"), max_length=7, choices=Source)
    # For which period units enter it.
    rhythm = models.CharField(
        _("diisi untuk tiap"), max_length=9, choices=Kind, blank=True
    )
    over_offices = models.CharField(
        _("gabungan beberapa unit"), max_length=6, choices=OF_OFFICES
    )
    over_time = models.CharField(
        _("gabungan beberapa bulan"), max_length=6, choices=Rule
    )
    breakdowns = ArrayField(
        models.CharField(max_length=8, choices=Breakdown),
        verbose_name=_("rincian"),
        default=list,
        blank=True,
    )
    of_bapas = models.BooleanField(_("hanya untuk Bapas"), default=False)
    legal_note = LineField(_("dasar"), max_length=250)
    goal = LineField(_("sasaran kegiatan"), max_length=200, blank=True)
    is_used = models.BooleanField(
        _("diukur"),
        default=True,
        help_text=_("Tanpa tanda: indikator ini tidak diukur lagi sejak tanggal itu."),
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-valid_from"]
        verbose_name = _("indikator")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="indicator_changes_once_a_day",
                violation_error_message=_(
                    "Indikator ini sudah punya versi yang berlaku sejak tanggal itu."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(source="mixed") | ~Q(denominator=""),
                name="mixed_indicator_has_denominator",
                violation_error_message=_("Isi penyebutnya."),
            ),
            models.CheckConstraint(
                condition=~Q(over_offices="ratio", denominator="")
                & ~Q(over_time="ratio", denominator=""),
                name="ratio_has_denominator",
                violation_error_message=_(
                    "Gabungan pembilang dan penyebut butuh penyebut."
                ),
            ),
            models.CheckConstraint(
                condition=Q(source="counted") ^ ~Q(rhythm=""),
                name="entered_indicator_has_rhythm",
                violation_error_message=_(
                    "Pilih masa pengisian bagi yang diisi unit; yang dihitung portal "
                    "tanpa masa."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.code} {in_readers_words(self.name)}"

    def clean(self):
        """What was reported of past days stays as it was."""
        errors = {}
        is_past = self.valid_from and self.valid_from <= timezone.localdate()
        if self._state.adding and is_past:
            errors["valid_from"] = _("Ketentuan ini berlaku paling cepat besok.")
        measure = MEASURES.get(self.code)
        if self.is_counted and measure is None:
            errors["source"] = _(
                "Portal belum dapat menghitung ini. Pilih “Diisi unit”."
            )
        known = set(measure.breakdowns) if measure and self.is_counted else set()
        if set(self.breakdowns or ()) - known:
            errors["breakdowns"] = _("Catatan portal tidak dapat merinci ini begitu.")
        if errors:
            raise ValidationError(errors)

    @property
    def is_counted(self) -> bool:
        """Whether records say it, or at least what is divided."""
        return self.source in (self.Source.COUNTED, self.Source.MIXED)

    @property
    def is_entered(self) -> bool:
        """Whether a unit says it, or at least what it is divided by."""
        return self.source in (self.Source.ENTERED, self.Source.MIXED)

    @property
    def measure(self):
        return MEASURES[self.code]

    @property
    def formula(self) -> str:
        """In words."""
        above = in_readers_words(self.numerator)
        if not self.denominator:
            return above
        below = in_readers_words(self.denominator)
        times = " × 100%" if self.unit == PERCENT else ""
        return f"{above} ÷ {below}{times}"

    @property
    def asks_better_less(self) -> bool:
        return self.direction == self.Direction.DOWN

    @property
    def is_part(self) -> bool:
        """Whether it is some of a whole: what units say below the line, while records
        count above it, may be less."""
        return self.unit == PERCENT and self.source != self.Source.MIXED

    def check_target(self, value: Decimal, field: str) -> None:
        if self.is_part and value > WHOLE:
            raise ValidationError({field: OVER_WHOLE})

    def concerns(self, office: Office) -> bool:
        """Whether it is asked of a unit there; of offices above it always may be."""
        return office.is_wide or office.is_bapas or not self.of_bapas

    def fits(self, period: Period) -> bool:
        """Whether there is something to say of so short a time."""
        return not self.rhythm or Kind(self.rhythm).length <= period.kind.length

    def value(self, share: Share | None) -> Decimal | None:
        """None where nothing is known, or would be divided by nothing."""
        if share is None or share.numerator is None:
            return None
        if not self.denominator:
            return share.numerator
        if not share.denominator:
            return None
        times = 100 if self.unit == PERCENT else 1
        return share.numerator * times / share.denominator

    def rolled(self, shares: Iterable[Share], rule: str) -> Share:
        """What several offices or months come to; the last of them comes last."""
        known = [each for each in shares if each.numerator is not None]
        if not known:
            return Share()
        if len(known) == 1 or rule == self.Rule.LATEST:
            return known[-1]
        if rule in (self.Rule.SUM, self.Rule.RATIO) and self.denominator:
            # Who said nothing of one half is left out of the other.
            whole = [each for each in known if each.denominator is not None]
            below = [each.denominator for each in whole]
            return Share(_sum(whole), sum(below)) if whole else Share(_sum(known))
        if rule == self.Rule.SUM:
            return Share(_sum(known))
        values = [each for each in map(self.value, known) if each is not None]
        if not values:
            return Share(_sum(known), Decimal()) if self.denominator else Share()
        found = max(values) if rule == self.Rule.MAX else sum(values) / len(values)
        times = 100 if self.unit == PERCENT else 1
        return Share(found, Decimal(times)) if self.denominator else Share(found)

    def achieved(self, value, target) -> Decimal | None:
        """In percent, not cut at a hundred; None where the target is 0 or unknown."""
        if value is None or not target:
            return None
        if self.asks_better_less:
            return (2 * target - value) * 100 / target
        return value * 100 / target

    def said(self, value) -> str:
        """A value of it with at most two decimals; percent with its sign."""
        if value is None:
            return "–"
        text = dates.number(round(value, 2).normalize() + 0)
        return f"{text}%" if self.unit == PERCENT else text


def _sum(shares: list[Share]) -> Decimal:
    return sum((each.numerator for each in shares), Decimal())
