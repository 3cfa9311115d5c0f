"""What a verifier might wish to look at twice: questions about a report, no walls."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from outreach.activities.models import Activity
from outreach.evidence.models import Evidence

Status = Activity.Status
# The same photo is looked for among the activities of so long before and after.
AROUND = timedelta(days=366)
NAMED = 3


def hints(activity: Activity) -> Iterator[str]:
    if not activity.correction:
        yield from _late(activity)
    if not any(count.number for count in activity.counts.all()):
        yield _("Tidak ada penerima manfaat yang dihitung.")
    photos = [
        item
        for item in activity.evidence.all()
        if item.is_present and item.kind == Evidence.Kind.PHOTO
    ]
    if not photos:
        yield _("Tidak ada foto; buktinya hanya daftar hadir.")
    yield from _like_it(activity, photos)


def _late(activity):
    """Handed in first after the days that a planned activity has for it."""
    handed_in, over = (
        timezone.localdate(moment, activity.zone)
        for moment in (activity.first_reported_at, activity.ends_at)
    )
    days = (handed_in - over).days
    if days > Activity.STEPS.turn_at(Status.PLANNED).days:
        yield _("Dilaporkan %(days)s hari sesudah selesai.") % {"days": days}


def _like_it(activity, photos):
    """Others held at once with it, and others that show the very same photo."""
    day = activity.held_on
    near = _others(activity).filter(held_on__range=(day - AROUND, day + AROUND))
    rows = near.annotate(at_once=_at_once(activity), shows=_shows(photos))
    others = list(rows.filter(Q(at_once=True) | Q(shows=True)))
    if same := [other for other in others if other.at_once]:
        words = _("Tercatat juga dengan mitra, tempat, dan waktu yang sama: {}.")
        yield format_html(words, _linked(same))
    if same := [other for other in others if other.shows]:
        words = _("Foto yang sama dipakai juga pada: {}.")
        yield format_html(words, _linked(same))


def _at_once(activity) -> Q:
    """With the same company, at an hour and a place that both have."""
    partners = Activity.partners.through.objects.filter(
        activity=OuterRef("pk"), partner__in=activity.partners.all()
    )
    company = Q(Exists(partners))
    if activity.group_id:
        company |= Q(group=activity.group_id)
    return company & Q(
        held_on=activity.held_on,
        starts_at__lt=activity.ends_at,
        ends_at__gt=activity.starts_at,
        place__iexact=activity.place,
    )


def _shows(photos) -> Exists:
    prints = {photo.document.sha256 for photo in photos}
    return Exists(
        Evidence.objects.present().filter(
            activity=OuterRef("pk"), document__sha256__in=prints
        )
    )


def _others(activity):
    """Of the same unit, so that who judges may open them; not what it corrects."""
    rows = Activity.objects.filter(office=activity.office_id, superseded_on=None)
    rows = rows.exclude(status=Status.CANCELLED).order_by("held_on", "pk")
    return rows.exclude(pk__in=[activity.pk, activity.corrects_id or activity.pk])


def _linked(activities) -> SafeString:
    return format_html_join(
        ", ",
        '<a href="{}">{}</a>',
        ((each.get_absolute_url(), each.title) for each in activities[:NAMED]),
    )
