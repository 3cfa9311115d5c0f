"""Who may open which address: every route of the portal, declared by hand.

The walk (test_walk.py) compares this table with what the portal answers, for each of
the nine roles and for nobody; a route that is not declared here fails it.
"""

from dataclasses import dataclass
from enum import Enum

from pokmas.accounts.roles import Role

HQ, KANWIL_HEAD = Role.HEADQUARTERS, Role.REGIONAL_HEAD
KANWIL, REVIEWER = Role.REGIONAL_ADMIN, Role.REGIONAL_REVIEWER
HEAD, OPERATOR, DUTA = Role.UNIT_HEAD, Role.UNIT_OPERATOR, Role.AMBASSADOR
PARTNER, VOLUNTEER = Role.PARTNER, Role.VOLUNTEER

OFFICERS = {HQ, KANWIL_HEAD, KANWIL, REVIEWER, HEAD, OPERATOR, DUTA}
EVERYBODY = {*OFFICERS, PARTNER, VOLUNTEER}
WITH_PARTNER = {*OFFICERS, PARTNER}
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

ACCESS = {
    # The front door
    "home": get(PUBLIC),
    "help": get(PUBLIC),
    "help_page": get(PUBLIC, "help_slug"),
    "accessibility": get(PUBLIC),
    "manifest": get(PUBLIC),
    # Django's own view: a GET changes nothing and leads home.
    "set_language": get(PUBLIC, methods=("post", "get")),
    # Signing in (the pages of django-allauth)
    "account_login": form(PUBLIC),
    "account_logout": form(PUBLIC),
    "account_inactive": get(PUBLIC),
    "account_signup": form(PUBLIC),
    "account_email_verification_sent": get(PUBLIC),
    "account_confirm_email": form(PUBLIC, "token"),
    "account_reset_password": form(PUBLIC),
    "account_reset_password_done": get(PUBLIC),
    "account_reset_password_from_key": form(PUBLIC, "uid", "token"),
    "account_reset_password_from_key_done": get(PUBLIC),
    "account_confirm_login_code": form(PUBLIC, leaves=True),
    "mfa_authenticate": form(PUBLIC, leaves=True),
    "mfa_login_webauthn": form(PUBLIC, leaves=True),
    "account_reauthenticate": form(EVERYBODY),
    "account_email": form(EVERYBODY),
    "account_change_password": form(EVERYBODY),
    "account_set_password": form(EVERYBODY),
    "mfa_index": get(EVERYBODY),
    "mfa_reauthenticate": form(EVERYBODY),
    "mfa_activate_totp": form(EVERYBODY),
    "mfa_deactivate_totp": form(EVERYBODY),
    "mfa_view_recovery_codes": get(EVERYBODY),
    "mfa_generate_recovery_codes": form(EVERYBODY),
    "mfa_download_recovery_codes": get(EVERYBODY),
    "mfa_list_webauthn": get(EVERYBODY),
    "mfa_add_webauthn": form(EVERYBODY),
    "mfa_reauthenticate_webauthn": form(EVERYBODY),
    "mfa_remove_webauthn": form(EVERYBODY, "passkey", personal=True),
    "mfa_edit_webauthn": form(EVERYBODY, "passkey", personal=True),
    "usersessions_list": form(EVERYBODY),
    # People
    "accounts:me": get(EVERYBODY),
    "accounts:edit": form(EVERYBODY),
    "accounts:my_history": get(EVERYBODY),
    "accounts:give_consent": post(EVERYBODY),
    "accounts:withdraw_consent": form(EVERYBODY, "own_consent", personal=True),
    "accounts:end_session": post(EVERYBODY, "own_session", personal=True),
    "accounts:end_all_sessions": post(EVERYBODY, leaves=True),
    "accounts:switch": post(EVERYBODY),
    "accounts:second_factor": get(EVERYBODY),
    "accounts:save_codes": post(EVERYBODY),
    "accounts:consent_text": get(PUBLIC, "purpose"),
    "accounts:farewell": get(PUBLIC),
    "accounts:accept": form(PUBLIC, "token"),
    "accounts:resume": get(EVERYBODY),
    "accounts:drop_kept": post(EVERYBODY),
    "accounts:request_index": get(EVERYBODY),
    "accounts:request_create": form(OFFICERS),
    "accounts:request_detail": get({HQ, KANWIL, HEAD, OPERATOR}, "request"),
    "accounts:request_approve": form({HQ, KANWIL, HEAD}, "request"),
    "accounts:request_decline": form({HQ, KANWIL, HEAD}, "request"),
    "accounts:request_withdraw": form({HQ, KANWIL, HEAD, OPERATOR}, "request"),
    "accounts:roles": get(OFFICERS),
    "accounts:change_role": form({HQ}, "role"),
    "accounts:index": get(WATCHERS),
    "accounts:invite": form({HQ, KANWIL, HEAD}),
    "accounts:detail": get(WATCHERS, "colleague"),
    "accounts:history": get(WATCHERS, "colleague"),
    "accounts:invite_again": post({HQ, KANWIL, HEAD}, "colleague"),
    "accounts:assign": form({HQ, KANWIL, HEAD}, "colleague"),
    "accounts:deactivate": post({HQ, KANWIL, HEAD}, "colleague"),
    "accounts:reactivate": post({HQ, KANWIL, HEAD}, "colleague"),
    "accounts:reset_second_factor": post({HQ, KANWIL, HEAD}, "colleague"),
    "accounts:end": form({HQ, KANWIL, HEAD}, "assignment"),
    # Offices
    "offices:index": get(OFFICERS),
    "offices:listing": get(OFFICERS),
    "offices:changes": get(OFFICERS),
    "offices:detail": get(OFFICERS, "office"),
    "offices:edit": form({HQ, KANWIL}, "office"),
    "offices:create": form({HQ, KANWIL}, "office"),
    "offices:area": form({HQ, KANWIL}, "office"),
    "offices:target": get({HQ}, "office", "change_kind"),
    "offices:reorganise": form({HQ}, "office", "change_kind"),
    "offices:cancel": post({HQ}, "office_change"),
    # Audit, jobs, health, notices
    "audit:index": get(WATCHERS),
    "audit:chain": get({HQ}),
    "audit:inspect": post({HQ}),
    "audit:record": get(WITH_PARTNER, "kind", "partner"),
    "jobs:index": get({HQ}),
    "jobs:detail": get({HQ, OPERATOR}, "job"),
    "jobs:progress": get({HQ, OPERATOR}, "job"),
    "jobs:retry": post({HQ, OPERATOR}, "job"),
    "health:live": get(PUBLIC),
    "health:ready": get(PUBLIC),
    "health:status": get({HQ}),
    "notices:index": get(EVERYBODY),
    "notices:read_all": post(EVERYBODY),
    "notices:open": get(EVERYBODY, "own_notice", personal=True),
    "notices:read": post(EVERYBODY, "own_notice", personal=True),
    "notices:preferences": form(EVERYBODY),
    "notices:unsubscribe": form(PUBLIC, "token"),
    "notices:whatsapp": get({HEAD, OPERATOR}, "model", "partner", "message"),
    "notices:open_whatsapp": get({HEAD, OPERATOR}, "model", "partner", "message"),
    # Documents
    "documents:check": form(PUBLIC),
    "documents:check_code": get(PUBLIC, "code"),
    "check_code": get(PUBLIC, "code"),
    "documents:issued": get(OFFICERS, "code"),
    "documents:download": get(WITH_PARTNER, "document", "file_name"),
    "documents:thumbnail": get(WITH_PARTNER, "photo"),
    "documents:view": get(WITH_PARTNER, "document"),
    "documents:page": get(WITH_PARTNER, "document", "page_number", "zoom"),
    # Partners and groups
    "partners:index": get(WITH_PARTNER),
    "partners:start": get(PUBLIC),
    "partners:register": form(EVERYBODY),
    "partners:mine": get(EVERYBODY),
    "partners:create": form({OPERATOR, DUTA}),
    "partners:detail": get(WITH_PARTNER, "partner"),
    "partners:place": form(WITH_PARTNER, "draft"),
    "partners:identity": form(WITH_PARTNER, "draft"),
    "partners:work": form(WITH_PARTNER, "draft"),
    "partners:remove_paper": post(WITH_PARTNER, "draft", "paper"),
    "partners:check": get({OPERATOR, PARTNER}, "draft"),
    "partners:submit": post({OPERATOR, PARTNER}, "draft"),
    "partners:submitted": get(WITH_PARTNER, "partner"),
    "partners:verify": form({OPERATOR}, "submitted"),
    "partners:decide": form({HEAD}, "verifying"),
    "partners:suspend": form({HEAD}, "partner"),
    "partners:resume": form({HEAD}, "partner"),
    "partners:group_index": get(WITH_PARTNER),
    "partners:group_compliance": get(WITH_PARTNER),
    "partners:group_create": form({OPERATOR}),
    "partners:group_detail": get(WITH_PARTNER, "group"),
    "partners:group_change": form({OPERATOR}, "group"),
    "partners:group_add_member": form({OPERATOR}, "group"),
    "partners:group_end_member": form({OPERATOR}, "group", "membership"),
    "partners:group_assess": form({OPERATOR}, "group"),
    "partners:group_withdraw": form({OPERATOR}, "group"),
    "partners:group_establish": form({HEAD}, "group"),
    "partners:group_send_back": form({HEAD}, "group"),
    "partners:group_inaugurate": form({OPERATOR}, "group"),
    "partners:group_rest": form({OPERATOR}, "group"),
    "partners:group_revive": form({OPERATOR}, "group"),
    "partners:group_dissolve": form({HEAD}, "group"),
    # The lists of headquarters
    "reference:home": get({HQ}),
    "reference:index": get({HQ}, "list"),
    "reference:create": form({HQ}, "list"),
    "reference:change": form({HQ}, "list", "field"),
    "reference:archive": post({HQ}, "list", "field"),
    "reference:restore": post({HQ}, "list", "field"),
    # Agreements
    "agreements:index": get(WITH_PARTNER),
    "agreements:create": form({OPERATOR}),
    "agreements:of_partner": get(WITH_PARTNER, "partner"),
    "agreements:end_partner": form({HEAD}, "partner"),
    "agreements:detail": get(WITH_PARTNER, "agreement"),
    "agreements:change": form({OPERATOR}, "agreement"),
    "agreements:discuss": form({OPERATOR}, "agreement"),
    "agreements:submit": form({OPERATOR}, "agreement"),
    "agreements:review": form({REVIEWER}, "agreement"),
    "agreements:sign": form({HEAD}, "agreement"),
    "agreements:suspend": form({HEAD}, "agreement"),
    "agreements:resume": form({HEAD}, "agreement"),
    "agreements:terminate": form({HEAD}, "agreement"),
    "agreements:extract": post(WITH_PARTNER, "agreement"),
    "agreements:extract_progress": get(WITH_PARTNER, "agreement"),
    # Outreach
    "outreach:index": get(EVERYBODY),
    "outreach:create": form({OPERATOR, DUTA, PARTNER}),
    "outreach:detail": get(EVERYBODY, "activity"),
    "outreach:change": form({OPERATOR, DUTA, PARTNER}, "activity"),
    "outreach:report": form({OPERATOR, DUTA, PARTNER}, "activity"),
    "outreach:cancel": form({OPERATOR, DUTA, PARTNER}, "activity"),
    "outreach:verify": form({HEAD}, "activity"),
    "outreach:send_back": form({HEAD}, "activity"),
    "outreach:review_photo": post({HEAD}, "evidence"),
    "outreach:of_partner": get(WITH_PARTNER, "partner"),
    "outreach:of_group": get(WITH_PARTNER, "group"),
    "outreach:of_agreement": get(WITH_PARTNER, "agreement"),
    # Reports
    "reports:home": get(EVERYBODY),
    "reports:index": get(OFFICERS),
    "reports:create": form({OPERATOR}),
    "reports:detail": get(OFFICERS, "report"),
    "reports:change": form({OPERATOR}, "report"),
    "reports:rebuild": form({OPERATOR}, "report"),
    "reports:submit": form({HEAD}, "report"),
    "reports:accept": form({KANWIL_HEAD, KANWIL}, "report"),
    "reports:send_back": form({KANWIL_HEAD, KANWIL}, "report"),
}

# Pages that exist in development and at a first look only.
DEVELOPMENT_ONLY = {"styleguide"}
# Records that are the same for everybody, whatever the office.
COMMON = {"role", "field", "criterion", "activity_type"}
