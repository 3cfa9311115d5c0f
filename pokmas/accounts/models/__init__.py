from pokmas.accounts.models.consents import Consent, ConsentText
from pokmas.accounts.models.overrides import RoleOverride
from pokmas.accounts.models.people import (
    Assignment,
    AssignmentRequest,
    Term,
    User,
    display_name,
    display_name_of,
)
from pokmas.accounts.models.sign_ins import SignIn

__all__ = [
    "Assignment",
    "AssignmentRequest",
    "Consent",
    "ConsentText",
    "RoleOverride",
    "SignIn",
    "Term",
    "User",
    "display_name",
    "display_name_of",
]
