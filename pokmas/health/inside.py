"""What the database tells of the portal: one query each, two for the migrations."""

import threading
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from pokmas.audit import services as audit
from pokmas.audit.models import Inspection
from pokmas.health.watched import Finding, State, by_age, span
from pokmas.jobs import backups
from pokmas.jobs.models import Job
from pokmas.notices.models import Notice
from pokmas.offices.models import OfficeChange
from pokmas.server import replica as copy
from pokmas.words import dates

# The nightly recount of the sums by month, and when it last had to mend some.
TALLIES, TALLIES_MENDED = "tallies", "tallies_mended"


def database() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), "
            "current_setting('max_connections')::int, "
            "(SELECT count(*) FROM pg_stat_activity)"
        )
        version, most, connections = cursor.fetchone()
    text = _("Menjawab; PostgreSQL %(version)s.") % {"version": version.split()[0]}
    figures = {"database_connections": connections, "database_connections_most": most}
    return Finding("database", State.OK, text, figures)


def replica() -> Finding:
    """How far the replica is behind; the primary takes over what it may not answer."""
    seen = copy.look(copy.where_it_is())
    if not seen.is_replica:
        text = _("Menerima tulisan sendiri; bukan replika.")
        return Finding("replica", State.BAD, text)
    if seen.lag is None:
        text = _("Belum menerima apa pun dari basis data utama.")
        return Finding("replica", State.WARN, text)
    text = _("Tidak tertinggal.")
    if seen.lag >= 1:
        text = _("Tertinggal %(age)s.") % {"age": span(timedelta(seconds=seen.lag))}
    state = State.OK if seen.is_near else State.WARN
    return Finding("replica", state, text, {"replica_lag_seconds": seen.lag})


def migrations() -> Finding:
    count = _pending()
    if count:
        text = _("%(count)s perubahan belum diterapkan.") % {"count": count}
        return Finding("migrations", State.BAD, text)
    return Finding("migrations", State.OK, _("Sesuai dengan versi portal."))


# Once no migration waits, none will while this process lives.
applied = threading.Event()


def _pending() -> int:
    if applied.is_set():
        return 0
    executor = MigrationExecutor(connection)
    count = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if count == 0:
        applied.set()
    return count


def queue() -> Finding:
    now = timezone.now()
    waiting = Q(state=Job.State.QUEUED, due_at__lte=now)
    seen = Job.objects.exclude(state=Job.State.DONE).aggregate(
        oldest=Min("due_at", filter=waiting),
        waiting=Count("pk", filter=waiting),
        running=Count("pk", filter=Q(state=Job.State.RUNNING)),
        failed=Count(
            "pk",
            filter=Q(state=Job.State.FAILED, finished_at__gte=now - timedelta(days=1)),
        ),
    )
    age = now - seen["oldest"] if seen["oldest"] else timedelta()
    state = by_age(age, warn=timedelta(minutes=2), bad=timedelta(minutes=10))
    if seen["failed"] and state == State.OK:
        state = State.WARN
    words = {
        name: dates.number(seen[name]) for name in ("waiting", "running", "failed")
    }
    text = _(
        "%(waiting)s menunggu, %(running)s dikerjakan, %(failed)s gagal dalam sehari."
    )
    if seen["oldest"]:
        text += " " + _("Yang tertua menunggu %(age)s.")
        words["age"] = span(age)
    figures = {
        "queue_age_seconds": age.total_seconds(),
        "jobs_waiting": seen["waiting"],
        "jobs_running": seen["running"],
        "jobs_failed_today": seen["failed"],
    }
    return Finding("queue", state, text % words, figures)


def heartbeats() -> list[Finding]:
    """Of the worker, of beat, of the last backup, of the archive, and of a recount."""
    known = backups.known()
    at = known.at
    minutes = timedelta(minutes=5)
    return [
        _heartbeat("worker", at, warn=timedelta(seconds=100), bad=minutes),
        _heartbeat("beat", at, warn=timedelta(seconds=60), bad=minutes),
        _backup(at),
        archive(known),
        _tallies(at),
    ]


def _heartbeat(part: str, at: dict, *, warn: timedelta, bad: timedelta) -> Finding:
    if part not in at:
        text = _("Belum pernah memberi tanda hidup.")
        return Finding(part, State.BAD, text)
    age = timezone.now() - at[part]
    text = _("Tanda hidup terakhir %(age)s yang lalu.") % {"age": span(age)}
    figures = {f"{part}_silent_seconds": age.total_seconds()}
    return Finding(part, by_age(age, warn=warn, bad=bad), text, figures)


