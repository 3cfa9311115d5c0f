"""Asks once more about what is probably a slip, and stands in nobody's way.

    class CountForm(Doubts, RecordForm):
        def clean(self):
            cleaned = super().clean()
            if cleaned.get("number", 0) > 500:
                self.doubt("number", _("Lebih dari 500 orang?"))
            return cleaned

What is sent once more as it was is taken.
"""

from hashlib import sha256

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

AGAIN = _("Bila memang benar, kirim sekali lagi.")


class Doubts:
    """To be mixed into a form, before it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sure"] = forms.CharField(
            widget=forms.HiddenInput, required=False, max_length=2000
        )

    def doubt(self, name: str, words, about: str | None = None) -> None:
        """Refuse what was typed there, unless he was asked about just that before.

        `about` says what it was, where the field does not: of a file its content.
        """
        what = self[name].value() if about is None else about
        mark = sha256(f"{name}\n{what}".encode()).hexdigest()[:12]
        asked = self["sure"].value() or ""
        if mark in asked.split():
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("sure")] = f"{asked} {mark}".strip()
        self.add_error(name, format_lazy("{} {}", words, AGAIN))
