"""What the tests of the whole house must know of this room."""

from django.utils import timezone

from outreach.models import News, Recipient
from tests.house.access import (
    DUTA,
    HEAD,
    HQ,
    KANWIL,
    OFFICERS,
    OPERATOR,
    form,
    get,
)

ACCESS = {
    "outreach:news": get(OFFICERS, "news"),
    "outreach:write": form({OPERATOR, DUTA, HEAD, KANWIL, HQ}, "activity"),
}
MARKED = {"news": ["subject", "text"]}


def rows(world):
    now = timezone.now()
    news = News.objects.create(
        activity=world.records["activity"],
        kind=News.Kind.LETTER,
        subject="Mohon membawa alat tulis",
        text="Kami tunggu pukul delapan.",
        due_at=now,
        told_at=now,
    )
    person = world.people[OPERATOR]
    Recipient.objects.create(news=news, user=person, name=person.full_name)
    return {"news": news}
