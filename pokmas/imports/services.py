"""What a person does with a list: hands it in, tells its columns, takes it in."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents.models import Document
from pokmas.imports import staging, tasks
from pokmas.imports.headings import Accepted, tidy
from pokmas.imports.kinds import KINDS, Kind
from pokmas.imports.models import KEPT_FOR, Import, ImportRow, KnownHeading
from pokmas.jobs.services import enqueue
from pokmas.notices.telling import next_in_turn, own_people, tell
from pokmas.offices.models import Office
from pokmas.words import dates

Status = Import.Status


@transaction.atomic
def start(record: Import, *, document: Document, by: User) -> Import:
    """Hand a list in; the same form sent twice gives the same import."""
    _name(record, document)
    refuse_closed(KINDS[record.kind], record.about_id, by)
    kept = record.save_new(by)
    if kept is record:
        Entry.record(by, "import.uploaded", record, sha256=record.sha256)
        _ask(record, tasks.READ, by)
    return kept


def refuse_closed(kind: Kind, about_id: int | None, by: User) -> None:
    """Refuse where the record that the list belongs to is not open to this person."""
    if kind.about is None:
        return
    record = kind.about.objects.visible_to(by).get(pk=about_id)
    if refusal := kind.refusal(record, by):
        raise ValidationError(refusal)


def _name(record: Import, document: Document) -> None:
    record.document_id, record.name = document.pk, document.name
    record.sha256 = document.sha256


def _ask(record: Import, job: str, by: User, **payload) -> None:
    record.job = enqueue(
        job,
        key=f"{job}:{record.pk}:{record.revision}",
        payload={"import": record.pk, **payload},
        url=record.get_absolute_url(),
        by=by,
    )
    record.save(update_fields=["job"])


@transaction.atomic
def map_columns(record: Import, *, columns: dict[str, str], by: User) -> None:
    """Say what each heading stands for, and have the file read so.

    The office's next lists are read so without asking.
    """
    record.begin("map", by=by)
    kind = KINDS[record.kind]
    plain = Accepted(kind.names, kind.idle)
    for heading, name in columns.items():
        if tidy(heading):
            _remember(
                record, tidy(heading), name, is_plain=plain.name_of(heading) == name
            )
    record.move_to(Status.READING, by=by)
    _ask(record, tasks.READ, by)


def _remember(record: Import, heading: str, column: str, *, is_plain: bool) -> None:
    """Keep what a heading stands for, unless it says so without being explained."""
    its = {"office": record.office, "kind": record.kind, "heading": heading}
    if is_plain:
        KnownHeading.objects.filter(**its).delete()
    else:
        KnownHeading.objects.update_or_create(**its, defaults={"column": column})


@transaction.atomic
def explain(
    office: Office, *, answers: dict[KnownHeading, str | None], by: User
) -> None:
    """Say anew what headings stand for in the lists of an office; None: ask again."""
    for heading, column in answers.items():
        said = KnownHeading.objects.filter(pk=heading.pk)
        if column is None:
            said.delete()
        else:
            said.update(column=column)
    said = {heading.heading: column or "–" for heading, column in answers.items()}
    Entry.record(by, "office.headings_explained", office, headings=said)


@transaction.atomic
def mend(record: Import, *, document: Document, by: User) -> None:
    """Read rows that were put right in place of those they stand for."""
    record.begin("mend", by=by)
    _name(record, document)
    record.move_to(
        Status.READING,
        by=by,
        document_id=record.document_id,
        name=record.name,
        sha256=record.sha256,
    )
    _ask(record, tasks.READ, by, mends=True)


@transaction.atomic
def compare(record: Import, *, by: User) -> None:
    """Judge its rows again as they were read: the portal may have changed since."""
    record.begin("compare", by=by)
    record.move_to(Status.READING, by=by)
    _ask(record, tasks.COMPARE, by)


@transaction.atomic
def let_in(record: Import, *, number: int, reason: str, by: User) -> None:
    """Take a row with the next ones, though it clashes: somebody knows that it may."""
    record.begin("let_in", by=by, reason=reason)
    row = record.rows.select_for_update().get(number=number)
    if not row.may_be_let_in:
        raise ValidationError(_("Baris ini tidak bentrok dengan yang sejajar."))
    row.answers[staging.LET_IN] = reason.strip()
    row.save(update_fields=["answers"])
    Entry.record(by, "import.let_in", record, row=number, reason=reason.strip())
    record.move_to(Status.READING, by=by)
    _ask(record, tasks.COMPARE, by)


@transaction.atomic
def enter(record: Import, *, by: User):
    """Take the new rows in; where a second person must agree, ask for that."""
    record.begin("enter", by=by)
    if not KINDS[record.kind].way(record.way).is_confirmed:
        record.move_to(Status.WRITING, by=by)
        _ask(record, tasks.WRITE, by)
        return str(_("Daftar sedang dimasukkan."))
    record.move_to(Status.SUBMITTED, by=by, submitted_by=by)
    tell(
        record,
        "submitted",
        next_in_turn(record),
        _("Daftar lama menunggu pengesahan Anda: %(name)s"),
        _("%(many)s baris baru. Tanpa pengesahan tidak ada yang masuk."),
        many=dates.number(record.count(ImportRow.Result.NEW)),
    )
    return str(_("Daftar menunggu pengesahan kepala."))


@transaction.atomic
def confirm(record: Import, *, by: User) -> None:
    """The head answers for what is taken in; who handed it in may not."""
    record.begin("confirm", by=by)
    record.move_to(Status.WRITING, by=by, decided_by=by)
    _ask(record, tasks.WRITE, by)


@transaction.atomic
def send_back(record: Import, *, reason: str, by: User) -> None:
    """The head wants something changed first."""
    record.begin("send_back", by=by, reason=reason)
    record.move_to(Status.REHEARSED, by=by, reason=reason)
    tell(
        record,
        "returned",
        own_people(record),
        _("Daftar “%(name)s” dikembalikan"),
        "%(reason)s",
    )


@transaction.atomic
def drop(record: Import, *, by: User) -> None:
    """Nothing of it comes in; its rows are removed."""
    record.begin("drop", by=by)
    record.move_to(Status.DROPPED, by=by)
    _forget(record)


@transaction.atomic
def undo(record: Import, *, by: User) -> None:
    """Take back what it made, as long as that is allowed."""
    record.begin("undo", by=by)
    record.move_to(Status.UNDOING, by=by)
    _ask(record, tasks.UNDO, by)


def sweep(now: datetime) -> int:
    """Remove rows that nobody took in, and copies of those that came in long ago."""
    old = Import.objects.filter(status_since__lt=now - KEPT_FOR)
    count = 0
    waiting = [Status.MAPPING, Status.REHEARSED, Status.SUBMITTED]
    for record in old.filter(status__in=waiting):
        count += _drop_old(record, now)
    over = old.filter(status__in=[Status.WRITTEN, Status.UNDONE, Status.UNREAD])
    for record in over.filter(rows__isnull=False).distinct():
        with transaction.atomic():
            _forget(record)
        count += 1
    return count


@transaction.atomic
def _drop_old(record: Import, now: datetime) -> bool:
    record.lock()
    waits = Status.DROPPED in record.next_statuses
    if not waits or record.status_since > now - KEPT_FOR:
        return False
    record.move_to(Status.DROPPED, by=None)
    _forget(record)
    return True


def _forget(record: Import) -> None:
    """Names and numbers of people are not kept for longer than they serve."""
    rows = ImportRow.objects.filter(of=record)
    rows._raw_delete(rows.db)
    Import.objects.filter(pk=record.pk).update(headings=[], passed=[])


def undo_is_open(record: Import) -> bool:
    until = record.undo_until
    return until is not None and timezone.now() < until
