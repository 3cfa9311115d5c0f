"""Guidelines: written, published, read, replaced by a new version, withdrawn."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import Partnership
from pokmas.accounts.models import User
from pokmas.accounts.roles import OF_PARTNERS
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from reports.guidelines.models import Acknowledgement, Guideline

Status = Guideline.Status


@transaction.atomic
def draft(
    guideline: Guideline, *, file: Document, word: Document | None = None, by: User
) -> Guideline:
    """Keep a new guideline of one's own office, or the next version of one."""
    guideline.office = by.acting.office
    if not guideline.office.is_wide:
        raise ValidationError(_("Pedoman disusun Pusat atau Kanwil."))
    _check_days(guideline)
    guideline.file, guideline.word = file, word
    guideline.validate_constraints()
    if (made := guideline.save_new(by)) is not guideline:
        return made
    _attach(guideline, by)
    Entry.record(by, "guideline.drafted", guideline)
    return guideline


@transaction.atomic
def revise(
    guideline: Guideline,
    version: Guideline,
    *,
    file: Document,
    word: Document | None = None,
    by: User,
) -> Guideline:
    """Keep the draft of the next version of `guideline`, which holds until then."""
    guideline.begin("revise", by=by)
    version.previous, version.version = guideline, guideline.version + 1
    version.origin = guideline.origin or guideline
    return draft(version, file=file, word=word, by=by)


@transaction.atomic
def change(
    guideline: Guideline,
    *,
    file: Document | None = None,
    word: Document | None = None,
    revision: int,
    fields: list[str],
    by: User,
) -> None:
    """Change a draft; a file that was replaced is gone, for nobody was to read it."""
    stored = Guideline.objects.get(pk=guideline.pk)
    stored.begin("change", by=by)
    _check_days(guideline)
    given = {"file": file, "word": word}
    new = {name: each for name, each in given.items() if each is not None}
    old = [getattr(stored, name) for name in new]
    for name, each in new.items():
        setattr(guideline, name, each)
    guideline.validate_constraints()
    guideline.save_edit(revision, [*fields, *new])
    _attach(guideline, by)
    for each in old:
        if each is not None:
            documents.discard(each, by=by)
    Entry.record(by, "guideline.changed", guideline)


def _attach(guideline, by):
    files = (guideline.file, guideline.word)
    documents.attach_all([(each, guideline) for each in files if each], by=by)


def _check_days(guideline):
    errors = {}
    if guideline.letter_on > guideline.office.today:
        errors["letter_on"] = _("Tanggal surat tidak boleh di masa depan.")
    if guideline.in_force_from < guideline.letter_on:
        errors["in_force_from"] = _("Berlaku sebelum tanggal suratnya.")
    before = guideline.previous
    if before and guideline.in_force_from < before.in_force_from:
        errors["in_force_from"] = _(
            "Berlaku sebelum versi yang digantikannya mulai berlaku."
        )
    if before and not guideline.changes.strip():
        errors["changes"] = _("Tulis apa yang berubah.")
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def publish(guideline: Guideline, *, by: User) -> None:
    """From now on it is read; the version before holds until the eve of its day."""
    guideline.begin("publish", by=by)
    guideline.move_to(
        Status.PUBLISHED,
        by=by,
        published_on=guideline.office.today,
        published_by=by,
        news_at=timezone.now(),
    )
    before = guideline.previous
    if before is None:
        return
    before.lock()
    if before.status == Status.PUBLISHED:
        eve = guideline.in_force_from - timedelta(days=1)
        before.move_to(Status.REPLACED, by=by, in_force_until=eve)


@transaction.atomic
def discard(guideline: Guideline, *, by: User) -> None:
    guideline.begin("discard", by=by)
    guideline.move_to(Status.DISCARDED, by=by)


@transaction.atomic
def withdraw(guideline: Guideline, *, reason: str, by: User) -> None:
    """It holds no more from tomorrow on; whoever had to read it is told why."""
    guideline.begin("withdraw", by=by, reason=reason)
    guideline.move_to(
        Status.WITHDRAWN,
        by=by,
        reason=reason,
        in_force_until=_last_day(guideline, guideline.office.today),
        news_at=timezone.now(),
    )


def _last_day(guideline, today: date) -> date:
    return max(today, guideline.in_force_from - timedelta(days=1))


@transaction.atomic
def remind(guideline: Guideline, *, by: User) -> None:
    """Ask again whoever has not read it; once a day."""
    guideline.begin("remind", by=by)
    guideline.news_at = timezone.now()
    guideline.save(update_fields=["news_at"])
    Entry.record(by, "guideline.reminded", guideline)


@transaction.atomic
def acknowledge(guideline: Guideline, *, by: User) -> None:
    """Confirm that one has read it, for one's unit or for the partners one acts for."""
    guideline.begin("acknowledge", by=by)
    rows = [
        Acknowledgement(guideline=guideline, by=by, **whose)
        for whose in _read_for(guideline, by)
    ]
    Acknowledgement.objects.bulk_create(rows)
    Entry.record(
        by, "guideline.acknowledged", guideline, read_for=", ".join(map(str, rows))
    )


def _read_for(guideline, by) -> list[dict]:
    if by.acting.role not in OF_PARTNERS:
        return [{"office": by.acting.office.unit}]
    return [{"partnership": each} for each in represented(guideline, by)]


def represented(guideline: Guideline, user: User) -> list[Partnership]:
    """One partnership of each partner for which `user` has yet to confirm it."""
    done = Acknowledgement.objects.filter(guideline=guideline, by=user)
    rows = (
        guideline.partnerships()
        .belonging_to(user)
        .exclude(partner__in=done.values("partnership__partner"))
    )
    rows = (
        rows.select_related("partner")
        .order_by("partner_id", "pk")
        .distinct("partner_id")
    )
    return list(rows)
