"""Reorganising the tree by date: rename, move, merge, split, close, reopen.

A change is decided with a decree and a date, and takes effect on that date where the
office stands: at once if the day has come, else by the clock, which takes every change
that is due and not yet applied, so that no missed day loses one.

Old papers keep the name and letterhead of their day, figures follow the new tree:
rows carry their office, and the database keeps the region on them. A merged office is
closed and hangs below its successor, so its finished rows stay where they were made
and are seen and counted in the successor's branch. What is unfinished (`unfinished()`
of each model) goes to the successor, with the posts, the working area and the people,
except heads, whose office is gone.
"""

import copy
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pghistory
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pokmas.accounts.models import Assignment, AssignmentRequest
from pokmas.accounts.roles import Role
from pokmas.audit.models import Entry
from pokmas.offices import living, services
from pokmas.offices.letters import renamed
from pokmas.offices.models import (
    Office,
    OfficeChange,
    Province,
    Regency,
    Zone,
)
from pokmas.offices.refusals import check
from pokmas.words import dates

logger = logging.getLogger(__name__)

Kind, Level = OfficeChange.Kind, Office.Level
# How many of what two offices both have are named.
NAMED = 5
HEADS = [Role.UNIT_HEAD, Role.REGIONAL_HEAD]


# Deciding


@transaction.atomic
def decide(change: OfficeChange, *, by) -> OfficeChange:
    """Record a change, and apply it if its day has come.

    A form that is sent twice decides once.
    """
    change.office = Office.objects.select_for_update().get(pk=change.office_id)
    made = OfficeChange.objects.filter(submission_key=change.submission_key).first()
    if made:
        return made
    check(change)
    change.save()
    if change.effective_on <= change.office.today:
        apply(change, by=by)
    else:
        Entry.record(by, "office.change_planned", change.office, **_told(change))
    return change


def rehearse(change: OfficeChange) -> list[str]:
    """What the change will do, found by doing it and taking it back."""
    trial = copy.copy(change)
    try:
        with transaction.atomic():
            trial.office = Office.objects.select_for_update().get(pk=trial.office_id)
            check(trial)
            _take_effect(trial)
            raise _TakenBack
    except _TakenBack:
        return trial.effects


class _TakenBack(Exception):
    """Rolls a rehearsal back."""


@transaction.atomic
def cancel(change: OfficeChange, *, by, reason: str) -> None:
    """Take back a change that has not taken effect; it stays in the history."""
    change = OfficeChange.objects.select_for_update().get(pk=change.pk)
    if change.applied_at:
        raise ValidationError(
            _("Perubahan ini sudah berlaku. Catat perubahan baru untuk membalikkannya.")
        )
    if change.cancelled_at:
        raise ValidationError(_("Perubahan ini sudah dibatalkan."))
    change.cancelled_at = timezone.now()
    change.save(update_fields=["cancelled_at"])
    Entry.record(
        by, "office.change_cancelled", change.office, reason=reason, **_told(change)
    )


# Applying


def apply_due(now: datetime | None = None) -> int:
    """Apply every planned change whose day has come; returns how many were.

    One that is refused is held with the reason, and so is what follows it at the same
    office; the others go on. It is tried again each time.
    """
    now = now or timezone.now()
    held, count = set(), 0
    planned = OfficeChange.objects.planned().filter(
        # The first zone to see a day is WIT, whichever the office's own is.
        effective_on__lte=timezone.localdate(now, ZoneInfo(Zone.WIT))
    )
    for change in planned.select_related("office").order_by("effective_on", "pk"):
        today = timezone.localdate(now, ZoneInfo(change.office.zone))
        if change.effective_on > today or change.office_id in held:
            continue
        try:
            with pghistory.context(change=change.pk):
                count += _apply_once(change.pk)
        except ValidationError as refusal:
            held.add(change.office_id)
            _hold(change, " ".join(refusal.messages))
    return count


