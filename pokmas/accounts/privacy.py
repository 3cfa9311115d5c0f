"""Contact data for those who need it, masked for the others.

Other apps: `phone_for(viewer, number)` and `email_for(viewer, address)`.
"""

import re

CONTACT = "partners.view_contact"


def mask_phone(number: str) -> str:
    """+6281234567890 becomes +628•••••••890: enough to recognise, not to call."""
    if not number:
        return ""
    if len(number) < 8:
        return "•" * len(number)
    return f"{number[:4]}{'•' * (len(number) - 7)}{number[-3:]}"


def mask_email(address: str) -> str:
    """ani@contoh.id becomes a••@contoh.id."""
    name, at, domain = address.rpartition("@")
    if not at:
        return re.sub(r".", "•", address)
    return f"{name[:1]}{'•' * max(len(name) - 1, 2)}@{domain}"


def phone_for(viewer, number: str) -> str:
    return number if viewer.has_perm(CONTACT) else mask_phone(number)


def email_for(viewer, address: str) -> str:
    return address if viewer.has_perm(CONTACT) else mask_email(address)
