"""Series of activities: planned in one form, changed and called off together."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, PlanItem
from outreach.activities.models import Activity
from outreach.closing.models import ClosedMonth, is_over
from outreach.planned.models import PlannedActivity
from outreach.planned.services import check_item
from outreach.plans import services as plans
from outreach.series.models import Series, Session
from outreach.told import people
from partners.models import Partner
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.notices.services import notify
from pokmas.offices.models import Office
from pokmas.records.guarded import StaleRecord
from pokmas.words import dates
from pokmas.words.naming import first_of

Status = Activity.Status
NAMED = 5


class Reach(models.TextChoices):
    """How far a change goes."""

    THIS = "this", _("Hanya sesi ini")
    FOLLOWING = "following", _("Sesi ini dan seterusnya")
    ALL = "all", _("Semua yang belum dilaksanakan")


class Outside(models.TextChoices):
    """What becomes of the sessions on whose day the agreement is not in force."""

    WITHOUT = "without", _("Tetap direncanakan, tanpa kerja sama")
    LEFT = "left", _("Tidak dibuat")


TIMES = {"starts_at", "ends_at"}
# What a change takes over for other sessions; the day is moved by as many days.
OWN = {*TIMES, "held_on", "status_since", "correction"}
SHARED = [name for name in plans.FIELDS if name not in OWN]
SAVED = [*SHARED, *sorted(TIMES), "held_on", "status_since", "revision"]
STALE = _(
    "Rangkaian ini sudah diubah orang lain sejak Anda membukanya. Periksa "
    "sesi-sesinya, lalu simpan lagi; isian Anda masih ada di bawah."
)


@transaction.atomic
def plan(
    activity: Activity,
    *,
    rhythm: str,
    days: Iterable[date],
    partners: Iterable[Partner],
    by: User,
    outside: str = "",
    item: PlanItem | None = None,
) -> Series:
    """Plan such an activity on each of `days`; its submission key is the series'."""
    partners = list(partners)
    rows = [on_day(activity, day) for day in sorted(set(days))]
    rows = _settle_agreements(rows, outside)
    if len(rows) < 2:
        raise ValidationError(
            _("Pilih sedikitnya dua tanggal; satu kegiatan dicatat dengan “Simpan”.")
        )
    _check_months(rows)
    # What is wrong with one is wrong with all, but for their days.
    plans.check_plan(
        next((row for row in rows[::-1] if row.agreement_id), rows[-1]),
        partners,
        by,
        "",
    )
    check_item(activity, item)
    series = Series(
        office=activity.office,
        title=activity.title,
        rhythm=rhythm,
        submission_key=activity.submission_key,
    )
    if (made := series.save_new(by)) is not series:
        return made
    write(series, rows, partners, item, by)
    Entry.record(
        by,
        "series.planned",
        series,
        sessions=len(rows),
        partners=list(map(str, partners)),
    )
    Entry.record_all(by, "activity.planned", [(row, {}) for row in rows])
    ahead = [row for row in rows if not row.has_begun]
    if ahead:
        title = _("Rangkaian kegiatan direncanakan: %(name)s")
        body = _("%(count)s sesi mulai %(day)s di %(place)s.")
        _tell(series, "planned", ahead, partners, title, body, by=by)
    return series


def on_day(activity: Activity, day: date) -> Activity:
    """The same plan on another day, at the same hours of its unit."""
    row = Activity(
        office=activity.office, **{name: getattr(activity, name) for name in SHARED}
    )
    was = timezone.localdate(activity.starts_at, activity.zone)
    for name in TIMES:
        setattr(row, name, _shifted(getattr(activity, name), day - was, row.zone))
    row.held_on = day
    plans.await_its_end(row)
    plans.remember_plan(row)
    return row


def _shifted(moment: datetime, span: timedelta, zone, clock=None) -> datetime:
    """So many days later by the calendar, at the same hour or at that of `clock`."""
    local = timezone.localtime(moment, zone)
    hour = timezone.localtime(clock, zone) if clock else local
    return timezone.make_aware(datetime.combine(local.date() + span, hour.time()), zone)


def write(series, rows, partners, item, by):
    for row in rows:
        row.created_by = by
    Activity.objects.bulk_create(rows)
    _bring_partners(rows, partners)
    Session.objects.bulk_create(
        Session(
            series=series,
            activity=row,
            number=number,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
        )
        for number, row in enumerate(rows, 1)
    )
    _link(rows, item)


def _bring_partners(rows, partners):
    through = Activity.partners.through
    through.objects.bulk_create(
        through(activity=row, partner=partner) for row in rows for partner in partners
    )