@transaction.atomic
def _apply_once(pk: int) -> bool:
    change = (
        OfficeChange.objects.planned()
        .select_for_update(skip_locked=True)
        .filter(pk=pk)
        .first()
    )
    if change is None:
        return False
    change.office = Office.objects.select_for_update().get(pk=change.office_id)
    check(change)
    apply(change, by=None)
    return True


@transaction.atomic
def _hold(change: OfficeChange, refusal: str) -> None:
    if change.refusal == refusal:
        return
    logger.warning("Office change %s is held: %s", change.pk, refusal)
    change.refusal = refusal
    change.save(update_fields=["refusal"])
    Entry.record(
        None, "office.change_held", change.office, reason=refusal, **_told(change)
    )


def apply(change: OfficeChange, *, by) -> None:
    """Let a checked change take effect, in the transaction that holds the office."""
    _take_effect(change)
    change.save()
    Entry.record(
        by,
        f"office.{PAST[change.kind]}",
        change.office,
        was=change.before["name"],
        effects=change.effects,
        **_told(change),
    )
    if change.kind in AT_THE_OTHER:
        _what, words = change.told_at(change.other)
        action = f"office.{AT_THE_OTHER[change.kind]}"
        Entry.record(by, action, change.other, **_told(change) | {"words": words})


def _take_effect(change: OfficeChange) -> None:
    change.before = change.office.snapshot()
    try:
        with transaction.atomic():
            change.effects = list(STEPS[change.kind](change))
    except IntegrityError as error:
        logger.warning("Office change refused by the database: %s", error)
        raise ValidationError(
            _(
                "Perubahan ini bertabrakan dengan data yang sudah ada, misalnya nama "
                "yang sama. Periksa kedua kantor, lalu coba lagi."
            )
        ) from error
    change.applied_at, change.refusal = timezone.now(), ""
    # An edit form that was opened before the change is stale now.
    Office.objects.filter(pk=change.office_id).update(
        revision=change.office.revision + 1
    )


def _told(change: OfficeChange) -> dict:
    return {
        "change": str(change.get_kind_display()),
        "effective_on": dates.date_long(change.effective_on),
        "decree": change.decree_number,
        "words": change.in_words,
    }


PAST = {
    Kind.RENAME: "renamed",
    Kind.MOVE: "moved",
    Kind.MERGE: "merged",
    Kind.SPLIT: "split",
    Kind.CLOSE: "closed",
    Kind.REOPEN: "reopened",
}
AT_THE_OTHER = {
    Kind.MOVE: "received",
    Kind.MERGE: "received",
    Kind.SPLIT: "split_off",
}


# What each kind does; every step yields one line for the person who decides


def _rename(change: OfficeChange) -> Iterator[str]:
    office = change.office
    was, were = office.name, (office.kind, office.unit_class)
    for name in ("name", "kind", "unit_class"):
        setattr(office, name, change.after[name])
    lines = office.letterhead
    office.letterhead = renamed(lines, was, office.name)
    office.validate_constraints()
    office.save(update_fields=["name", "kind", "unit_class", "letterhead"])
    if was != office.name:
        yield _("“%(was)s” menjadi “%(name)s”.") % {"was": was, "name": office.name}
        yield from _own_lines(lines, office.letterhead)
    if were != (office.kind, office.unit_class):
        yield _("Jenis dan kelas menjadi: %(kind)s, %(class)s.") % {
            "kind": office.get_kind_display() or "–",
            "class": office.get_unit_class_display() or "–",
        }
    yield _("Dokumen yang sudah terbit tetap memakai nama pada harinya.")


def _own_lines(before, after) -> Iterator[str]:
    if before != after:
        yield _("Baris kop surat menjadi: %(lines)s.") % {
            "lines": "; ".join(after.splitlines())
        }
    elif before:
        yield _("Kop surat memakai baris sendiri; periksa apakah masih sesuai.")


def _move(change: OfficeChange) -> Iterator[str]:
    office = change.office
    office.parent = change.other
    office.save(update_fields=["parent"])
    yield _("Induk menjadi %(parent)s; semua data kantor ini ikut.") % {
        "parent": change.other
    }
    if posts := office.children.count():
        yield ngettext(
            "%(count)s kantor di bawahnya ikut pindah.",
            "%(count)s kantor di bawahnya ikut pindah.",
            posts,
        ) % {"count": posts}


