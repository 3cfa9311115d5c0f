"""One number of a Kanwil becomes a target of each of its units."""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pokmas.offices.models import Office
from pokmas.words.naming import first_of
from reports.figures.periods import Period
from reports.indicators.models import Indicator
from reports.targets.models import Target
from reports.targets.reading import Reading, year_before

CENT = Decimal("0.01")
NAMED = 5


class Way(models.TextChoices):
    COPY = "copy", gettext_lazy("Angka yang sama untuk tiap unit")
    SHARE = "share", gettext_lazy("Dibagi rata")
    LAST_YEAR = "last_year", gettext_lazy("Dibagi menurut realisasi tahun lalu")


@dataclass(frozen=True)
class Proposed:
    """What one unit would get, beside what it has and reached a year before."""

    office: Office
    value: Decimal
    before: Decimal | None
    last_year: Decimal | None


@dataclass(frozen=True)
class Spread:
    indicator: Indicator
    rows: list[Proposed]
    # What was left over when it was divided, and who got it.
    remainder: str = ""

    @property
    def total(self) -> Decimal | None:
        """None of what is not summed."""
        if self.indicator.over_offices != Indicator.Rule.SUM:
            return None
        return sum((row.value for row in self.rows), Decimal())

    @property
    def mark(self) -> str:
        """Tells what was seen from what would be kept now."""
        said = [f"{row.office.pk}:{row.value}:{row.before}" for row in self.rows]
        return "|".join(said)


def spread(
    indicator: Indicator, office: Office, period: Period, way: str, amount: Decimal
) -> Spread:
    """What each of those directly below would get; nothing is kept yet."""
    if way != Way.COPY and indicator.over_offices != Indicator.Rule.SUM:
        raise ValidationError(
            {"way": _("Indikator ini tidak dijumlahkan; beri tiap unit angka sama.")}
        )
    indicator.check_target(amount, "amount")
    now, before = Reading(office, period), Reading(office, year_before(period))
    offices = [each for each in now.concerned(indicator) if each.is_active]
    if not offices:
        raise ValidationError(_("Belum ada unit di bawah kantor ini."))
    reached = _reached(before, indicator)
    values, remainder = _divided(offices, reached, way, amount)
    rows = [
        Proposed(each, value, _set(now.targets, indicator, each), reached.get(each.pk))
        for each, value in zip(offices, values, strict=True)
    ]
    return Spread(indicator, rows, remainder)


def _set(targets: dict[tuple, Target], indicator, office) -> Decimal | None:
    row = targets.get((indicator.code, office.pk))
    return row and row.value


def _reached(reading: Reading, indicator: Indicator) -> dict[int, Decimal]:
    """By each a year before, as the indicator was then."""
    then = {each.code: each for each in reading.indicators}.get(indicator.code)
    if then is None:
        return {}
    cells = [reading.cell(then, each) for each in reading.concerned(then)]
    return {
        cell.office.pk: cell.value.quantize(CENT)
        for cell in cells
        if cell.value is not None
    }


def _divided(offices, reached, way, amount) -> tuple[list[Decimal], str]:
    if way == Way.COPY:
        return [amount] * len(offices), ""
    weights = [Decimal(1)] * len(offices)
    if way == Way.LAST_YEAR:
        weights = [reached.get(each.pk, Decimal()) for each in offices]
        if not sum(weights):
            raise ValidationError(
                {"way": _("Tahun lalu tidak ada realisasi. Pilih cara lain.")}
            )
    step = Decimal(1) if amount == amount.to_integral() else CENT
    exact = [amount * weight / sum(weights) for weight in weights]
    values = [each.quantize(step, ROUND_FLOOR) for each in exact]
    left = int((amount - sum(values)) / step)
    if not left:
        return values, ""
    # Whoever lost most when it was rounded down; then by name.
    lost = sorted(range(len(values)), key=lambda at: (values[at] - exact[at], at))
    for at in lost[:left]:
        values[at] += step
    names = first_of([offices[at].name for at in sorted(lost[:left])], NAMED)
    words = _("Sisa pembagian %(left)s ditambahkan pada: %(names)s.")
    return values, words % {"left": left * step, "names": names}
