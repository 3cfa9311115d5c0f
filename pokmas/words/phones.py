"""Telephone numbers as people read and write them."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def read_phone(text: str) -> str:
    """An Indonesian number written in any way, as +6281234567890."""
    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValidationError(
            _(
                "“%(text)s” bukan nomor telepon yang dikenal. Tulis lengkap dengan "
                "kode daerah, misalnya 0812 3456 7890 atau 0380 123456."
            ),
            code="phone",
            params={"text": text},
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def international(text: str) -> str:
    """+62 812-3456-7890; what cannot be read stays as it is."""
    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException:
        return text
    return phonenumbers.format_number(
        number, phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