def _backup(at: dict) -> Finding:
    """A first look has nothing to lose."""
    now, figures = timezone.now(), {}
    if backups.GOOD in at:
        age = now - at[backups.GOOD]
        state = by_age(age, warn=backups.LATE, bad=timedelta(days=7))
        text = _("Yang terakhir %(age)s yang lalu.") % {"age": span(age)}
        figures = {"backup_age_seconds": age.total_seconds()}
    else:
        state = State.OK if settings.FIRST_LOOK else State.WARN
        text = _("Belum pernah dicatat.")
    if backups.has_failed(at):
        state, words = State.BAD, {"age": span(now - at[backups.FAILED])}
        text += " " + _("Cadangan %(age)s yang lalu gagal dibuat.") % words
    if backups.is_behind(at, now):
        state, words = State.BAD, {"age": span(now - at[backups.DOCUMENTS])}
        text += " " + _("Berkas terakhir disalin %(age)s yang lalu.") % words
    return Finding("backup", state, text, figures)


def archive(known: backups.Known) -> Finding:
    """What PostgreSQL writes, kept piece by piece between two backups."""
    now, until = timezone.now(), known.until
    if not known.archives:
        text = _("Tidak dipakai; data kembali ke saat cadangan terakhir.")
        return Finding("archive", State.OK, text)
    text, figures = _("Belum ada potongan."), {}
    if until:
        text = _("Potongan terakhir %(age)s yang lalu.") % {"age": span(now - until)}
        figures = {"archive_age_seconds": (now - until).total_seconds()}
    if not known.fails:
        return Finding("archive", State.OK, text, figures)
    state = State.BAD if backups.is_stuck(until, known.fails, now) else State.WARN
    return Finding("archive", state, _("Gagal.") + " " + text, figures)


def _tallies(at: dict) -> Finding:
    """The sums by month, which are compared with the records every night."""
    now, figures = timezone.now(), {}
    if TALLIES not in at:
        state, text = State.WARN, _("Belum pernah dihitung ulang.")
    else:
        age = now - at[TALLIES]
        state = by_age(age, warn=backups.LATE, bad=timedelta(days=7))
        text = _("Dihitung ulang %(age)s yang lalu.") % {"age": span(age)}
        figures = {"tallies_checked_seconds_ago": age.total_seconds()}
    if TALLIES_MENDED in at and now - at[TALLIES_MENDED] < timedelta(days=7):
        state = max(state, State.WARN, key=list(State).index)
        words = {"age": span(now - at[TALLIES_MENDED])}
        text += " " + _("Selisih dibetulkan %(age)s yang lalu.") % words
    return Finding("tallies", state, text, figures)


def mail() -> Finding:
    now = timezone.now()
    seen = Notice.objects.to_mail(now).aggregate(
        count=Count("pk"),
        oldest=Min("due_at"),
        failed=Count("pk", filter=Q(mail_failures__gt=0)),
    )
    text = _("%(count)s menunggu, %(failed)s pernah gagal dikirim.") % {
        "count": dates.number(seen["count"]),
        "failed": dates.number(seen["failed"]),
    }
    if not seen["failed"]:
        return Finding("mail", State.OK, text)
    age = now - seen["oldest"]
    state = by_age(age, warn=timedelta(0), bad=timedelta(hours=6))
    return Finding("mail", state, text)


def changes() -> Finding:
    held = OfficeChange.objects.planned().exclude(refusal="").count()
    if not held:
        return Finding("changes", State.OK, _("Tidak ada yang tertahan."))
    text = _("%(count)s perubahan tidak dapat berlaku pada harinya.") % {"count": held}
    return Finding("changes", State.WARN, text)


def trail() -> Finding:
    last, now = Inspection.objects.newest(), timezone.now()
    if last is None:
        return Finding("trail", State.WARN, _("Belum pernah diperiksa."))
    if last.any_unsettled:
        text = _("Pemeriksaan menemukan baris yang tidak utuh.")
        return Finding("trail", State.BAD, text)
    if audit.overdue(last, now):
        text = _("Pemeriksaan malam terlambat; yang terakhir %(age)s yang lalu.")
        state = State.BAD
    else:
        text, state = _("Utuh; diperiksa %(age)s yang lalu."), State.OK
    age = now - last.finished_at
    figures = {"trail_checked_seconds_ago": age.total_seconds()}
    return Finding("trail", state, text % {"age": span(age)}, figures)
