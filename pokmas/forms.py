"""How forms look and what they understand: fields, kept files, records.

A view uses a RecordForm so:

    form = AgreementForm(request.POST or None, request.FILES or None, user=request.user)
    if form.is_valid():
        try:
            agreement = services.draft(form.save(commit=False), by=request.user)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            return redirect(agreement)
"""

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

import phonenumbers
from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.forms.models import ModelFormMetaclass
from django.forms.renderers import TemplatesSetting
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pokmas import dates
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.records import StaleRecord


class FormRenderer(TemplatesSetting):
    """Forms look as in templates/django/forms/."""

    form_template_name = "django/forms/form.html"
    formset_template_name = "django/forms/formset.html"
    field_template_name = "django/forms/field.html"


# Dates, moments, numbers, telephone numbers


class DateInput(forms.TextInput):
    """A text field; static/js/app.js adds a calendar where the browser has one."""

    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", "data-date": "", **(attrs or {})})

    def format_value(self, value):
        return dates.date_short(value) if hasattr(value, "day") else value


class DateField(forms.DateField):
    widget = DateInput
    example = _("Contoh: 25-05-2026 atau 25 Mei 2026.")

    def __init__(self, **kwargs):
        kwargs["help_text"] = kwargs.get("help_text") or self.example
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        return dates.parse_date(value) if isinstance(value, str) else value


class TimeInput(forms.TextInput):
    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", "data-time": "", **(attrs or {})})

    def format_value(self, value):
        return dates.clock(value) if hasattr(value, "hour") else value


class TimeField(forms.TimeField):
    widget = TimeInput
    example = _("Contoh: 14.30.")

    def __init__(self, **kwargs):
        kwargs["help_text"] = kwargs.get("help_text") or self.example
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        return dates.parse_time(value) if isinstance(value, str) else value


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
        self.widget.zone = ZoneInfo(zone) if isinstance(zone, str) else zone

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


class DecimalField(forms.DecimalField):
    """Reads 1.234,5."""

    widget = NumberInput

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, str):
            value = dates.parse_number(value)
        return super().to_python(value)

    def widget_attrs(self, widget):
        return {"inputmode": "decimal", "autocomplete": "off"}


class MoneyField(DecimalField):
    """Rupiah: reads 1.250.000, Rp 1.250.000 and 1.250.000,00."""

    prefix = "Rp"

    def __init__(self, **kwargs):
        kwargs.setdefault("max_digits", 17)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("min_value", 0)
        super().__init__(**kwargs)


class IntegerField(forms.IntegerField):
    """A count: reads 1.234."""

    widget = NumberInput

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, str):
            value = dates.parse_number(value)
            if value != value.to_integral():
                raise ValidationError(_("Isi dengan bilangan bulat."), code="invalid")
            value = int(value)
        return super().to_python(value)

    def widget_attrs(self, widget):
        return {"inputmode": "numeric", "autocomplete": "off"}


class PhoneField(forms.CharField):
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


# Files that survive an error elsewhere in the form

KINDS = [Document.Kind.PDF, Document.Kind.JPEG, Document.Kind.PNG]
PHOTOS = [Document.Kind.JPEG, Document.Kind.PNG]
KEPT_FOR_SECONDS = 24 * 60 * 60


class KeptFiles:
    """What one file field was sent: new uploads, and tokens of those kept before."""

    def __init__(self, uploads, tokens):
        self.uploads = uploads
        self.tokens = tokens

    def __bool__(self):
        return bool(self.uploads or self.tokens)


class KeptFileInput(forms.FileInput):
    template_name = "django/forms/widgets/kept_file.html"
    user = None

    def value_from_datadict(self, data, files, name):
        several = hasattr(data, "getlist")
        uploads = files.getlist(name) if hasattr(files, "getlist") else files.get(name)
        tokens = data.getlist(f"{name}_kept") if several else data.get(f"{name}_kept")
        removed = data.getlist(f"{name}_remove") if several else ()
        return KeptFiles(
            [upload for upload in _listed(uploads) if upload],
            [token for token in _listed(tokens) if token not in removed],
        )

    def value_omitted_from_data(self, data, files, name):
        return name not in files and f"{name}_kept" not in data

    def format_value(self, value):
        return None

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        kept = value if isinstance(value, KeptFiles) else KeptFiles([], [])
        found = [upload.document for upload in kept.uploads if _is_stored(upload)]
        if not (found and not self.allow_multiple_selected):
            found = [*found, *documents_of(kept.tokens, self.user)]
        context["kept"] = [(token_of(row, self.user), row) for row in found]
        context["stored"] = value if isinstance(value, Document) else None
        return context


class KeptFilesInput(KeptFileInput):
    allow_multiple_selected = True


class KeptFileField(forms.FileField):
    """An uploaded file, cleaned to a `Document` that the service gives an owner.

    A file that passed the checks is kept although another field was wrong: its token
    is sent again with the form. A RecordForm sets `user`; another form must do so.
    """

    widget = KeptFileInput

    def __init__(self, *, kinds=KINDS, **kwargs):
        self.kinds = list(kinds)
        kwargs["help_text"] = kwargs.get("help_text") or format_lazy(
            _("{kinds}, paling besar {limit}."),
            kinds=", ".join(Document.Kind(kind).label for kind in self.kinds),
            limit=dates.file_size(settings.MAX_UPLOAD_BYTES),
        )
        super().__init__(**kwargs)

    @property
    def user(self):
        return self.widget.user

    @user.setter
    def user(self, user):
        self.widget.user = user

    def widget_attrs(self, widget):
        attrs = {"accept": ",".join(self.kinds)}
        if set(self.kinds) & set(PHOTOS):
            attrs["data-photo"] = "1600"
        return attrs

    def bound_data(self, data, initial):
        return data or initial

    def clean(self, data, initial=None):
        found = self.documents(data)
        if found:
            return found[0]
        if initial is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return initial or None

    def documents(self, data):
        """New uploads, stored, then those kept from the time before."""
        stored = []
        for upload in data.uploads if data else []:
            upload.document = documents.store(upload, by=self.user, kinds=self.kinds)
            stored.append(upload.document)
        return stored + documents_of(data.tokens if data else [], self.user)

    def has_changed(self, initial, data):
        return bool(data)


