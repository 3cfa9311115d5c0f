"""Who is told of a step, and in what words."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from outreach.models import Activity
from pokmas import dates
from pokmas.accounts.models import User
from pokmas.accounts.roles import Role
from pokmas.notices.services import holders, notify

# Title and text of each step.
TEXTS = {
    "planned": (
        _("Kegiatan direncanakan: %(title)s"),
        _("%(day)s di %(place)s."),
    ),
    "cancelled": (_("Kegiatan dibatalkan: %(title)s"), "%(reason)s"),
    "reported": (
        _("Laporan kegiatan menunggu verifikasi: %(title)s"),
        _("%(day)s, %(served)s orang terlayani. Periksa angka dan buktinya."),
    ),
    "returned": (_("Laporan kegiatan perlu perbaikan: %(title)s"), "%(reason)s"),
    "verified": (
        _("Kegiatan diverifikasi: %(title)s"),
        _("Angkanya masuk laporan bulan %(month)s."),
    ),
}


def tell(
    activity: Activity, what: str, people: Iterable[User | None], *, by: User
) -> None:
    """Tell everybody concerned but the person who did it; each step once."""
    others = {person.pk: person for person in people if person and person != by}
    with translation.override(settings.LANGUAGE_CODE):
        title, body = TEXTS[what]
        words = {
            "title": activity.title,
            "day": dates.date_full(activity.held_on),
            "place": activity.place,
            "month": dates.month_year(activity.held_on),
            "reason": activity.reason,
            "served": dates.number(Activity.objects.filter(pk=activity.pk).served()),
        }
        title, body = title % words, body % words
    notify(
        others.values(),
        kind=f"activity.{what}",
        title=title,
        body=body,
        about=activity,
        key=f"activity.{what}:{activity.pk}:{activity.revision}",
    )


def operators(activity: Activity) -> Iterable[User]:
    return holders(Role.UNIT_OPERATOR, activity.office)


def heads(activity: Activity) -> Iterable[User]:
    return holders(Role.UNIT_HEAD, activity.office)


def representatives(activity: Activity) -> Iterable[User]:
    """Who acts for the partners that take part."""
    return User.objects.filter(
        representations__partner__in=activity.partners.values("pk"),
        representations__ended_on=None,
    ).distinct()