def _link(rows, item):
    """Those under the agreement of the item carry it out."""
    if item is not None:
        PlannedActivity.objects.bulk_create(
            PlannedActivity(activity=row, item=item)
            for row in rows
            if row.agreement_id == item.agreement_id
        )


# What may be on which day


def days_in_force(agreement: int, days: Iterable[date]) -> set[date]:
    """On which of these days the agreement is in force, by what is signed today."""
    found = Agreement.objects.filter(pk=agreement, amends=None)
    for first, last, signed in found.values_list("starts_on", "ends_on", "signed_days"):
        return {
            day
            for day in days
            if first <= day <= last and any(day in span for span in signed or ())
        }
    return set()


def closed_days(office: Office, days: Iterable[date]) -> set[date]:
    """Those in a month whose report was accepted."""
    months = {day.replace(day=1) for day in days if is_over(day)}
    if not months:
        return set()
    closed = ClosedMonth.objects.filter(office=office, month__in=months)
    closed = set(closed.values_list("month", flat=True))
    return {day for day in days if day.replace(day=1) in closed}


def _without_agreement(rows) -> list[Activity]:
    """Those on whose day their agreement is not in force."""
    by_agreement = {}
    for row in rows:
        by_agreement.setdefault(row.agreement_id, set()).add(row.held_on)
    by_agreement.pop(None, None)
    good = {key: days_in_force(key, days) for key, days in by_agreement.items()}
    return [
        row
        for row in rows
        if row.agreement_id and row.held_on not in good[row.agreement_id]
    ]


def _settle_agreements(rows, outside):
    """Ask what becomes of those on whose day their agreement is not in force."""
    lacking = _without_agreement(rows)
    if not lacking:
        return rows
    if len(lacking) == len(rows) and not outside:
        words = _("Kerja sama ini tidak berlaku pada satu pun tanggalnya.")
        raise ValidationError({"agreement": words})
    if outside not in Outside.values:
        words = _("Kerja sama tidak berlaku pada %(days)s. Pilih yang dilakukan.")
        raise ValidationError({"outside": words % {"days": _named(lacking)}})
    if outside == Outside.LEFT:
        return [row for row in rows if row not in lacking]
    for row in lacking:
        row.agreement = None
    return rows


def _check_months(rows):
    """No day in a closed month, and none that is a typing error."""
    closed = closed_days(rows[0].office, {row.held_on for row in rows})
    if closed:
        words = _(
            "Laporan bulannya sudah diterima: %(days)s. Catat kegiatan bulan itu satu "
            "per satu sebagai koreksi."
        )
        late = [row for row in rows if row.held_on in closed]
        raise ValidationError({"starts_at": words % {"days": _named(late)}})
    if any(row.starts_at > timezone.now() + plans.FARTHEST for row in rows):
        raise ValidationError(
            {"starts_at": _("Lebih dari dua tahun lagi; periksa lagi tahunnya.")}
        )


def _named(rows) -> str:
    """Their days; of many the first."""
    return first_of([dates.date_long(row.held_on) for row in rows], NAMED)


# Changing


def reached(activity: Activity, reach: str, by: User):
    """The other sessions that a change reaches: planned, and still to come."""
    others = Activity.objects.visible_to(by).filter(
        session__series=activity.session.series_id,
        status=Status.PLANNED,
        starts_at__gt=timezone.now(),
    )
    return _within(others, activity, reach)


def _within(others, activity, reach):
    others = others.exclude(pk=activity.pk).order_by("session__number")
    if reach == Reach.FOLLOWING:
        return others.filter(session__number__gt=activity.session.number)
    return others if reach == Reach.ALL else others.none()


@transaction.atomic
def change(
    activity: Activity,
    *,
    reach: str,
    changed: Iterable[str],
    revision: int,
    seen: int,
    by: User,
    partners: Iterable[Partner] | None = None,
    item: PlanItem | None = None,
    outside: str = "",
    with_moved: bool = False,
) -> int:
    """Save an edited session, and what was `changed` in it for those it reaches.

    `seen` is the revision of the series. A session that was moved by hand keeps its
    time unless `with_moved`. Returns how many were changed.
    """
    changed = set(changed)
    series = _locked(activity, None if reach == Reach.THIS else seen)
    before = Activity.objects.select_related("office").get(pk=activity.pk)
    plans.change(
        activity,
        revision=revision,
        by=by,
        partners=partners,
        item=item,
        tells=reach == Reach.THIS,
    )
    if reach == Reach.THIS:
        return 1
    others = _hold(reached(activity, reach, by))
    for row in others:
        for name in changed & set(SHARED):
            setattr(row, name, getattr(activity, name))
    if changed & TIMES:
        _move(before, activity, others, with_moved)
    if changed & {"agreement", *TIMES}:
        others = _settle_agreements(others, outside)
    if others and changed & TIMES:
        _check_months(others)
    new = None
    if partners is not None and "partners" in changed:
        new = list(partners)
    told = _partners_of([activity, *others])
    _check_company(others, told, new, changed)
    _save(others, new, item, changed)
    if changed & TIMES:
        Session.objects.filter(activity=activity).update(
            starts_at=activity.starts_at, ends_at=activity.ends_at
        )
    series.touch()
    Entry.record(by, "series.changed", series, sessions=len(others) + 1)
    company = {key for keys in told.values() for key in keys} | set(new or ())
    labels = _labels(changed)
    title = _("Rangkaian kegiatan diubah: %(name)s")
    body = _("%(count)s sesi mulai %(day)s. Yang berubah: %(said)s.")
    rows = sorted([activity, *others], key=lambda row: row.starts_at)
    _tell(series, "changed", rows, company, title, body, by=by, said=labels)
    return len(rows)


