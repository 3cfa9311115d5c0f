"""Telephone numbers as people read them."""

import phonenumbers


def international(text: str) -> str:
    """+62 812-3456-7890; what cannot be read stays as it is."""
    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException:
        return text
    return phonenumbers.format_number(
        number, phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
