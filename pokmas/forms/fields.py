"""Fields that read dates, hours, numbers and telephones as people here write them."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pokmas.records.lines import LineFormField
from pokmas.words import dates, identity
from pokmas.words.phones import read_phone


class DateInput(forms.TextInput):
    """A text field; static/js/app.js adds a calendar where the browser has one."""

    def __init__(self, attrs=None):
        super().__init__({"data-date": "", **(attrs or {})})

    def format_value(self, value):
        return dates.date_short(value) if hasattr(value, "day") else value


EXAMPLE = _("Contoh: 25-05-2026 atau 25 Mei 2026.")
# Of what is settled ahead.
FROM_TOMORROW = format_lazy("{} {}", _("Paling cepat besok."), EXAMPLE)


class DateField(forms.DateField):
    widget = DateInput
    example = EXAMPLE

    def __init__(self, **kwargs):
        kwargs["help_text"] = kwargs.get("help_text") or self.example
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        return dates.parse_date(value) if isinstance(value, str) else value


class TimeInput(forms.TextInput):
    def __init__(self, attrs=None):
        super().__init__({"data-time": "", **(attrs or {})})

    def format_value(self, value):
        return dates.clock(value) if hasattr(value, "hour") else value


class TimeField(forms.TimeField):
    """An hour in `zone`, else in that of the person."""

    widget = TimeInput
    zone = None
    example = _("Contoh: 14.30.")

    def __init__(self, **kwargs):
        kwargs["help_text"] = kwargs.get("help_text") or self.example
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        return dates.parse_time(value, self.zone) if isinstance(value, str) else value


class DateTimeInput(forms.MultiWidget):
    template_name = "django/forms/widgets/date_time.html"
    use_fieldset = True
    zone = None

    def __init__(self, attrs=None):
        parts = [
            DateInput({"aria-label": _("Tanggal")}),
            TimeInput({"aria-label": _("Jam")}),
        ]
        super().__init__(parts, attrs)

    def decompress(self, value):
        if not value:
            return [None, None]
        value = timezone.localtime(value, self.zone)
        return [value.date(), value.time()]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        zone = self.zone or timezone.get_current_timezone()
        return context | {"zone": dates.zone_name(zone)}


class DateTimeField(forms.MultiValueField):
    """A day and an hour in the zone of the unit: set `zone` (its key or tzinfo)."""

    widget = DateTimeInput
    example = _("Contoh: 25-05-2026, pukul 14.30.")
    default_error_messages = {
        "required": _("Isi tanggal dan jamnya."),
        "incomplete": _("Isi tanggal dan jamnya."),
    }

    def __init__(self, *, zone=None, **kwargs):
        # A model's field hands over what only a field of one input knows.
        kwargs.pop("input_formats", None)
        kwargs["help_text"] = kwargs.get("help_text") or self.example
        required = kwargs.get("required", True)
        fields = (DateField(required=required), TimeField(required=required))
        super().__init__(fields, require_all_fields=True, **kwargs)
        self.zone = zone

    @property
    def zone(self):
        return self.widget.zone

    @zone.setter
    def zone(self, zone):
        zone = ZoneInfo(zone) if isinstance(zone, str) else zone
        self.widget.zone = self.fields[1].zone = zone

    def compress(self, parts):
        if not parts or parts[0] is None:
            return None
        zone = self.zone or timezone.get_current_timezone()
        return timezone.make_aware(datetime.combine(*parts), zone)


class NumberInput(forms.TextInput):
    def format_value(self, value):
        if value in (None, ""):
            return None
        return value if isinstance(value, str) else dates.number(value)


class Bounded:
    """Its limits are said as people here write numbers."""

    def stop_at(self, most) -> None:
        """Take no more, though the column could hold it."""
        self.max_value = most
        self.validators.append(MaxValueValidator(most))

    def run_validators(self, value):
        try:
            super().run_validators(value)
        except ValidationError as refusal:
            for each in refusal.error_list:
                limit = (each.params or {}).get("limit_value")
                if isinstance(limit, int | Decimal):
                    each.params["limit_value"] = dates.number(limit)
            raise


class DecimalField(Bounded, forms.DecimalField):
    """Reads 1.234,5."""

    widget = NumberInput

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, str):
            value = dates.parse_number(value)
        return super().to_python(value)

    def widget_attrs(self, widget):
        return {"inputmode": "decimal"}


class MoneyField(DecimalField):
    """Rupiah: reads 1.250.000, Rp 1.250.000 and 1.250.000,00."""

    prefix = "Rp"

    def __init__(self, **kwargs):
        kwargs.setdefault("max_digits", 17)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("min_value", 0)
        super().__init__(**kwargs)


class RupiahField(MoneyField):
    """Without sen: 1.250.000 and 1.250.000,00 are taken."""

    def to_python(self, value):
        value = super().to_python(value)
        if value is None:
            return None
        if value != value.to_integral():
            raise ValidationError(
                _("Tulis biaya dalam rupiah penuh, tanpa sen."), code="sen"
            )
        return value.to_integral()


class IntegerField(Bounded, forms.IntegerField):
    """A count: reads 1.234."""

    widget = NumberInput

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, str):
            value = dates.parse_number(value, example="1234")
            if value != value.to_integral():
                raise ValidationError(
                    _("Isi dengan bilangan bulat, tanpa koma. Contoh: %(example)s."),
                    code="invalid",
                    params={"example": dates.number(1234)},
                )
            value = int(value)
        return super().to_python(value)

    def widget_attrs(self, widget):
        return {"inputmode": "numeric"}


class EmailField(forms.EmailField):
    """An address no longer than a column for one."""

    def __init__(self, **kwargs):
        super().__init__(max_length=models.EmailField().max_length, **kwargs)


class PhoneField(LineFormField):
    """An Indonesian number typed in any way, stored as +6281234567890."""

    example = _("Contoh: 0812 3456 7890.")

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 30)
        kwargs["help_text"] = kwargs.get("help_text") or self.example
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
        )
        super().__init__(**kwargs)

    def clean(self, value):
        text = super().clean(value)
        if text in self.empty_values:
            return ""
        return read_phone(text)


class IdentityField(forms.CharField):
    """A number of a person or body, with blanks, dots and dashes as it is written.

    A browser must not cut it, so how long it is counts only once these are gone.
    """

    read = written = staticmethod(str)
    example = ""

    def __init__(self, *, max_length=None, **kwargs):
        kwargs["help_text"] = kwargs.get("help_text") or self.example
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        super().__init__(**kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        return text if text in self.empty_values else self.read(text)

    def prepare_value(self, value):
        return self.written(value) if isinstance(value, str) else value

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != (initial or "")
        except ValidationError:
            return True


class NipField(IdentityField):
    read, written = staticmethod(identity.read_nip), staticmethod(identity.spaced_nip)
    example = _("18 angka, misalnya 19750131 200003 1 001.")


class NikField(IdentityField):
    """Never kept on the device: whoever uses it next would read it."""

    read = staticmethod(identity.read_nik)
    example = _("16 angka pada KTP.")

    def __init__(self, **kwargs):
        attrs = {"inputmode": "numeric", "autocomplete": "off", "data-no-draft": ""}
        super().__init__(**{"widget": forms.TextInput(attrs=attrs), **kwargs})


class NpwpField(IdentityField):
    read = staticmethod(identity.read_npwp)
    example = _("15 atau 16 angka, misalnya 01.234.567.8-912.000.")


DASHES = models.fields.BLANK_CHOICE_DASH[0][1]
FIELD_CLASSES = {
    models.DateTimeField: DateTimeField,
    models.DateField: DateField,
    models.TimeField: TimeField,
    models.DecimalField: DecimalField,
    models.IntegerField: IntegerField,
}


def field_for(db_field, **kwargs):
    """The form field of a model's field, with ours in place of Django's."""
    for kind, field_class in FIELD_CLASSES.items():
        if isinstance(db_field, kind) and not db_field.choices:
            kwargs.setdefault("form_class", field_class)
            break
    field = db_field.formfield(**kwargs)
    _name_the_empty_choice(field)
    return field


def _name_the_empty_choice(field) -> None:
    """Words in place of Django's dashes."""
    words = _("Pilih") if getattr(field, "required", True) else _("Tidak ada")
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = words
    elif isinstance(field, forms.ChoiceField):
        field.choices = [
            (value, words if label == DASHES else label)
            for value, label in field.choices
        ]