def _merge(change: OfficeChange) -> Iterator[str]:
    office = change.office
    successor = Office.objects.select_for_update().get(pk=change.other_id)
    for model in living.models():
        moved = _hand_over(model, change, successor)
        if moved:
            yield _("%(count)s %(what)s yang belum selesai pindah.") % {
                "count": dates.number(moved),
                "what": model._meta.verbose_name,
            }
        if left := model.objects.filter(office=office).unsettled().count():
            yield _(
                "%(count)s %(what)s tetap atas nama %(office)s dan diselesaikan "
                "%(successor)s."
            ) % {
                "count": dates.number(left),
                "what": model._meta.verbose_name,
                "office": office,
                "successor": successor,
            }
    yield from _merge_people(office, successor, change)
    yield from _merge_requests(office, successor)
    if area := list(office.working_area.all()):
        successor.working_area.add(*area)
        office.working_area.clear()
        yield _("Wilayah kerja berpindah: %(names)s.") % {
            "names": ", ".join(map(str, area))
        }
    if office.level == Level.REGIONAL:
        Province.objects.filter(region=office).update(region=successor)
    if moved := _move_along(change, office.children.all(), successor):
        yield _("%(count)s kantor di bawahnya pindah ke %(successor)s.") % {
            "count": moved,
            "successor": successor,
        }
    office.successor = office.parent = successor
    yield from _close(change)


def _move_along(change, offices, parent) -> int:
    """Hang offices below another, and remember them: their history tells of it."""
    change.before["moved"] = list(offices.values_list("pk", flat=True))
    return offices.update(parent=parent)


def _hand_over(model, change, successor) -> int:
    """Give what is unfinished to the successor, and remember what was whose."""
    office = change.office
    rows = model.objects.filter(office=office).unfinished()
    if twice := list(rows.clashing_with(successor)[:NAMED]):
        raise ValidationError(
            _(
                "%(names)s berjalan di %(office)s dan di %(successor)s. Kedua unit "
                "memutuskan mana yang dilanjutkan: akhiri, tolak, atau tarik dahulu "
                "yang satu."
            )
            % {
                "names": ", ".join(map(str, twice)),
                "office": office,
                "successor": successor,
            }
        )
    if keys := list(rows.order_by().values_list("pk", flat=True)):
        handed = change.before.setdefault("handed", {})
        handed[model._meta.label_lower] = keys
    try:
        with transaction.atomic():
            return model.objects.filter(pk__in=keys).update(office=successor)
    except IntegrityError as error:
        raise ValidationError(
            _(
                "Ada %(what)s dengan nama atau nomor yang sama di %(office)s dan "
                "%(successor)s. Ubah salah satunya dahulu."
            )
            % {
                "what": model._meta.verbose_name,
                "office": office,
                "successor": successor,
            }
        ) from error


def _merge_people(office, successor, change) -> Iterator[str]:
    """The people go on at the successor; a head does not become its second head."""
    last_day = change.effective_on - timedelta(days=1)
    gone_on = going_on = 0
    for term in office.assignments.not_over().select_for_update(of=["self"]):
        starts_on, ends_on = max(term.starts_on, change.effective_on), term.ends_on
        if term.starts_on <= last_day:
            term.ends_on = last_day
        else:
            term.ended_at = timezone.now()
        term.save(update_fields=["ends_on", "ended_at"])
        if term.role in HEADS:
            gone_on += 1
            continue
        same = successor.assignments.not_over(starts_on).filter(
            user=term.user_id, role=term.role
        )
        if not same.exists():
            Assignment.objects.create(
                user_id=term.user_id,
                office=successor,
                role=term.role,
                capacity=term.capacity,
                starts_on=starts_on,
                ends_on=ends_on,
                decree_number=change.decree_number,
            )
        going_on += 1
    if going_on:
        yield _("%(count)s penugasan berlanjut di %(successor)s.") % {
            "count": going_on,
            "successor": successor,
        }
    if gone_on:
        yield _("%(count)s penugasan kepala berakhir.") % {"count": gone_on}


