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
    post: bool = False
    # Records of the person himself, or the same for everybody: no strangers.
    personal: bool = False
    # Leads elsewhere: a sign-out, or a sign-in without its first half.
    leaves: bool = False


def get(roles, *on, **more):
    roles = roles if isinstance(roles, Who) else frozenset(roles)
    return Access(roles, on, **more)


def post(roles, *on, **more):
    return get(roles, *on, post=True, **more)


PUBLIC = Who.PUBLIC

ACCESS = {
    # The front door
    "home": get(PUBLIC),
    "help": get(PUBLIC),
    "help_page": get(PUBLIC, "help_slug"),
    "accessibility": get(PUBLIC),
    "manifest": get(PUBLIC),
    "set_language": post(PUBLIC),
    # Signing in (the pages of django-allauth)
    "account_login": get(PUBLIC),
    "account_logout": get(PUBLIC),
    "account_inactive": get(PUBLIC),
    "account_signup": get(PUBLIC),
    "account_email_verification_sent": get(PUBLIC),
    "account_confirm_email": get(PUBLIC, "token"),
    "account_reset_password": get(PUBLIC),
    "account_reset_password_done": get(PUBLIC),
    "account_reset_password_from_key": get(PUBLIC, "uid", "token"),
    "account_reset_password_from_key_done": get(PUBLIC),
    "account_confirm_login_code": get(PUBLIC, leaves=True),
    "mfa_authenticate": get(PUBLIC, leaves=True),
    "mfa_login_webauthn": get(PUBLIC, leaves=True),
    "account_reauthenticate": get(EVERYBODY),
    "account_email": get(EVERYBODY),
    "account_change_password": get(EVERYBODY),
    "account_set_password": get(EVERYBODY),
    "mfa_index": get(EVERYBODY),
    "mfa_reauthenticate": get(EVERYBODY),
    "mfa_activate_totp": get(EVERYBODY),
    "mfa_deactivate_totp": get(EVERYBODY),
    "mfa_view_recovery_codes": get(EVERYBODY),
    "mfa_generate_recovery_codes": get(EVERYBODY),
    "mfa_download_recovery_codes": get(EVERYBODY),
    "mfa_list_webauthn": get(EVERYBODY),
    "mfa_add_webauthn": get(EVERYBODY),
    "mfa_reauthenticate_webauthn": get(EVERYBODY),
    "mfa_remove_webauthn": get(EVERYBODY, "passkey", personal=True),
    "mfa_edit_webauthn": get(EVERYBODY, "passkey", personal=True),
    "usersessions_list": get(EVERYBODY),
    # People
    "accounts:me": get(EVERYBODY),
    "accounts:edit": get(EVERYBODY),
    "accounts:my_history": get(EVERYBODY),
    "accounts:give_consent": post(EVERYBODY),
    "accounts:withdraw_consent": get(EVERYBODY, "own_consent", personal=True),
    "accounts:end_session": post(EVERYBODY, "own_session", personal=True),
    "accounts:end_all_sessions": post(EVERYBODY, leaves=True),
    "accounts:switch": post(EVERYBODY),
    "accounts:second_factor": get(EVERYBODY),
    "accounts:save_codes": post(EVERYBODY),
    "accounts:consent_text": get(PUBLIC, "purpose"),
    "accounts:farewell": get(PUBLIC),
    "accounts:accept": get(PUBLIC, "token"),
    "accounts:resume": get(EVERYBODY),
    "accounts:drop_kept": post(EVERYBODY),
    "accounts:requests": get(EVERYBODY),
    "accounts:new_request": get(OFFICERS),
    "accounts:request": get({HQ, KANWIL, HEAD, OPERATOR}, "request"),
    "accounts:approve_request": post({HQ, KANWIL, HEAD}, "request"),
    "accounts:decline_request": post({HQ, KANWIL, HEAD}, "request"),
    "accounts:withdraw_request": post({HQ, KANWIL, HEAD, OPERATOR}, "request"),
    "accounts:roles": get(OFFICERS),
    "accounts:change_role": get({HQ}, "role"),
    "accounts:index": get(WATCHERS),
    "accounts:invite": get({HQ, KANWIL, HEAD}),
    "accounts:detail": get(WATCHERS, "colleague"),
    "accounts:history": get(WATCHERS, "colleague"),
    "accounts:invite_again": post({HQ, KANWIL, HEAD}, "colleague"),
    "accounts:assign": get({HQ, KANWIL, HEAD}, "colleague"),
    "accounts:deactivate": post({HQ, KANWIL, HEAD}, "colleague"),
    "accounts:reactivate": post({HQ, KANWIL, HEAD}, "colleague"),
    "accounts:reset_second_factor": post({HQ, KANWIL, HEAD}, "colleague"),
    "accounts:end": get({HQ, KANWIL, HEAD}, "assignment"),
    # Offices
    "offices:index": get(OFFICERS),
    "offices:listing": get(OFFICERS),
    "offices:changes": get(OFFICERS),
    "offices:detail": get(OFFICERS, "office"),
    "offices:edit": get({HQ, KANWIL}, "office"),
    "offices:create": get({HQ, KANWIL}, "office"),
    "offices:area": get({HQ, KANWIL}, "office"),
    "offices:target": get({HQ}, "office", "change_kind"),
    "offices:reorganise": get({HQ}, "office", "change_kind"),
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
    "notices:preferences": get(EVERYBODY),
    "notices:unsubscribe": get(PUBLIC, "token"),
    "notices:whatsapp": get({HEAD, OPERATOR}, "model", "partner", "message"),
    "notices:open_whatsapp": get({HEAD, OPERATOR}, "model", "partner", "message"),
    # Documents
    "documents:check": get(PUBLIC),
    "documents:check_code": get(PUBLIC, "code"),
    "check_code": get(PUBLIC, "code"),
    "documents:issued": get(OFFICERS, "code"),
    "documents:download": get(WITH_PARTNER, "document", "file_name"),
    "documents:thumbnail": get(WITH_PARTNER, "photo"),
    # Partners and groups
    "partners:index": get(WITH_PARTNER),
    "partners:start": get(PUBLIC),
    "partners:register": get(EVERYBODY),
    "partners:mine": get(EVERYBODY),
    "partners:create": get({OPERATOR, DUTA}),
    "partners:detail": get(WITH_PARTNER, "partner"),
    "partners:place": get(WITH_PARTNER, "draft"),
    "partners:identity": get(WITH_PARTNER, "draft"),
    "partners:work": get(WITH_PARTNER, "draft"),
    "partners:remove_paper": post(WITH_PARTNER, "draft", "paper"),
    "partners:check": get({OPERATOR, PARTNER}, "draft"),
    "partners:submit": post({OPERATOR, PARTNER}, "draft"),
    "partners:submitted": get(WITH_PARTNER, "partner"),
    "partners:verify": get({OPERATOR}, "submitted"),
    "partners:decide": get({HEAD}, "verifying"),
    "partners:suspend": get({HEAD}, "partner"),
    "partners:resume": post({HEAD}, "partner"),
    "partners:group_index": get(WITH_PARTNER),
    "partners:group_compliance": get(WITH_PARTNER),
    "partners:group_create": get({OPERATOR}),
    "partners:group_detail": get(WITH_PARTNER, "group"),
    "partners:group_change": get({OPERATOR}, "group"),
    "partners:group_add_member": get({OPERATOR}, "group"),
    "partners:group_end_member": get({OPERATOR}, "group", "membership"),
    "partners:group_assess": get({OPERATOR}, "group"),
    "partners:group_establish": get({HEAD}, "group"),
    "partners:group_inaugurate": get({OPERATOR}, "group"),
    "partners:group_rest": get({OPERATOR}, "group"),
    "partners:group_revive": post({OPERATOR}, "group"),
    "partners:group_dissolve": get({HEAD}, "group"),
    "partners:fields": get({HQ}),
    "partners:add_field": get({HQ}),
    "partners:change_field": get({HQ}, "field"),
    "partners:criteria": get({HQ}),
    "partners:add_criterion": get({HQ}),
    "partners:change_criterion": get({HQ}, "criterion"),
    "partners:rules": get({HQ}),
    "partners:add_rule": get({HQ}),
    # Agreements
    "agreements:index": get(WITH_PARTNER),
    "agreements:create": get({OPERATOR}),
    "agreements:of_partner": get(WITH_PARTNER, "partner"),
    "agreements:end_partner": get({HEAD}, "partner"),
    "agreements:detail": get(WITH_PARTNER, "agreement"),
    "agreements:change": get({OPERATOR}, "agreement"),
    "agreements:discuss": post({OPERATOR}, "agreement"),
    "agreements:submit": post({OPERATOR}, "agreement"),
    "agreements:review": get({REVIEWER}, "agreement"),
    "agreements:sign": get({HEAD}, "agreement"),
    "agreements:suspend": get({HEAD}, "agreement"),
    "agreements:resume": post({HEAD}, "agreement"),
    "agreements:terminate": get({HEAD}, "agreement"),
    # Outreach
    "outreach:index": get(EVERYBODY),
    "outreach:create": get({OPERATOR, DUTA, PARTNER}),
    "outreach:detail": get(EVERYBODY, "activity"),
    "outreach:change": get({OPERATOR, DUTA, PARTNER}, "activity"),
    "outreach:report": get({OPERATOR, DUTA, PARTNER}, "activity"),
    "outreach:cancel": get({OPERATOR, DUTA, PARTNER}, "activity"),
    "outreach:verify": post({HEAD}, "activity"),
    "outreach:send_back": get({HEAD}, "activity"),
    "outreach:review_photo": post({HEAD}, "evidence"),
    "outreach:of_partner": get(WITH_PARTNER, "partner"),
    "outreach:of_group": get(WITH_PARTNER, "group"),
    "outreach:of_agreement": get(WITH_PARTNER, "agreement"),
    "outreach:types": get({HQ}),
    "outreach:create_type": get({HQ}),
    "outreach:change_type": get({HQ}, "activity_type"),
    "outreach:archive_type": post({HQ}, "activity_type"),
    "outreach:restore_type": post({HQ}, "activity_type"),
    # Reports
    "reports:home": get(EVERYBODY),
    "reports:index": get(OFFICERS),
    "reports:create": get({OPERATOR}),
    "reports:detail": get(OFFICERS, "report"),
    "reports:narrate": get({OPERATOR}, "report"),
    "reports:rebuild": post({OPERATOR}, "report"),
    "reports:submit": post({HEAD}, "report"),
    "reports:accept": post({KANWIL_HEAD, KANWIL}, "report"),
    "reports:send_back": get({KANWIL_HEAD, KANWIL}, "report"),
}

# Pages that exist in development and at a first look only.
DEVELOPMENT_ONLY = {"styleguide"}
