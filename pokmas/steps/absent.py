"""Why the button that the turn asks for does not stand there for this very person."""

from datetime import timedelta

from django.utils.translation import gettext as _

from pokmas.accounts.models import Assignment, User
from pokmas.accounts.roles import roles_with
from pokmas.offices.models import Office
from pokmas.records.lifecycle import Lifecycle
from pokmas.records.steps import Words
from pokmas.words import dates

# Of a post that he had for a time and that is over by so many days nobody is reminded.
REMEMBERED = timedelta(days=90)


def why_absent(record: Lifecycle, user: User) -> Words:
    """A sentence for whoever holds, held or will hold the right; else nothing: the turn
    card says who must act."""
    step = record.awaited
    if step is None:
        return ""
    if record.may(user, step):
        return record.refusal(step, user) or ""
    if user.acting is None or not user.acting.is_staff:
        return ""
    posts = list(_other_posts(record, step, user))
    if not posts:
        return ""
    said = [_sentence(record, post) for post in posts]
    return record.refusal(step, user) or next(filter(None, said), "")


def _other_posts(record, step, user):
    """Where else he has the right, those that hold now first."""
    permission = record.permission_of(step)
    roles = roles_with(permission, user.role_changes)
    roles = record.exercised_by(permission, roles)
    since = record.office.today - REMEMBERED
    posts = user.assignments.filter(role__in=roles).exclude(pk=user.acting.pk)
    posts = posts.exclude(ends_on__lt=since).select_related("office")
    return sorted(posts, key=lambda post: (post.is_over, not post.is_current, -post.pk))


def _sentence(record, post: Assignment) -> str:
    if not post.office.is_above(record.office):
        if not post.is_current:
            return ""
        return _("Sebagai %(post)s Anda tidak berwenang atas %(office)s.") % {
            "post": post,
            "office": record.office,
        }
    if post.is_current:
        return _(
            "Langkah ini dapat Anda lakukan sebagai %(post)s: pilih peran itu di atas "
            "halaman."
        ) % {"post": post}
    if post.capacity == Office.Capacity.DEFINITIVE:
        return ""
    if post.is_over:
        day = dates.date_long(post.ends_on)
        return _("Masa Anda sebagai %(post)s berakhir %(day)s.") % {
            "post": post,
            "day": day,
        }
    day = dates.date_long(post.starts_on)
    return _("Masa Anda sebagai %(post)s baru mulai %(day)s.") % {
        "post": post,
        "day": day,
    }
