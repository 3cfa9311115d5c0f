"""The words in which a room declares who may open its addresses (its `house.py`)."""

from dataclasses import dataclass
from enum import Enum

from pokmas.accounts.roles import OF_PARTNERS, Role

HQ, KANWIL_HEAD = Role.HEADQUARTERS, Role.REGIONAL_HEAD
KANWIL, REVIEWER = Role.REGIONAL_ADMIN, Role.REGIONAL_REVIEWER
HEAD, OPERATOR, DUTA = Role.UNIT_HEAD, Role.UNIT_OPERATOR, Role.AMBASSADOR
PARTNER, VOLUNTEER = Role.PARTNER, Role.VOLUNTEER
# Who acts for a partner: whoever writes for it, and whoever follows it.
PARTNER_WRITERS, PARTNERS = {*OF_PARTNERS[:2]}, {*OF_PARTNERS}

OFFICERS = {HQ, KANWIL_HEAD, KANWIL, REVIEWER, HEAD, OPERATOR, DUTA}
EVERYBODY = {*OFFICERS, *PARTNERS, VOLUNTEER}
WITH_PARTNER = {*OFFICERS, *PARTNERS}
# Whoever holds activities: units, and a Kanwil and headquarters their own.
PLANNERS = {OPERATOR, DUTA, KANWIL, HQ, *PARTNER_WRITERS}
WATCHERS = {HQ, KANWIL_HEAD, KANWIL, HEAD}


class Who(Enum):
    PUBLIC = "anybody, signed in or not"


@dataclass(frozen=True)
class Access:
    """Which roles get in; `on` names the records of the world the address is about.

    The records belong to unit A: roles of A's branch see them, strangers get 404.
    """

    roles: frozenset | Who
    on: tuple[str, ...] = ()
    methods: tuple[str, ...] = ("get",)
    # Records of the person himself, or the same for everybody: no strangers.
    personal: bool = False
    # Leads elsewhere: a sign-out, or a sign-in without its first half.
    leaves: bool = False


def get(roles, *on, **more):
    roles = roles if isinstance(roles, Who) else frozenset(roles)
    return Access(roles, on, **more)


def form(roles, *on, **more):
    """A page that is read and sent."""
    return get(roles, *on, methods=("get", "post"), **more)


def post(roles, *on, **more):
    return get(roles, *on, methods=("post",), **more)


PUBLIC = Who.PUBLIC
