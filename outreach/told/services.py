"""Those who take part are told: at once, or of several changes together."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.told import people
from outreach.told.models import News, Recipient
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.notices.services import notify

Kind = News.Kind
# Whoever corrects himself within this time tells people once.
WAIT = timedelta(minutes=5)


@transaction.atomic
def announce(
    activity: Activity,
    kind: str,
    title: str | Promise,
    body: str | Promise,
    *,
    by: User,
    **words: str | Promise | Callable,
) -> News:
    """Tell all who take part at once; a change that waits is told with it or never."""
    if kind != Kind.PLANNED:
        News.objects.waiting().filter(activity=activity).delete()
    now = timezone.now()
    news = News.objects.create(
        activity=activity, kind=kind, due_at=now, told_at=now, created_by=by
    )
    deliver(news, title, body, reason=activity.reason, **words)
    return news


def note_move(before: Activity, activity: Activity, *, by: User) -> None:
    """Tell of another day, hour or place, but not before `WAIT` is over: what is
    changed meanwhile is told as one. What has begun already is no news."""
    now = timezone.now()
    if activity.status != Activity.Status.PLANNED:
        return
    if max(before.starts_at, activity.starts_at) <= now:
        return
    waiting = News.objects.waiting().select_for_update().filter(activity=activity)
    if (news := waiting.first()) is not None:
        news.due_at, news.created_by = now + WAIT, by
        news.save(update_fields=["due_at", "created_by"])
        return
    news = News(
        activity=activity,
        kind=Kind.MOVED,
        was_starts_at=before.starts_at,
        was_ends_at=before.ends_at,
        was_place=before.place,
        due_at=now + WAIT,
        created_by=by,
    )
    if news.moves(activity):
        news.save()


def tell_of_moves(now: datetime | None = None) -> int:
    """Tell what has waited long enough; returns of how many activities."""
    due = News.objects.waiting().filter(due_at__lte=now or timezone.now())
    return sum(_tell_of_move(pk) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _tell_of_move(pk: int) -> bool:
    rows = News.objects.waiting().select_for_update(of=("self",), skip_locked=True)
    news = rows.select_related("activity__office", "created_by").filter(pk=pk).first()
    if news is None:
        return False
    activity = news.activity
    moves = news.moves(activity)
    if not moves or activity.status != Activity.Status.PLANNED:
        news.delete()
        return False
    news.said = _arrows(moves)
    news.told_at = timezone.now()
    news.save(update_fields=["said", "told_at"])
    deliver(
        news,
        _("Kegiatan berubah: %(name)s"),
        "%(moves)s",
        moves=lambda: _arrows(news.moves(activity)),
    )
    return True


def _arrows(moves: list[tuple[str, str]]) -> str:
    return "\n".join(f"{was} → {now}" for was, now in moves)


@transaction.atomic
def write(activity: Activity, *, subject: str, text: str, by: User) -> str:
    """A letter of the organiser to all who take part."""
    activity.begin("write", by=by)
    activity.touch()
    now = timezone.now()
    news = News.objects.create(
        activity=activity,
        kind=Kind.LETTER,
        subject=subject,
        text=text,
        due_at=now,
        told_at=now,
        created_by=by,
    )
    told = deliver(news, "%(subject)s", "%(text)s", subject=subject, text=text)
    Entry.record(by, "activity.written", activity, subject=subject, people=len(told))
    return _("Pesan disampaikan. Yang tanpa akun ditandai di bawah.")


def deliver(
    news: News, title: str | Promise, body: str | Promise, **words: str | Callable
) -> list[people.Person]:
    """Tell all but who brought it about, and keep who they were."""
    activity = news.activity
    told = people.of(activity, without=news.created_by)
    Recipient.objects.bulk_create(
        Recipient(
            news=news,
            user=person.user,
            partnership=person.partnership,
            name=person.name[:150],
            affiliation=person.affiliation[:200],
        )
        for person in told
    )
    for place in {person.leads_to for person in told}:
        notify(
            [each.user for each in told if each.user and each.leads_to == place],
            kind=f"activity.{news.kind}",
            title=title,
            body=body,
            words={"name": activity.title, "office": activity.office, **words},
            about=activity,
            url=place,
            due_at=news.told_at,
            key=news.key,
        )
    return told
