"""Targets are set from above, values said by units; what a report accepted stays."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.notices.telling import next_in_turn, own_people, tell
from pokmas.offices.models import Office
from reports.figures.periods import Period
from reports.indicators.models import Indicator
from reports.targets import spreading
from reports.targets.models import (
    AcceptedValue,
    EnteredValue,
    Target,
    refuse_accepted,
)
from reports.targets.reading import Reading

SET = "reports.set_target"
NOT_BELOW = _(
    "Target ditetapkan kantor di atasnya: Kanwil untuk unit, Pusat untuk Kanwil."
)
CHANGED = _(
    "Target unit berubah sejak pratinjau. Periksa lagi angkanya, lalu tetapkan."
)
Status = EnteredValue.Status


# Targets


def may_set(user: User, office: Office) -> bool:
    """Whether it stands directly below the office for which he acts."""
    own = user.acting and user.acting.office
    if not own or not user.has_perm(SET):
        return False
    if own.is_top:
        return office.level == Office.Level.REGIONAL
    return office.level == Office.Level.UNIT and office.region_id == own.pk


@transaction.atomic
def set_target(target: Target, *, by: User, revision: int, fields: list[str]) -> Target:
    """Set it, or set it anew."""
    if not may_set(by, target.office):
        raise ValidationError(NOT_BELOW)
    refuse_accepted(target.office, target.period)
    target.set_by = by.acting.office
    for each in Indicator.objects.holding(target.office.today):
        if each.code == target.code and target.value is not None:
            each.check_target(target.value, "value")
    target.full_clean(exclude=["submission_key"])
    if not target._state.adding:
        target.save_edit(revision, [*fields, "set_by"])
    elif target.save_new(by) is not target:
        return target
    Entry.record(by, "target.set", target, value=str(target.value))
    return target


@transaction.atomic
def keep_spread(
    indicator: Indicator,
    office: Office,
    period: Period,
    *,
    way: str,
    amount: Decimal,
    with_baseline: bool,
    decree_number: str,
    decree_on: date | None,
    seen: str,
    by: User,
) -> int:
    """Keep what the preview showed; refused if it would be something else by now."""
    Office.objects.select_for_update().get(pk=office.pk)
    found = spreading.spread(indicator, office, period, way, amount)
    if found.mark != seen:
        raise ValidationError(CHANGED)
    known = {
        row.office_id: row
        for row in Target.objects.under(office)
        .of_period(period)
        .filter(code=indicator.code)
    }
    for each in found.rows:
        target = known.get(each.office.pk) or Target(
            code=indicator.code, period=period, office=each.office, created_by=by
        )
        target.value, target.set_by = each.value, office
        target.decree_number, target.decree_on = decree_number, decree_on
        if with_baseline:
            target.baseline = each.last_year
        if not may_set(by, each.office):
            raise ValidationError(NOT_BELOW)
        refuse_accepted(each.office, period)
        target.full_clean(exclude=["submission_key"])
        target.revision += 0 if target._state.adding else 1
        target.save()
        Entry.record(by, "target.set", target, value=str(target.value))
    return len(found.rows)


# Values that units say


@transaction.atomic
def enter(value: EnteredValue, *, evidence: Document, by: User) -> EnteredValue:
    """Say a number of one's own unit, with what shows it."""
    _check(value, by)
    value.evidence, value.entered_by = evidence, by
    value.full_clean(exclude=["submission_key"])
    kept = value.save_new(by)
    if kept is not value:
        return kept
    documents.attach(evidence, value, by=by)
    Entry.record(by, "enteredvalue.entered", value)
    _tell_head(value)
    return kept


@transaction.atomic
def change(
    value: EnteredValue,
    *,
    evidence: Document | None,
    revision: int,
    fields: list[str],
    by: User,
) -> None:
    """Say it anew; what was confirmed waits for the head again."""
    EnteredValue.objects.get(pk=value.pk).begin("change", by=by)
    _check(value, by)
    if evidence is not None:
        value.evidence = evidence
        fields = [*fields, "evidence"]
        documents.attach(evidence, value, by=by)
    value.entered_by = by
    value.validate_constraints()
    value.save_edit(revision, [*fields, "entered_by"])
    Entry.record(by, "enteredvalue.changed", value)
    value.lock()
    if value.status != Status.ENTERED:
        value.move_to(Status.ENTERED, by=by, confirmed_by=None)
        _tell_head(value)


@transaction.atomic
def judge(value: EnteredValue, *, by: User, verdict: str, reason: str) -> str:
    """The head confirms what the unit says, or sends it back with a reason."""
    value.begin("confirm", by=by)
    if verdict == Status.CONFIRMED:
        refuse_accepted(value.office, value.period)
        value.move_to(Status.CONFIRMED, by=by, confirmed_by=by)
        return str(_("Nilai indikator disahkan."))
    if not reason.strip():
        raise ValidationError({"reason": _("Alasan wajib diisi.")})
    value.move_to(Status.RETURNED, by=by, reason=reason)
    tell(
        value,
        "returned",
        own_people(value),
        _("Nilai indikator perlu perbaikan: %(name)s"),
        "%(reason)s",
    )
    return str(_("Nilai indikator dikembalikan."))


def _tell_head(value: EnteredValue) -> None:
    tell(
        value,
        "entered",
        next_in_turn(value),
        _("Nilai indikator menunggu pengesahan: %(name)s"),
        "",
    )


def asked(office: Office, code: str, period: Period) -> Indicator | None:
    """The version of an indicator that this unit says for such a period."""
    day = min(period.last, office.today)
    for each in Indicator.objects.holding(day):
        is_asked = each.is_entered and each.rhythm == period.kind
        if each.code == code and is_asked and each.concerns(office):
            return each
    return None


def _check(value: EnteredValue, by: User) -> None:
    office, period = value.office, value.period
    if by.acting.office.unit != office:
        raise ValidationError(_("Nilai ini diisi oleh unitnya sendiri."))
    if period.first > office.today:
        raise ValidationError(_("Masa ini belum dimulai."))
    refuse_accepted(office, period)
    indicator = asked(office, value.code, period)
    if indicator is None:
        raise ValidationError(_("Indikator ini tidak diisi unit untuk masa itu."))
    needs_above = indicator.source == Indicator.Source.ENTERED
    needs_below = bool(indicator.denominator)
    errors = {}
    if needs_above and value.numerator is None:
        errors["numerator"] = _("Isi angkanya.")
    if needs_below and value.denominator is None:
        errors["denominator"] = _("Isi penyebutnya.")
    if needs_below and value.denominator == 0 and value.numerator:
        errors["denominator"] = _("Penyebut 0 tidak dapat membagi; periksa lagi.")
    if errors:
        raise ValidationError(errors)


# What a report accepts


@transaction.atomic
def keep_accepted(office: Office, period: Period) -> None:
    """Remember with which numbers the report of a period was accepted."""
    reading = Reading(office, period)
    cells = [reading.cell(each, office) for each in reading.indicators]
    AcceptedValue.objects.bulk_create(
        [
            AcceptedValue(
                code=cell.indicator.code,
                period=period,
                office=office,
                indicator=cell.indicator,
                numerator=_rounded(cell.share.numerator),
                denominator=_rounded(cell.share.denominator),
                target=cell.target,
                baseline=cell.baseline,
            )
            for cell in cells
        ],
        ignore_conflicts=True,
    )


def _rounded(number: Decimal | None) -> Decimal | None:
    return None if number is None else round(Decimal(number), 2)
