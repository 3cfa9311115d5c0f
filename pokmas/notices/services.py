"""Tell people: who they are, what they read, how they want to be told."""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, Model, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import Assignment, User
from pokmas.accounts.roles import LEVELS, STAFF, Role, roles_with
from pokmas.audit.models import Entry, Inspection
from pokmas.audit.services import overdue
from pokmas.documents.models import Document
from pokmas.jobs import backups
from pokmas.jobs.models import Job
from pokmas.jobs.services import label_of
from pokmas.notices.models import Notice
from pokmas.offices.models import Office

KEY_LENGTH = Notice._meta.get_field("key").max_length
TITLE_LENGTH = Notice._meta.get_field("title").max_length
# So many are written in one statement.
MANY = 1000
# Beyond so many nobody counts what he has not read.
COUNTED = 100
UNSUBSCRIBE = "pokmas.notices.unsubscribe"

# Who


def holders(roles: Role | Iterable[Role], office: Office | None) -> QuerySet[User]:
    """Who holds one of `roles` for `office`: there, or at the nearest office above.

    So the reviewer of a unit's agreements is found at its Kanwil, and the operator of
    a post without one at its unit.
    """
    if office is None:
        return User.objects.none()
    roles = [roles] if isinstance(roles, str) else list(roles)
    found = holders_of(roles, [office])[office.pk]
    return User.objects.filter(pk__in=[user.pk for user in found])


def who_may(permission: str, office: Office | None) -> QuerySet[User]:
    """The officers who may do this now at `office`, by the table of roles."""
    return holders([role for role in roles_with(permission) if role in STAFF], office)


def holders_of(
    roles: Iterable[Role], offices: Iterable[Office]
) -> dict[int, set[User]]:
    """`holders` of each of many offices, by its number, in one query."""
    roles = list(roles)
    above = {each.pk: _upwards(each, roles) for each in offices}
    found: dict[tuple, set[User]] = defaultdict(set)
    places = {place for branch in above.values() for place in branch}
    for row in Assignment.objects.holding_among(roles, places).select_related("user"):
        found[row.role, row.office_id].add(row.user)
    nearest: dict[int, set[User]] = {}
    for pk, branch in above.items():
        nearest[pk] = set()
        for role in roles:
            places = (each for each in branch if each.level in LEVELS[role])
            held = (found.get((role, place.pk)) for place in places)
            nearest[pk] |= next(filter(None, held), set())
    return nearest


# From the lowest up.
RANKS = [
    *(Office.Level.POST, Office.Level.UNIT),
    *(Office.Level.REGIONAL, Office.Level.HEADQUARTERS),
]


def _upwards(office: Office, roles: Iterable[Role]) -> list[Office]:
    """The office and those above it, as far as one of the roles is held there."""
    ranks = [RANKS.index(level) for role in roles for level in LEVELS[role]]
    branch, highest = [], max(ranks, default=-1)
    while office is not None and RANKS.index(office.level) <= highest:
        branch.append(office)
        is_last = RANKS.index(office.level) == highest and office.successor_id is None
        office = None if is_last else office.parent
    return branch


# Telling


def notify(recipients: User | Iterable[User], **told) -> None:
    """Tell each recipient once: with the same `key` nothing is told twice."""
    send(notices_to(recipients, **told))


def send(rows: Iterable[Notice]) -> None:
    """Tell all of this at once; what was told before is not told again."""
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=MANY)


