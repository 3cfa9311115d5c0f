from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.plans.activities import ACTIVITIES
from agreements.plans.models import MOST_PEOPLE, MOST_TIMES, PlanItem
from agreements.plans.proposals import proposed
from agreements.plans.rows import RowsForm
from pokmas.forms.fields import IntegerField
from pokmas.records.lines import LineFormField
from pokmas.words import dates
from pokmas.words.language import in_readers_words

# The longest proposal; a year is what most units plan at once.
PROPOSED_MONTHS = 12


class MonthInput(forms.TextInput):
    def format_value(self, value):
        return dates.month_year(value) if hasattr(value, "month") else value


class MonthField(forms.DateField):
    """A month as people write it: its first day."""

    widget = MonthInput
    default_error_messages = {
        "invalid": _("Tulis bulan dan tahun, misalnya Mei 2026 atau 05-2026."),
    }

    def to_python(self, value):
        if value in self.empty_values or not isinstance(value, str):
            return value or None
        text = value.strip()
        try:
            return dates.parse_date(f"01-{text}" if text[0].isdigit() else f"1 {text}")
        except (ValidationError, IndexError) as wrong:
            raise ValidationError(self.error_messages["invalid"], "invalid") from wrong


class PlanForm(RowsForm):
    """The whole work plan at once."""

    LINES = (
        ("type_code", "party"),
        ("first_month", "last_month"),
        ("times", "target"),
        ("note", "drop"),
        ("item",),
    )
    FILLED = ("type_code", "target", "note")
    NEEDED = ("type_code", "first_month", "last_month", "times", "target", "party")

    def beginnings(self):
        self.kept = list(self.record.plan_items.all())
        self.types = [
            (code, in_readers_words(name)) for code, name in ACTIVITIES.types()
        ]
        if self.kept:
            return [{"item": item.pk, **_values(item)} for item in self.kept]
        codes = [] if self.is_bound else proposed(self.record)
        return [{"type_code": code} for code in codes]

    @property
    def _months(self) -> dict:
        """Those in which something is done, if nobody says otherwise."""
        first, end = (
            day.replace(day=1) for day in (self.record.starts_on, self.record.ends_on)
        )
        last = dates.months_later(first, PROPOSED_MONTHS - 1)
        return {"first_month": first, "last_month": min(last, end)}

    def row(self, place):
        item = self.kept[place] if place < len(self.kept) else None
        months = self._months
        fields = {
            "type_code": forms.ChoiceField(
                label=_("Jenis kegiatan"), choices=self._types(item)
            ),
            "party": forms.ChoiceField(
                label=_("Penanggung jawab"),
                choices=PlanItem.Party,
                initial=PlanItem.Party.BOTH,
            ),
            "first_month": MonthField(
                label=_("Bulan mulai"),
                initial=months["first_month"],
                help_text=_("Contoh: Mei 2026 atau 05-2026.") if place == 0 else "",
            ),
            "last_month": MonthField(
                label=_("Bulan selesai"),
                initial=months["last_month"],
                help_text=_("Sama dengan bulan mulai bila hanya satu bulan.")
                if place == 0
                else "",
            ),
            "times": IntegerField(
                label=_("Banyaknya kegiatan"),
                min_value=1,
                max_value=MOST_TIMES,
                initial=1,
            ),
            "target": IntegerField(
                label=_("Sasaran penerima manfaat (orang)"),
                min_value=0,
                max_value=MOST_PEOPLE,
            ),
            "note": LineFormField(
                label=_("Uraian"),
                max_length=200,
                help_text=_("Paling banyak 200 karakter.") if place == 0 else "",
            ),
            "item": forms.IntegerField(widget=forms.HiddenInput),
        }
        if item:
            fields["drop"] = forms.BooleanField(label=_("Hapus butir ini"))
        return fields

    def _types(self, item):
        """Those in use, and the one on record, which may be archived by now."""
        found = [("", _("Pilih jenis kegiatan")), *self.types]
        if item and item.type_code not in dict(found):
            found.append((item.type_code, in_readers_words(item.type_name)))
        return found

    def clean(self):
        cleaned = super().clean()
        for row in cleaned["items"]:
            self._refuse_months(row)
        return cleaned

    def is_blank(self, place):
        """What is on record goes by its tick alone."""
        return place >= len(self.kept) and super().is_blank(place)

    def _refuse_months(self, row):
        place = row["place"]
        item = PlanItem(
            agreement=self.record,
            first_month=row["first_month"],
            last_month=row["last_month"],
        )
        try:
            item.clean()
        except ValidationError as refusal:
            for name, errors in refusal.error_dict.items():
                self.add_error(f"{name}_{place}", errors)
        if item.first_month and item.last_month and item.last_month < item.first_month:
            self.add_error(
                f"last_month_{place}", _("Bulan selesai sebelum bulan mulai.")
            )


def _values(item) -> dict:
    names = ("type_code", "party", "first_month", "last_month", "times", "target")
    return {name: getattr(item, name) for name in (*names, "note")}