def _locked(activity, seen=None) -> Series:
    """The series, until the transaction ends; `seen` is the revision that was shown."""
    series = Series.objects.select_for_update(of=("self",)).select_related("office")
    series = series.get(sessions__activity=activity)
    if seen is not None and seen != series.revision:
        raise StaleRecord(STALE, code="stale")
    return series


def _hold(rows) -> list[Activity]:
    held = rows.order_by("pk").select_for_update(of=("self",))
    rows = list(held.select_related("session", "office", "type", "agreement", "group"))
    return sorted(rows, key=lambda row: row.session.number)


def _move(before, activity, others, with_moved):
    """As many days later as this one, to its hours; by hand moved ones if asked."""
    zone = activity.zone
    first = timezone.localdate(activity.starts_at, zone)
    span = first - timezone.localdate(before.starts_at, zone)
    length = timezone.localdate(activity.ends_at, zone) - first
    for row in others:
        session = row.session
        is_moved = any(getattr(row, name) != getattr(session, name) for name in TIMES)
        starts_at = session.starts_at
        session.starts_at = _shifted(starts_at, span, zone, activity.starts_at)
        session.ends_at = _shifted(starts_at, span + length, zone, activity.ends_at)
        if is_moved and not with_moved:
            continue
        row.starts_at, row.ends_at = session.starts_at, session.ends_at
        row.held_on = timezone.localdate(row.starts_at, zone)
        plans.await_its_end(row)


def _partners_of(rows) -> dict[int, set[Partner]]:
    through = Activity.partners.through.objects.filter(activity__in=rows)
    found = {row.pk: set() for row in rows}
    for link in through.select_related("partner"):
        found[link.activity_id].add(link.partner)
    return found


def _check_company(rows, known, partners, changed):
    """With whom each is held fits its type and its agreement."""
    if not changed & {"type", "partners", "group", "agreement"}:
        return
    alone, strange = [], []
    for row in rows:
        company = known[row.pk] if partners is None else set(partners)
        if not (company or row.group_id or row.type.is_internal):
            alone.append(row)
        agreement = row.agreement
        if agreement and not (
            agreement.partner_id in {partner.pk for partner in company}
            or (row.group_id and agreement.group_id == row.group_id)
        ):
            strange.append(row)
    errors = {}
    if alone:
        words = _("Tanpa mitra dan kelompok pada %(days)s.")
        errors["partners"] = words % {"days": _named(alone)}
    if strange:
        words = _("Bukan dengan mitra atau kelompok yang dipilih pada %(days)s.")
        errors["agreement"] = words % {"days": _named(strange)}
    if errors:
        raise ValidationError(errors)


def _save(rows, partners, item, changed):
    for row in rows:
        row.revision += 1
    Activity.objects.bulk_update(rows, SAVED)
    Session.objects.bulk_update([row.session for row in rows], sorted(TIMES))
    if partners is not None:
        through = Activity.partners.through.objects.filter(activity__in=rows)
        through.exclude(partner__in=partners).delete()
        there = set(through.values_list("activity", "partner"))
        Activity.partners.through.objects.bulk_create(
            Activity.partners.through(activity=row, partner=partner)
            for row in rows
            for partner in partners
            if (row.pk, partner.pk) not in there
        )
    if changed & {"agreement", "plan_item", *TIMES}:
        links = PlannedActivity.objects.filter(activity__in=rows)
        if "plan_item" in changed or "agreement" in changed:
            links.delete()
            _link(rows, item)
        else:
            links.exclude(item__agreement=F("activity__agreement")).delete()


def _labels(changed):
    """What was changed, as the reader calls it."""

    def words() -> str:
        names = [name for name in (*SHARED, "partners") if name in changed]
        said = [Activity._meta.get_field(name).verbose_name for name in names]
        said += [_("waktu")] if changed & TIMES else []
        said += [_("butir rencana kerja")] if "plan_item" in changed else []
        return ", ".join(map(str, said)) or "–"

    return words


