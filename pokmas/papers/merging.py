"""Fields of a text that a paper fills: `{{ nama_kelompok }}`, and nothing else.

There is no language behind it: a name between braces is replaced once by a text, and
what that text says is never looked at again, so that nothing typed is ever evaluated.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from pokmas.papers.srikandi import VARIABLES

FIELD = re.compile(r"\{\{ *([a-z_]+(?:\.[a-z_]+)?) *\}\}")
BRACES = re.compile(r"\{\{(?:(?!\{\{|\}\}).)*\}\}", re.S)
VARIABLE = re.compile(r"\$\{[^{}]*\}?")
ORDERS = ("{%", "{#")


@dataclass(frozen=True)
class Field:
    """What may be written between the braces, what it becomes, and an example."""

    name: str
    label: str | Promise
    example: str

    @property
    def written(self) -> str:
        return f"{{{{ {self.name} }}}}"


def merged(text: str, values: Mapping[str, str]) -> str:
    return FIELD.sub(lambda found: values.get(found[1], found[0]), text)


def names_in(text: str) -> list[str]:
    return FIELD.findall(text)


def faults(text: str, known: Collection[str]) -> list[str]:
    """What keeps this text from being filled, in words."""
    found = [
        _("Isian “{{ %(name)s }}” tidak dikenal.") % {"name": name}
        for name in names_in(text)
        if name not in known
    ]
    rest = FIELD.sub("", text)
    found += [
        _("“%(order)s” adalah perintah; hanya isian {{ nama }} yang boleh.")
        % {"order": order}
        for order in ORDERS
        if order in rest
    ]
    found += [
        _("“%(text)s” bukan isian: di antara kurung hanya boleh satu nama.")
        % {"text": braces}
        for braces in BRACES.findall(rest)
    ]
    rest = BRACES.sub("", rest)
    if "{{" in rest:
        found.append(_("“{{” tidak ditutup dengan “}}”."))
    if "}}" in rest:
        found.append(_("“}}” tidak dibuka dengan “{{”."))
    found += [
        _("“%(text)s” bukan variabel SRIKANDI yang dikenal.") % {"text": variable}
        for variable in VARIABLE.findall(text)
        if variable not in VARIABLES
    ]
    return found