def _merge_requests(office, successor) -> Iterator[str]:
    """Who waits for an assignment here waits at the successor, once."""
    moved = 0
    for request in _open_requests(office):
        same = _open_requests(successor).filter(user=request.user_id, role=request.role)
        if request.role in HEADS or same.exists():
            words = {"office": office, "successor": successor}
            _decline(request, _("%(office)s digabung ke %(successor)s.") % words)
            continue
        request.office = successor
        request.save(update_fields=["office"])
        moved += 1
    if moved:
        yield _("%(count)s permintaan penugasan pindah ke %(successor)s.") % {
            "count": moved,
            "successor": successor,
        }


def _open_requests(office):
    return office.assignmentrequests.filter(
        status=AssignmentRequest.Status.REQUESTED
    ).select_for_update()


def _decline(request: AssignmentRequest, reason: str) -> None:
    """Nobody can grant it any more; whom it concerns reads why on its page."""
    request.move_to(AssignmentRequest.Status.DECLINED, by=None, reason=reason)


def _split(change: OfficeChange) -> Iterator[str]:
    office, after = change.office, change.after
    new = Office(
        level=office.level,
        parent=office.parent,
        name=after["name"],
        kind=after["kind"],
        unit_class=after["unit_class"],
        regency=Regency.objects.filter(pk=after["regency"]).first(),
        valid_from=change.effective_on,
    )
    services.establish(new)
    change.other = new
    yield _("Kantor baru “%(name)s” dibuka.") % {"name": new}
    if office.level == Level.REGIONAL:
        provinces = Province.objects.filter(code__in=after["provinces"])
        provinces.update(region=new)
        units = office.children.filter(regency__province__in=after["provinces"])
        count = _move_along(change, units, new)
        yield _("%(provinces)s menjadi wilayahnya, dengan %(count)s UPT.") % {
            "provinces": ", ".join(map(str, provinces)),
            "count": count,
        }
    elif area := list(Regency.objects.filter(code__in=after["working_area"])):
        office.working_area.remove(*area)
        new.working_area.set(area)
        yield _("Wilayah kerja berpindah: %(names)s.") % {
            "names": ", ".join(map(str, area))
        }
    if office.level == Level.UNIT:
        yield _("Data yang sudah ada tetap di %(office)s.") % {"office": office}


def _close(change: OfficeChange) -> Iterator[str]:
    office = change.office
    office.is_active = False
    office.valid_to = change.effective_on - timedelta(days=1)
    office.save(update_fields=["is_active", "valid_to", "successor", "parent"])
    yield _("%(office)s ditutup; hari terakhirnya %(date)s.") % {
        "office": office,
        "date": dates.date_long(office.valid_to),
    }
    waiting = list(_open_requests(office))
    for request in waiting:
        _decline(request, _("%(office)s ditutup.") % {"office": office})
    if waiting:
        yield _("%(count)s permintaan penugasan di kantor ini ditolak.") % {
            "count": len(waiting)
        }
    if unserved := _served_by_no_other(office):
        yield _("Tidak ada Bapas lain yang melayani: %(names)s.") % {
            "names": ", ".join(map(str, unserved))
        }
    yield _("Data yang sudah selesai tetap atas nama %(office)s.") % {"office": office}


def _served_by_no_other(office) -> list[Regency]:
    area = list(office.working_area.all())
    others = services.other_servants(office, area)
    return [regency for regency in area if regency.pk not in others]


def _reopen(change: OfficeChange) -> Iterator[str]:
    office = change.office
    office.is_active, office.valid_to = True, None
    office.validate_constraints()
    office.save(update_fields=["is_active", "valid_to"])
    yield _("%(office)s aktif kembali.") % {"office": office}


STEPS = {
    Kind.RENAME: _rename,
    Kind.MOVE: _move,
    Kind.MERGE: _merge,
    Kind.SPLIT: _split,
    Kind.CLOSE: _close,
    Kind.REOPEN: _reopen,
}
