"""What is said about a text, sorted by the Pasal that it is about today."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.discussion.models import TextComment
from agreements.discussion.people import callable_by, ids_of
from agreements.register.models import Agreement
from agreements.texts.articles import Article
from agreements.texts.compare import changes_between
from agreements.texts.models import TextVersion
from pokmas.accounts.models import User

GONE = "-"


@dataclass
class Thread:
    head: TextComment
    replies: list[TextComment] = field(default_factory=list)


@dataclass
class Place:
    """A Pasal with its threads; "" is the whole text, GONE what has no place now."""

    number: str
    article: Article | None
    threads: list[Thread] = field(default_factory=list)

    @property
    def name(self) -> str:
        if self.article:
            return self.article.name
        return _("Pasal yang sudah dihapus") if self.number == GONE else _("Umum")

    @property
    def heading(self) -> str:
        return self.article.heading if self.article else ""

    @property
    def open(self) -> list[Thread]:
        return [thread for thread in self.threads if not thread.head.is_resolved]


def places_of(
    agreement: Agreement, user: User, latest: TextVersion | None
) -> list[Place]:
    """Every Pasal of the newest version in order, with what `user` may read of it."""
    if latest is None:
        return []
    articles = latest.content.parts
    places = [Place("", None), *(Place(each.number, each) for each in articles)]
    by_number = {place.number: place for place in places}
    gone = Place(GONE, None)
    rows = list(agreement.text_comments.visible_to(user).for_list())
    _say_who_was_called(rows, agreement, user)
    threads = threads_of(rows)
    moved = {
        version: _moved(version, latest)
        for version in {thread.head.version for thread in threads}
    }
    for thread in threads:
        number = thread.head.article
        number = moved[thread.head.version].get(number, GONE) if number else ""
        by_number.get(number, gone).threads.append(thread)
    return [*places, *([gone] if gone.threads else [])]


def _say_who_was_called(rows, agreement, user):
    """By name to officers; to a partner only those whom he may know of."""
    calling = [row for row in rows if row.calls]
    prefetch_related_objects(calling, "called")
    called = {person.pk for row in calling for person in row.called.all()}
    if called and not user.acting.is_staff:
        called &= {user.pk, *ids_of(callable_by(user, agreement))}
    for row in rows:
        people = row.called.all() if row.calls else ()
        row.told = [str(each) for each in people if each.pk in called]


def cautions_of(agreement: Agreement) -> list[str]:
    """What an officer should know before the text goes on."""
    heads = agreement.text_comments.filter(reply_to=None, resolved_at=None)
    if not (count := heads.count()):
        return []
    words = ngettext(
        "Masih ada %(count)s komentar naskah yang belum selesai.",
        "Masih ada %(count)s komentar naskah yang belum selesai.",
        count,
    )
    return [words % {"count": count}]


def threads_of(rows: Iterable[TextComment]) -> list[Thread]:
    found = {}
    for row in rows:
        if row.reply_to_id is None:
            found[row.pk] = Thread(row)
        elif row.reply_to_id in found:
            found[row.reply_to_id].replies.append(row)
    return list(found.values())


def _moved(version: TextVersion, latest: TextVersion) -> dict[str, str]:
    """Number of a Pasal in that version → its number in the newest one."""
    if version.pk == latest.pk:
        return {each.number: each.number for each in latest.content.parts}
    return {
        change.old.number: change.new.number
        for change in changes_between(version, latest)
        if change.old and change.new and change.old.number
    }
