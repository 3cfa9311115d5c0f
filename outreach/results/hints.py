"""What a verifier might wish to look at twice: questions about a report, no walls."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
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
    yield from _at_once(activity)
    yield from _shown_before(activity, photos)


def _late(activity):
    """Handed in first after the days that a planned activity has for it."""
    first = activity.events.filter(status=Status.REPORTED).order_by("pgh_id").first()
    if first is None:
        return
    handed_in, over = (
        timezone.localdate(moment, activity.zone)
        for moment in (first.status_since, activity.ends_at)
    )
    days = (handed_in - over).days
    if days > Activity.STEPS.turn_at(Status.PLANNED).days:
        yield _("Dilaporkan %(days)s hari sesudah selesai.") % {"days": days}


def _at_once(activity):
    """Another one with the same company, at an hour and a place that both have."""
    company = Q(partners__in=activity.partners.all())
    if activity.group_id:
        company |= Q(group=activity.group_id)
    others = _others(activity).filter(
        company,
        held_on=activity.held_on,
        starts_at__lt=activity.ends_at,
        ends_at__gt=activity.starts_at,
        place__iexact=activity.place,
    )
    if others := others.distinct():
        words = _("Tercatat juga dengan mitra, tempat, dan waktu yang sama: {}.")
        yield format_html(words, _linked(others))


def _shown_before(activity, photos):
    """The very same photo stands with another activity."""
    prints = {photo.document.sha256 for photo in photos}
    day = activity.held_on
    others = _others(activity).filter(
        held_on__range=(day - AROUND, day + AROUND),
        evidence__in=Evidence.objects.present().filter(document__sha256__in=prints),
    )
    if prints and (others := others.distinct()):
        words = _("Foto yang sama dipakai juga pada: {}.")
        yield format_html(words, _linked(others))


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
