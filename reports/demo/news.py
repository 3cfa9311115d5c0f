"""What those who come to the next activities of the demo logins' unit were told."""

from datetime import timedelta

from django.utils import timezone

from outreach.models import Activity, News
from outreach.told.services import deliver
from pokmas.accounts.roles import Role
from reports.demo.people import KUPANG
from reports.demo.world import World

SUBJECT = "Mohon hadir setengah jam sebelum mulai"
TEXT = "Kami tunggu di depan ruangan. Mohon membawa alat tulis dan air minum sendiri."


def build(world: World) -> None:
    unit = world.offices[KUPANG]
    operator = world.who(unit, Role.UNIT_OPERATOR)
    ahead = Activity.objects.filter(
        office=unit, status="planned", starts_at__gt=timezone.now()
    )
    for activity in ahead.select_related("office").order_by("starts_at")[:2]:
        told_at = world.moment(world.today - timedelta(days=1))
        news = News.objects.create(
            activity=activity,
            kind=News.Kind.LETTER,
            subject=SUBJECT,
            text=TEXT,
            due_at=told_at,
            told_at=told_at,
            created_by=operator,
            created_at=told_at,
        )
        deliver(news, "%(subject)s", "%(text)s", subject=SUBJECT, text=TEXT)
        world.note(activity, "activity.written", operator, Role.UNIT_OPERATOR, told_at)