def notices_to(
    recipients: User | Iterable[User],
    *,
    kind: str,
    title: str | Promise,
    body: str | Promise = "",
    words: Mapping | None = None,
    url: str = "",
    about: Model | None = None,
    key: str | None = None,
    due_at=None,
    asks: bool = False,
    by_mail: bool = True,
) -> list[Notice]:
    """What each recipient is told, not sent yet.

    Title and body are lazy texts that `words` fill, written in the reader's language.
    It shows in the inbox from `due_at` on, and goes by mail and SMS as each asked for.
    Without `url` it leads to the page of `about`. `asks` is true of requests to act;
    of some people only if they say so themselves (`is_asked`). `by_mail` is false where
    a mail of its own tells the same.
    """
    people = [recipients] if isinstance(recipients, User) else recipients
    if not url and about is not None and hasattr(about, "get_absolute_url"):
        url = about.get_absolute_url()
    written = {}
    rows = {}
    for person in people:
        if not person.is_active:
            continue
        if person.language not in written:
            written[person.language] = _written(person.language, title, body, words)
        its_title, its_body = written[person.language]
        rows[person.pk] = Notice(
            user=person,
            key=_fitting(key or f"{kind}:{uuid.uuid4()}"),
            kind=kind,
            title=its_title,
            body=its_body,
            url=url,
            about=about,
            asks=asks or getattr(person, "is_asked", False),
            due_at=due_at or timezone.now(),
            mail_wanted=by_mail,
        )
    return list(rows.values())


def _written(language: str, title, body, words: Mapping | None) -> tuple[str, str]:
    """Title and body as one reads them in this language; the title on one line."""
    with translation.override(language):
        if words is not None:
            filled = {
                name: value() if callable(value) else value
                for name, value in words.items()
            }
            title, body = str(title) % filled, str(body) % filled
        title, body = " ".join(str(title).split()), str(body)
    if len(title) > TITLE_LENGTH:
        title = f"{title[: TITLE_LENGTH - 1]}…"
    return title, body


def _fitting(key: str) -> str:
    if len(key) <= KEY_LENGTH:
        return key
    return f"{key[: KEY_LENGTH - 65]}:{hashlib.sha256(key.encode()).hexdigest()}"


def untold(rows: QuerySet, kind: str) -> QuerySet:
    """Those of which nobody was told yet, however long ago they came to be."""
    told = Notice.objects.filter(
        about_type=ContentType.objects.get_for_model(rows.model),
        about_id=OuterRef("pk"),
        kind=kind,
    )
    return rows.exclude(Exists(told))


def tell_of_failed_jobs() -> None:
    """Tell whoever waits for a piece of work that it failed; once for each failure."""
    failed = Job.objects.filter(state=Job.State.FAILED).exclude(requested_by=None)
    untold_yet = failed.exclude(told_failure_at=F("finished_at"))
    for job in untold_yet.select_related("requested_by"):
        notify(
            job.requested_by,
            kind="job.failed",
            title=_("Gagal disusun: %(what)s"),
            body="%(reason)s",
            words={"what": label_of(job.kind), "reason": job.reason},
            url=job.url or job.get_absolute_url(),
            key=f"job.failed:{job.pk}:{job.finished_at:%s}",
        )
        told = Job.objects.filter(pk=job.pk, finished_at=job.finished_at)
        told.update(told_failure_at=job.finished_at)


def warn_of_trail_faults() -> None:
    """Tell headquarters once of each check of the audit trail that found something."""
    faulty = Inspection.objects.exclude(finished_at=None).exclude(faults=[])
    for inspection in untold(faulty, "trail.faults"):
        notify(
            who_may("audit.inspect_trail", Office.objects.headquarters()),
            kind="trail.faults",
            title=_("Jejak audit tidak utuh"),
            body=_("Pemeriksaan menemukan baris yang diubah, dihapus, atau ditambah."),
            url=reverse("audit:chain"),
            about=inspection,
            key=f"trail.faults:{inspection.pk}",
        )


def warn_of_late_checks() -> None:
    """Tell headquarters once that the checks of the audit trail are late."""
    if late := overdue(Inspection.objects.newest(), timezone.now()):
        notify(
            who_may("audit.inspect_trail", Office.objects.headquarters()),
            kind="trail.late",
            title=_("Pemeriksaan jejak audit terlambat"),
            body=_(
                "Pemeriksaan setiap malam tidak selesai pada waktunya. Periksa pekerja "
                "latar dan penjadwal, lalu minta pemeriksaan."
            ),
            url=reverse("audit:chain"),
            key=f"trail.late:{late}",
        )


