"""What was rehearsed comes in at once, and may be taken back: the work of a worker."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pokmas.audit.models import READING, Entry
from pokmas.documents.models import Document
from pokmas.imports import staging
from pokmas.imports.models import Import, ImportRow
from pokmas.imports.staging import Staged
from pokmas.jobs.services import Claim
from pokmas.notices.telling import own_people, tell
from pokmas.words import dates

Status, Result = Import.Status, ImportRow.Result
NAMED = 5
TAKEN_IN = """
    UPDATE imports_importrow SET result = 'in'
    WHERE of_id = %(import)s AND result = 'new' AND made <> '{}'
"""
KEPT = """
    UPDATE imports_importrow SET result = 'kept', reason = ''
    WHERE of_id = %(import)s AND result = 'in' AND ({touched})
"""
WHY = """
    UPDATE imports_importrow SET reason = %(words)s
    WHERE of_id = %(import)s AND result = 'kept' AND reason = '' AND ({touched})
"""
GONE = """
    UPDATE imports_importrow SET result = 'gone'
    WHERE of_id = %(import)s AND result = 'in'
"""


def write(claim: Claim) -> None:
    """Make what is still new, all of it or nothing. Running it twice is harmless."""
    record = Import.objects.select_related("office").get(pk=claim.payload["import"])
    if record.status != Status.WRITING:
        return
    claim.advance(10, _("Menunggu giliran"))
    try:
        _take_in(claim, record)
    except ValidationError as refusal:
        _hand_back(claim, record, " ".join(refusal.messages))


def _take_in(claim: Claim, record: Import) -> None:
    with transaction.atomic():
        claim.hold()
        record.lock()
        if record.status != Status.WRITING:
            return
        work = staging.staged(record)
        staging.alone(work)
        # Others may have been faster since the rehearsal.
        staging.judge(work)
        work.kind.insert(work, by=claim.requested_by)
        work.run(TAKEN_IN)
        record.move_to(
            Status.WRITTEN,
            by=claim.requested_by,
            counts=staging.counted(record),
            written_at=timezone.now(),
        )
        tell(
            record,
            "written",
            {*own_people(record), record.decided_by},
            _("Daftar “%(name)s” sudah masuk"),
            _(
                "Masuk: %(many)s baris. Tidak ikut: %(left)s. Dapat dibatalkan selama "
                "tujuh hari."
            ),
            many=dates.number(record.count(Result.IN)),
            left=record.left_out,
        )
        claim.finish()


def _hand_back(claim: Claim, record: Import, why: str) -> None:
    """What it belongs to was closed meanwhile: nothing came in, and why."""
    with transaction.atomic():
        claim.hold()
        record.lock()
        record.move_to(Status.REHEARSED, by=claim.requested_by, reason=why)
        tell(
            record,
            "refused",
            own_people(record),
            _("Daftar “%(name)s” tidak jadi masuk"),
            "%(reason)s",
        )
        claim.finish()


def take_back(claim: Claim) -> None:
    """Take away what it made, but for what somebody has worked with since."""
    record = Import.objects.select_related("office").get(pk=claim.payload["import"])
    if record.status != Status.UNDOING:
        return
    claim.advance(10, _("Mencari yang sudah dipakai"))
    with transaction.atomic():
        claim.hold()
        record.lock()
        if record.status != Status.UNDOING:
            return
        work = staging.staged(record)
        staging.alone(work)
        models = work.kind.makes
        with staging.at_once(work):
            for model in models:
                work.run(_held(model))
            _keep_what_is_used(work)
        work.kind.undo(work, by=claim.requested_by)
        with staging.at_once(work):
            for table, column in work.kind.links:
                work.run(_without(table, column, models[0]))
            for model in models:
                work.run(_without(model._meta.db_table, "id", model))
        work.run(GONE)
        record.move_to(
            Status.UNDONE, by=claim.requested_by, counts=staging.counted(record)
        )
        kept = list(record.rows.filter(result=Result.KEPT)[: NAMED + 1])
        names = [each.cells.get(work.kind.needed, str(each)) for each in kept]
        tell(
            record,
            "undone",
            {*own_people(record), record.decided_by},
            _("Daftar “%(name)s” dibatalkan"),
            _("Dihapus kembali: %(gone)s baris. Dipertahankan: %(kept)s."),
            gone=dates.number(record.count(Result.GONE)),
            kept=_named(names, record.count(Result.KEPT)),
        )
        claim.finish()


def _keep_what_is_used(work: Staged) -> None:
    """Set those rows apart that stay, and say of each why."""
    if refusal := work.kind.keeps_all(work):
        work.run(KEPT.replace("{touched}", "true"))
        work.run(WHY.replace("{touched}", "true"), words=str(refusal))
        return
    touched = " OR ".join(f"({each})" for each, _why in _touched(work, "in"))
    while work.run(KEPT.replace("{touched}", touched), reading=READING):
        # What a row that stays points at was made by another, which then stays too.
        for condition, why in _touched(work, "kept"):
            words = _("Tetap ada: %(why)s.") % {"why": why}
            work.run(WHY.replace("{touched}", condition), words=words, reading=READING)
    words = str(_("Tetap ada: dipakai baris lain."))
    work.run(WHY.replace("{touched}", "true"), words=words)


def _touched(work: Staged, result: str) -> list[tuple]:
    return [
        each
        for model in work.kind.makes
        for each in _touched_as(model, work, result=result)
    ]


def _named(names: list[str], many: int) -> str:
    if not names:
        return "–"
    said = ", ".join(names[:NAMED])
    return f"{said} … ({dates.number(many)})" if many > NAMED else said


def _made(model: type[Model]) -> str:
    """The key of what a row made."""
    return f"(made ->> '{model._meta.db_table}')::bigint"


def _rows_of(model: type[Model], result: str = "in") -> str:
    """The keys of what the rows made: those still to be taken away, or those kept."""
    return (
        f"SELECT {_made(model)} FROM imports_importrow "  # noqa: S608
        f"WHERE of_id = %(import)s AND result = '{result}'"
    )


def _held(model: type[Model]) -> str:
    """Nobody may begin to use them until this is over."""
    table = model._meta.db_table
    return f"SELECT FROM {table} WHERE id IN ({_rows_of(model)}) FOR UPDATE"


def _without(table: str, column: str, model: type[Model]) -> str:
    return f"DELETE FROM {table} WHERE {column} IN ({_rows_of(model)})"  # noqa: S608


def _touched_as(
    model: type[Model], work: Staged, *, result: str
) -> Iterator[tuple[str, str]]:
    """Conditions under which a row has been worked with since it came in, each with
    its words: something of somebody else's points at it, it has another state in its
    history, or somebody did something with it.
    """
    kind, made = ContentType.objects.get_for_model(model).pk, _rows_of(model, result)
    yield from _used(model, work, result=result)
    yield (
        _is_among(
            model,
            f"SELECT owner_id FROM {Document._meta.db_table}"  # noqa: S608
            f" WHERE owner_type_id = {kind}",
        ),
        _("ada berkas yang dilampirkan"),
    )
    events = model.pgh_event_model._meta.db_table
    yield (
        _is_among(
            model,
            f"SELECT pgh_obj_id FROM {events} WHERE pgh_label <> 'insert'"  # noqa: S608
            f" AND pgh_obj_id IN ({made})",
        ),
        _("isinya sudah diubah orang"),
    )
    yield (
        _is_among(
            model,
            f"SELECT about_id FROM {Entry._meta.db_table} WHERE about_type_id = {kind}"  # noqa: S608
            f" AND action !~ %(reading)s AND about_id IN ({made})",
        ),
        _("sudah dikerjakan orang; lihat riwayatnya"),
    )


def _used(
    model: type[Model], work: Staged, *, result: str
) -> Iterator[tuple[str, str]]:
    own = {each._meta.db_table for each in work.kind.makes}
    links = {table for table, _column in work.kind.links}
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.one_to_many or relation.one_to_one) or relation.concrete:
            continue
        field, theirs = relation.field, relation.related_model
        table = theirs._meta.db_table
        if table in links or not getattr(field, "db_constraint", False):
            continue
        others = ""
        if table in own:
            others = f" AND id NOT IN ({_rows_of(theirs, result)})"
        keys = (
            f"SELECT {field.column} FROM {table}"  # noqa: S608
            f" WHERE {field.column} IN ({_rows_of(model, result)}){others}"
        )
        # A table of links is called after the records that have them.
        what = (theirs._meta.auto_created or theirs)._meta.verbose_name
        yield _is_among(model, keys), _("sudah dipakai: %(what)s") % {"what": what}


def _is_among(model: type[Model], keys: str) -> str:
    return f"{_made(model)} IN ({keys})"
