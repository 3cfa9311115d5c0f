"""People are registered, come and are noted; sessions get their outcome."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.plans import services as plans
from outreach.presence import codes, people
from outreach.presence.models import Outcome, Participant, SessionResult
from outreach.series.services import Reach, reached
from partners.models import Volunteer
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.notices.telling import tell
from pokmas.words import dates

Status = Activity.Status
# What is settled takes no more names.
SETTLED = (Status.LOCKED, Status.CANCELLED)
# So many names a refusal tells.
NAMED = 5

FOR_ONE = _("%(day)s di %(place)s. Tunjukkan kode kehadiran Anda saat datang.")
FOR_SEVERAL = _(
    "%(count)s sesi mulai %(day)s di %(place)s. Tunjukkan kode kehadiran Anda setiap "
    "kali datang."
)


@transaction.atomic
def register(
    activity: Activity,
    *,
    officers: Iterable[User] = (),
    representatives: Iterable[User] = (),
    volunteers: Iterable[Volunteer] = (),
    reach: str = Reach.THIS,
    by: User,
) -> int:
    """Put people on the list of the activity, and of the other sessions of its series
    that this reaches; how many are new there. Each is told once."""
    asked = (list(officers), list(representatives), list(volunteers))
    sessions = [activity]
    if reach != Reach.THIS:
        sessions += reached(activity, reach, by).select_related("office__parent")
    new = {}
    for session in sorted(sessions, key=lambda each: each.pk):
        for row in _listed(session, *asked, by=by):
            person = row.volunteer.user if row.volunteer else row.user
            new.setdefault((row.user_id, row.volunteer_id), person)
    if new:
        tell(
            activity,
            "registered",
            set(new.values()),
            _("Anda didaftarkan pada kegiatan: %(name)s"),
            FOR_SEVERAL if len(sessions) > 1 else FOR_ONE,
            by=by,
            leads_to=reverse("outreach:mine"),
            count=dates.number(len(sessions)),
            day=lambda: dates.date_full(min(each.held_on for each in sessions)),
            place=activity.place,
        )
    return len(new)


def _listed(activity, officers, representatives, volunteers, *, by):
    """Those who are new on its list; of partners who take part in it."""
    _hold(activity, by)
    known = set(activity.participants.values_list("user", "volunteer"))
    acting = set(
        people.representatives(activity).filter(
            pk__in=[each.pk for each in representatives]
        )
    )
    rows = [
        row
        for row in people.as_participants(
            activity,
            officers,
            [each for each in representatives if each in acting],
            volunteers,
        )
        if (row.user_id, row.volunteer_id) not in known
    ]
    for row in rows:
        row.registered_by = by
    Participant.objects.bulk_create(rows)
    if rows:
        Entry.record(by, "activity.registered", activity, number=len(rows))
    return rows


@transaction.atomic
def join(activity: Activity, *, by: User) -> None:
    """A volunteer, or who acts for a partner that takes part, comes of his own."""
    _hold(activity, None)
    if activity.participants.of_person(by).exists():
        return
    row = people.himself(activity, by)
    if row is None:
        raise ValidationError(
            _(
                "Yang dapat mendaftar sendiri ialah Sahabat unit ini dan wakil mitra "
                "yang ikut serta."
            )
        )
    if not codes.is_ahead(activity):
        raise ValidationError(_("Kegiatan ini sudah selesai."))
    row.registered_by = by
    row.save()
    Entry.record(by, "activity.joined", activity)


@transaction.atomic
def unregister(participant: Participant, *, by: User) -> None:
    """Take somebody off the list of whom nothing is noted."""
    _hold(participant.activity, by)
    rows = Participant.objects.select_for_update().filter(pk=participant.pk)
    stored = rows.first()
    if stored is None:
        return
    if not stored.is_open:
        raise ValidationError(
            _("Kehadirannya sudah dicatat; namanya tetap dalam daftar.")
        )
    stored.delete()
    Entry.record(by, "activity.unregistered", participant.activity)


@transaction.atomic
def mark(
    activity: Activity,
    answers: Mapping[int, Outcome],
    *,
    by: User,
    known: Mapping[int, int | None] | None = None,
) -> int:
    """Note of several people at once whether they came; how many it changed.

    What is `known` of them is compared: nobody's answer is written over unseen.
    """
    _hold(activity, by)
    if activity.held_on > timezone.localdate(timezone=activity.zone):
        raise ValidationError(
            _("Kegiatan ini baru dimulai pada %(day)s; catat kehadirannya sesudahnya."),
            params={"day": dates.date_long(activity.held_on)},
        )
    rows = activity.participants.select_for_update().filter(pk__in=answers)
    changed = [row for row in rows if row.outcome_id != answers[row.pk].pk]
    if known is not None:
        _refuse_unseen([row for row in changed if row.outcome_id != known[row.pk]])
    for row in changed:
        row.outcome, row.marked_by = answers[row.pk], by
    Participant.objects.bulk_update(changed, ["outcome", "marked_by"])
    if changed:
        Entry.record(by, "activity.attended", activity, number=len(changed))
    return len(changed)


def _refuse_unseen(rows) -> None:
    if rows:
        raise ValidationError(
            _(
                "Kehadiran %(names)s sudah dicatat orang lain sesudah halaman ini "
                "dibuka. Periksa lagi, lalu simpan."
            ),
            params={"names": ", ".join(str(row) for row in rows[:NAMED])},
        )


@transaction.atomic
def scan(participant: Participant, *, by: User) -> str:
    """Note on the spot that somebody is there; says when it was noted before."""
    activity = participant.activity
    _hold(activity, None if participant.account_id == by.pk else by)
    codes.check_day(activity)
    # Another may have scanned, or taken him off, meanwhile.
    rows = Participant.objects.select_for_update(of=("self",)).filter(pk=participant.pk)
    stored = rows.select_related("user", "volunteer").first()
    if stored is None:
        raise ValidationError(codes.UNKNOWN)
    words = {"name": str(stored)}
    if stored.scanned_at is not None:
        words["at"] = _clock(stored.scanned_at, activity)
        return _("%(name)s sudah tercatat %(at)s.") % words
    stored.scanned_at, stored.marked_by = timezone.now(), by
    stored.outcome = Outcome.objects.came()
    stored.save(update_fields=["scanned_at", "marked_by", "outcome"])
    Entry.record(by, "activity.scanned", activity)
    words["at"] = _clock(stored.scanned_at, activity)
    return _("%(name)s hadir, tercatat %(at)s.") % words


@transaction.atomic
def note_outcome(activity: Activity, outcome: Outcome, *, by: User) -> None:
    """Say how a past session went; one that was called off is cancelled so."""
    activity.lock()
    if activity.status != Status.PLANNED:
        raise ValidationError(_("sudah dilaporkan atau dibatalkan."))
    if activity.ends_at > timezone.now():
        raise ValidationError(_("belum selesai."))
    activity.refuse_elsewhere(by)
    if outcome.cancels:
        plans.cancel(activity, reason=outcome.name, by=by)
    _keep(activity, by, outcome=outcome)
    Entry.record(by, "activity.outcome", activity, outcome=outcome.name)


def note_outcomes(
    answers: Mapping[Activity, Outcome], *, by: User
) -> tuple[int, list[str]]:
    """The same of several; how many were noted, and why not the others."""
    refusals = []
    for activity, outcome in answers.items():
        try:
            note_outcome(activity, outcome, by=by)
        except ValidationError as refusal:
            refusals.append(f"{activity.title}: {' '.join(refusal.messages)}")
    return len(answers) - len(refusals), refusals


def keep_list_place(activity: Activity, place: str, *, by: User) -> None:
    """Where the unit keeps the signed list of those served; never the list itself."""
    _keep(activity, by, list_kept_at=place)


def _keep(activity, by, **said):
    SessionResult.objects.update_or_create(
        activity=activity, defaults={"noted_by": by, **said}
    )


def _hold(activity, by):
    """Nobody else writes down who is there meanwhile; `by` whom, if not of himself."""
    activity.lock()
    if activity.status in SETTLED:
        raise ValidationError(
            _("Kegiatan ini sudah dikunci atau dibatalkan; pesertanya tetap.")
        )
    if by is not None:
        activity.refuse_elsewhere(by)


def _clock(moment, activity) -> str:
    return dates.clock(timezone.localtime(moment, activity.zone))