def warn_of_backups() -> None:
    """Tell headquarters once that backups fail, are late, or are not made at all."""
    if trouble := backups.trouble(timezone.now()):
        notify(
            who_may("health.view_status", Office.objects.headquarters()),
            kind="backup.trouble",
            title=_("Cadangan data tidak berjalan"),
            body=_(
                "Bila basis data rusak sekarang, pekerjaan hilang. Halaman kesehatan "
                "sistem menyebutkan apa yang perlu dilakukan."
            ),
            url=reverse("health:status"),
            key=f"backup.trouble:{trouble}",
        )


def tell_of_infected_files() -> None:
    """Tell each uploader once that his file held a virus and was removed."""
    rows = Document.objects.infected().exclude(uploaded_by=None)
    rows = untold(rows, "document.infected")
    for document in rows.select_related("uploaded_by"):
        notify(
            document.uploaded_by,
            kind="document.infected",
            title=_("Berkas Anda dihapus karena berisi virus"),
            body=_(
                "Pemindai menemukan virus di dalam “%(name)s”. Bersihkan perangkat "
                "asalnya dengan antivirus, lalu unggah berkas yang baru."
            ),
            words={"name": document.name},
            about=document,
            key=f"document.infected:{document.pk}",
        )


# Reading


def mark_read(notices: QuerySet[Notice]) -> int:
    """Mark those of `notices` that are not yet read; returns how many."""
    return notices.unread().update(read_at=timezone.now())


def unread_on(user: User, path: str) -> int:
    """How many he has not read, up to `COUNTED`, once he reads the page at `path`.

    Those about the record of that page, or of a page below it, are read thereby.
    """
    waiting = Notice.objects.visible_to(user).unread()
    rows = waiting.values_list("pk", "url", "about_id")[:COUNTED]
    read = [
        pk
        for pk, url, about in rows
        if f"/{about}/" in url and path.startswith(urlsplit(url).path)
    ]
    if read:
        mark_read(waiting.filter(pk__in=read))
    return len(rows) - len(read)


# How a person wants to be told


@transaction.atomic
def set_preferences(user: User, *, by: User | None, **preferences) -> None:
    """Change notify_by_mail and notify_by_sms; `by` is None for a mail's own link."""
    changed = {
        name: value
        for name, value in preferences.items()
        if getattr(user, name) != value
    }
    if not changed:
        return
    if changed.get("notify_by_sms") and not user.phone:
        raise ValidationError(
            {"notify_by_sms": _("Isi nomor telepon Anda lebih dahulu.")}
        )
    for name, value in changed.items():
        setattr(user, name, value)
    user.save(update_fields=list(changed))
    Entry.record(by, "user.preferences", user, **changed)


def unsubscribe_url(user: User) -> str:
    """A link for one click in the mail programme; works without a sign-in."""
    token = signing.dumps(user.pk, salt=UNSUBSCRIBE)
    return settings.BASE_URL + reverse("notices:unsubscribe", args=[token])


def unsubscriber(token: str) -> User | None:
    """Whose link it is."""
    try:
        pk = signing.loads(token, salt=UNSUBSCRIBE)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=pk, is_active=True).first()


# WhatsApp: prepared here, sent by a person


def note_message(record: Model, kind: str, *, by: User) -> None:
    """Note that `by` opened a prepared text; whether he sent it only he knows."""
    Entry.record(by, f"{record._meta.model_name}.messaged", record, kind=kind)


def whatsapp_link(phone: str, text: str) -> str:
    """The address that opens WhatsApp with `text` written to `phone` (E.164)."""
    return f"https://wa.me/{phone.lstrip('+')}?text={quote(str(text), safe='')}"