class KeptFilesField(KeptFileField):
    """Several files, cleaned to a list of `Document`."""

    widget = KeptFilesInput

    def __init__(self, *, at_most=10, **kwargs):
        self.at_most = at_most
        super().__init__(**kwargs)

    def clean(self, data, initial=None):
        count = len(data.uploads) + len(data.tokens) if data else 0
        if count > self.at_most:
            raise ValidationError(
                _("Paling banyak %(most)s berkas; Anda memilih %(count)s."),
                code="too_many",
                params={"most": self.at_most, "count": count},
            )
        found = self.documents(data)
        if not found and self.required and not initial:
            raise ValidationError(self.error_messages["required"], code="required")
        return found


def token_of(document: Document, user) -> str:
    """A signed proof that this very person uploaded the file a moment ago."""
    return signing.dumps([document.pk, user and user.pk], salt="pokmas.kept-file")


def documents_of(tokens, user) -> list[Document]:
    """The kept files of `tokens`; a false, old or spent one counts for nothing."""
    ids = []
    for token in tokens:
        try:
            pk, owner = signing.loads(
                token, salt="pokmas.kept-file", max_age=KEPT_FOR_SECONDS
            )
        except signing.BadSignature:
            continue
        if owner == (user and user.pk):
            ids.append(pk)
    if not ids:
        return []
    return list(Document.objects.filter(pk__in=ids, owner_type=None))


def _listed(value):
    return value if isinstance(value, list) else [value] if value else []


def _is_stored(upload):
    return isinstance(upload, UploadedFile) and hasattr(upload, "document")


# A step that asks why


class ReasonForm(forms.Form):
    """Why a record is returned, suspended, cancelled or ended."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


# Forms of records

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
    return db_field.formfield(**kwargs)


class RecordFormMetaclass(ModelFormMetaclass):
    def __new__(mcs, name, bases, attrs):
        meta = attrs.get("Meta")
        if meta and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(field_for)
        return super().__new__(mcs, name, bases, attrs)


class RecordForm(forms.ModelForm, metaclass=RecordFormMetaclass):
    """A form of a `Record`: guarded against stale edits and double submits.

    `revision` is that of the record when the form was opened; the service hands it to
    `Record.save_edit`. `submission_key` is the same however often the form is sent.
    """

    use_required_attribute = False

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, user=None, zone=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["revision"].initial = getattr(self.instance, "revision", 0)
        self.fields["submission_key"].initial = uuid.uuid4()
        for field in self.fields.values():
            if isinstance(field, KeptFileField):
                field.user = user
            if isinstance(field, DateTimeField) and zone:
                field.zone = zone

    def clean(self):
        cleaned = super().clean()
        key = self.cleaned_data.get("submission_key")
        if key and self.instance._state.adding:
            self.instance.submission_key = key
        return cleaned

    @property
    def seen_revision(self) -> int:
        """The revision the person saw when he opened the form."""
        return self.cleaned_data.get("revision") or 0

    @property
    def edited_fields(self) -> list[str]:
        """The columns of the record that the person changed, for `save_edit`."""
        many = {field.name for field in self.instance._meta.many_to_many}
        return [
            name
            for name in self.changed_data
            if name in self._meta.fields and name not in many
        ]

    def refuse(self, refusal: ValidationError) -> None:
        """Put a service's refusal on the form, so that nothing typed is lost.

        After a StaleRecord the form shows what the record says now; sending it once
        more means that the person has seen that.
        """
        if isinstance(refusal, StaleRecord):
            current = type(self.instance)._base_manager.get(pk=self.instance.pk)
            self.newer_values = self._newer_values(current)
            self.data = self.data.copy()
            self.data[self.add_prefix("revision")] = str(current.revision)
        if hasattr(refusal, "error_dict"):
            for name, errors in refusal.error_dict.items():
                self.add_error(name if name in self.fields else None, errors)
        else:
            self.add_error(None, refusal)

    def _newer_values(self, current):
        """Label and present value of each field that differs from what was typed."""
        return [
            (bound.label, value_text(current, bound.name))
            for bound in self.visible_fields()
            if bound.name in self._meta.fields
            and hasattr(current, bound.name)
            and value_text(current, bound.name) != value_text(self.instance, bound.name)
        ]


def value_text(record, name: str) -> str:
    """The value of a field in words: for lists of values and for comparing."""
    if display := getattr(record, f"get_{name}_display", None):
        return str(display() or "–")
    field = record._meta.get_field(name)
    if field.many_to_many:
        return ", ".join(map(str, getattr(record, name).all())) or "–"
    value = getattr(record, name)
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return str(_("Ya") if value else _("Tidak"))
    if isinstance(value, datetime):
        return dates.date_time(value)
    if isinstance(field, models.DateField):
        return dates.date_long(value)
    if isinstance(field, models.DecimalField | models.IntegerField):
        return dates.number(value)
    return str(value)
