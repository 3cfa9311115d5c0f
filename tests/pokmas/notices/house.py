"""What the tests of the whole house must know of this room."""

from pokmas.notices.models import Notice
from tests.house.access import EVERYBODY, HEAD, OPERATOR, PUBLIC, form, get, post

ACCESS = {
    "notices:index": get(EVERYBODY),
    "notices:read_all": post(EVERYBODY),
    "notices:open": get(EVERYBODY, "own_notice", personal=True),
    "notices:read": post(EVERYBODY, "own_notice", personal=True),
    "notices:preferences": form(EVERYBODY),
    "notices:unsubscribe": form(PUBLIC, "token"),
    "notices:whatsapp": get({HEAD, OPERATOR}, "model", "partnership", "message"),
    "notices:open_whatsapp": get({HEAD, OPERATOR}, "model", "partnership", "message"),
}

WORDS = {"model": "partners.partnership", "message": "status"}
ANSWERS = {"notify_by_mail": "weekly"}
CLOSED = {"notices:unsubscribe"}  # asks for a key


def own_notice(user):
    return Notice.objects.get_or_create(
        user=user, key="walk", defaults={"kind": "uji", "title": "Uji", "url": "/"}
    )[0]


OWN = {"own_notice": own_notice}
