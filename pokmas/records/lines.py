"""Text of one line: names, titles, numbers of papers.

What is typed or read from outside may hold signs that begin a line of their own or turn
one round; a mail or a log would then say what nobody wrote.
"""

import re

from django import forms
from django.db import models
from django.db.models.expressions import Col
from django.utils.functional import cached_property

# Marks of direction, and signs without width that hide in a word.
_HIDDEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


def one_line(text: str) -> str:
    """The text without hidden signs, and with one blank between words."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _BLANKS.sub(" ", _HIDDEN.sub("", text)).strip()


class LineFormField(forms.CharField):
    def to_python(self, value):
        value = super().to_python(value)
        return one_line(value) if isinstance(value, str) else value


class LineField(models.CharField):
    """A CharField that stores one line, wherever the text comes from."""

    def deconstruct(self):
        """For the database it is an ordinary one."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def to_python(self, value):
        value = super().to_python(value)
        return one_line(value) if isinstance(value, str) else value

    def pre_save(self, instance, add):
        """The record says from now on what is stored."""
        value = super().pre_save(instance, add)
        if isinstance(value, str):
            value = one_line(value)
            setattr(instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        if isinstance(value, str):
            value = one_line(value)
        return super().get_db_prep_save(value, connection)

    def get_col(self, alias, output_field=None):
        """In an expression it goes together with any other text."""
        if output_field not in (None, self):
            return Col(alias, self, output_field)
        if alias == self.model._meta.db_table:
            return self.cached_col
        return Col(alias, self, self._text)

    @cached_property
    def cached_col(self):
        return Col(self.model._meta.db_table, self, self._text)

    @cached_property
    def _text(self):
        return models.CharField(max_length=self.max_length)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": LineFormField, **kwargs})