@transaction.atomic
def cancel(activity: Activity, *, reason: str, reach: str, by: User) -> int:
    """Call off this session, and those it reaches, for one reason; each keeps it."""
    series = _locked(activity)
    if reach == Reach.THIS:
        plans.cancel(activity, reason=reason, by=by)
        return 1
    activity.begin("cancel", by=by, reason=reason)
    rows = [activity, *_hold(reached(activity, reach, by))]
    reason = reason.strip()
    was = {row.pk: row.status for row in rows}
    Activity.objects.filter(pk__in=was).update(
        status=Status.CANCELLED,
        status_since=timezone.now(),
        reason=reason,
        revision=F("revision") + 1,
    )
    series.touch()
    Entry.record_all(
        by,
        "activity.cancelled",
        [(row, {"was": was[row.pk], "reason": reason}) for row in rows],
    )
    partners = {partner for each in _partners_of(rows).values() for partner in each}
    rows.sort(key=lambda row: row.starts_at)
    title = _("Rangkaian kegiatan dibatalkan: %(name)s")
    body = _("%(count)s sesi mulai %(day)s. Alasan: %(said)s")
    _tell(series, "cancelled", rows, partners, title, body, by=by, said=reason)
    return len(rows)


def called_off_with(activity: Activity, reach: str, by: User):
    """The other sessions that were called off together with this one, still to come."""
    others = Activity.objects.visible_to(by).filter(
        session__series=activity.session.series_id,
        status=Status.CANCELLED,
        status_since=activity.status_since,
        starts_at__gt=timezone.now(),
    )
    return _within(others, activity, reach)


@transaction.atomic
def bring_back(activity: Activity, *, reach: str, by: User) -> str:
    """Plan this session again, and those it reaches that were called off with it. One
    whose agreement is not in force on its day stays called off."""
    if reach == Reach.THIS:
        return plans.bring_back(activity, by=by)
    series = _locked(activity)
    activity.begin("bring_back", by=by)
    others = _hold(called_off_with(activity, reach, by))
    company = _partners_of([activity, *others])
    partners = {partner for each in company.values() for partner in each}
    plans.check_return(activity, list(partners), by)
    kept = _without_agreement(others)
    rows = [activity, *(row for row in others if row not in kept)]
    now = timezone.now()
    Activity.objects.filter(pk__in=[row.pk for row in rows]).update(
        status=Status.PLANNED,
        status_since=Greatest("ends_at", now),
        reason="",
        revision=F("revision") + 1,
    )
    series.touch()
    was = {"was": Status.CANCELLED, "reason": ""}
    Entry.record_all(by, "activity.brought_back", [(row, was) for row in rows])
    rows.sort(key=lambda row: row.starts_at)
    title = _("Rangkaian kegiatan kembali direncanakan: %(name)s")
    body = _("%(count)s sesi mulai %(day)s di %(place)s.")
    _tell(series, "brought_back", rows, partners, title, body, by=by)
    said = _("%(count)s sesi kembali direncanakan.") % {"count": len(rows)}
    if kept:
        left = _("Kerja sama tidak berlaku pada %(days)s: sesinya tetap dibatalkan.")
        said = f"{said} {left % {'days': _named(kept)}}"
    return str(said)


def _tell(series, what, rows, partners, title, body, *, by, **words):
    """Each person once, however many sessions it is about."""
    first = rows[0]
    # Nobody is registered for what was planned just now.
    told = _told(rows[:1] if what == "planned" else rows, partners, series)
    told.pop(by, None)
    for place in set(told.values()):
        notify(
            [person for person, leads_to in told.items() if leads_to == place],
            kind=f"series.{what}",
            title=title,
            body=body,
            words={
                "name": first.title,
                "count": lambda: dates.number(len(rows)),
                "day": lambda: dates.date_full(first.held_on),
                "place": first.place,
                **words,
            },
            about=first,
            url=place,
            key=f"series.{what}:{series.pk}:{series.revision}",
        )


def _told(rows, partners, series) -> dict[User, str]:
    """Who takes part in any of them, and where he reads of it."""
    found = [each for each in people.of(rows[0]) if each.user]
    found += [
        each
        for row in rows[1:]
        for also in people.ALSO
        for each in also(row)
        if each.user
    ]
    told = {each.user: each.leads_to for each in found}
    acting = User.objects.filter(
        representations__partner__in=partners, representations__ended_on=None
    )
    told |= {user: "" for user in acting.distinct() if user not in told}
    if series.created_by:
        told.setdefault(series.created_by, "")
    return told
