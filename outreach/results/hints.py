"""What a verifier might wish to look at twice, no walls: what he alone sees, and what
the author was asked and answered."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from outreach.activities.models import Activity
from outreach.evidence.models import Evidence
from outreach.results.questions import NAMED, near, showing

Status = Activity.Status


def hints(activity: Activity) -> Iterator[str]:
    if not activity.correction:
        yield from _late(activity)
    if not any(count.number for count in activity.counts.all()):
        yield _("Tidak ada penerima manfaat yang dihitung.")
    present = [item for item in activity.evidence.all() if item.is_present]
    photos = [item for item in present if item.kind == Evidence.Kind.PHOTO]
    if not present:
        yield _("Tidak ada foto dan tidak ada daftar hadir.")
    elif not photos:
        yield _("Tidak ada foto; buktinya hanya daftar hadir.")
    answered = list(activity.hint_answers.all())
    for row in answered:
        yield format_html(_("{} Jawaban pelapor: {}"), row.asked, row.answer)
    # Another one may have shown it since.
    is_answered = any(row.code == "photo" for row in answered)
    yield from _like_it(activity, [] if is_answered else photos)


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
    shown, at_once = showing(photos), _at_once(activity)
    same = near(activity).filter(at_once).order_by().values("pk")
    rows = near(activity).filter(pk__in=same.union(shown))
    others = list(rows.annotate(at_once=at_once, shows=Q(pk__in=shown)))
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


def _linked(activities) -> SafeString:
    return format_html_join(
        ", ",
        '<a href="{}">{}</a>',
        ((each.get_absolute_url(), each.title) for each in activities[:NAMED]),
    )
