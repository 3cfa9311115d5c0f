"""A step that asks for several rows of the same fields; a button brings more."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _

from pokmas.forms.base import StepForm
from pokmas.forms.choosing import Choosing
from pokmas.server.outside import whole_number

MOST = 40
BLANK = 3
REQUIRED = forms.Field.default_error_messages["required"]


class RowsForm(Choosing, StepForm):
    """`row` makes the fields of one row, by name; `LINES` says which stand abreast.

    A row in which nothing of `FILLED` was typed and the rest is as it stood there is
    none, nor is one with `drop` ticked.
    """

    LINES = ()
    FILLED = ()
    NEEDED = ()

    rows = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = []
        self.begun = list(self.beginnings())
        self.count = self._count()
        self.fields["rows"].initial = self.count
        if self.is_choosing:
            self.data = self.data.copy()
            self.data[self.add_prefix("rows")] = str(self.count)
        for place in range(self.count):
            self._add_row(place)

    def beginnings(self) -> Iterable[dict]:
        """The first values of the rows that stand there at first."""
        return ()

    def row(self, place: int) -> dict[str, forms.Field]:
        raise NotImplementedError

    def name_of(self, place: int) -> str:
        """The heading of a row."""
        return _("Butir %(number)s") % {"number": place + 1}

    @property
    def may_grow(self) -> bool:
        return self.count < MOST

    @property
    def LAYOUT(self):
        return [
            (
                self.name_of(place),
                tuple(tuple(f"{name}_{place}" for name in line) for line in self.LINES),
            )
            for place in range(self.count)
        ]

    def clean(self):
        cleaned = super().clean()
        cleaned.pop("rows", None)
        cleaned["items"] = []
        for place in range(self.count):
            names = {name: f"{name}_{place}" for name in self.names[place]}
            row = {name: cleaned.pop(full, None) for name, full in names.items()}
            if row.pop("drop", None) or self.is_blank(place):
                self._forgive(names.values())
                continue
            self._refuse_gaps(row, names)
            cleaned["items"].append({**row, "place": place})
        return cleaned

    def _count(self) -> int:
        if not self.is_bound:
            return min(len(self.begun) + BLANK, MOST)
        sent = whole_number(self.data.get(self.add_prefix("rows"), "")) or BLANK
        return min(max(sent, 1) + (BLANK if self.is_choosing else 0), MOST)

    def _add_row(self, place):
        fields = self.row(place)
        self.names.append(list(fields))
        begun = self.begun[place] if place < len(self.begun) else {}
        for name, field in fields.items():
            field.required, field.optional_words = False, ""
            if name in begun:
                field.initial = begun[name]
            self.fields[f"{name}_{place}"] = field
            if self.is_choosing:
                self._propose(f"{name}_{place}", field)

    def _propose(self, name: str, field: forms.Field) -> None:
        """What a row says at first, in one that was just brought."""
        key = self.add_prefix(name)
        if key not in self.data and field.initial is not None:
            shown = field.widget.format_value(field.initial)
            self.data[key] = shown[0] if isinstance(shown, list) else shown

    def is_blank(self, place: int) -> bool:
        typed = (self[f"{name}_{place}"].data for name in self.FILLED)
        if any(isinstance(each, str) and each.strip() for each in typed):
            return False
        others = (self[f"{name}_{place}"] for name in self.names[place])
        return not any(self._is_changed(each) for each in others if not each.is_hidden)

    def _is_changed(self, bound) -> bool:
        """From what it said at first; what was not sent at all is as it was."""
        sent = bound.data
        return bool(sent) and bound.field.has_changed(bound.initial, sent)

    def _forgive(self, names):
        for name in names:
            self.errors.pop(name, None)

    def _refuse_gaps(self, row, names):
        for name in self.NEEDED:
            if row.get(name) in (None, "") and names[name] not in self.errors:
                self.add_error(names[name], REQUIRED)
