"""How forms look, and what forms of steps and of records have in common.

A view uses a RecordForm so:

    form = AgreementForm(request.POST or None, request.FILES or None, user=request.user)
    if form.is_valid():
        with form.refusals():
            agreement = services.draft(form.save(commit=False), by=request.user)
            return redirect(agreement)

A StepForm is shown and sent by `pokmas.steps.pages`.
"""

import uuid
from contextlib import contextmanager
from copy import copy
from itertools import chain

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelFormMetaclass
from django.forms.renderers import TemplatesSetting
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from pokmas.audit.models import Entry
from pokmas.forms.fields import DateTimeField, field_for
from pokmas.forms.kept_files import GATHERED, KeptFileField
from pokmas.records.constraints import in_words
from pokmas.records.guarded import StaleRecord, value_text
from pokmas.words import dates
from pokmas.words.glyphs import check_printable, printable

OWN_CHANGE = _(
    "Anda sendiri sudah mengubah data ini, mungkin di jendela lain, sejak membuka "
    "formulir ini. Isian Anda masih ada di bawah; bandingkan dengan data terbaru, lalu "
    "simpan lagi."
)


AT_MOST = _("Paling banyak %(count)s karakter.")
# Of what is too long or too short, in Django's own words.
LENGTHS = {"limit_value", "show_value"}


class Length(int):
    """Still a number, for words that go by how many there are."""

    def __str__(self):
        return dates.number(int(self))


class FormRenderer(TemplatesSetting):
    """Forms look as in templates/django/forms/."""

    form_template_name = "django/forms/form.html"
    formset_template_name = "django/forms/formset.html"
    field_template_name = "django/forms/field.html"


class UserForm:
    """To be mixed into a form whose files are kept for `user`, and that a service
    may refuse. Its texts are such as a paper can print."""

    use_required_attribute = False
    # How it stands on a desk: (heading, names), where several names in a tuple share a
    # row. What it leaves out follows, one below the other.
    LAYOUT = ()

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        for field in self.fields.values():
            if isinstance(field, KeptFileField):
                field.user = user
            if isinstance(field, forms.CharField) and not isinstance(
                field, forms.UUIDField
            ):
                field.validators.append(check_printable)
                # A browser would cut what is pasted without a word: the form says it.
                field.widget.attrs.pop("maxlength", None)
            _say_limit(field)

    def clean(self):
        cleaned = super().clean()
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):
                self.cleaned_data[name] = printable(value)
        return cleaned

    def add_error(self, field, error):
        """Lengths are said as people here write numbers."""
        if isinstance(error, ValidationError):
            by_field = getattr(error, "error_dict", None) or {field: error.error_list}
            for each in chain.from_iterable(by_field.values()):
                for name in LENGTHS & (each.params or {}).keys():
                    if type(each.params[name]) is int:
                        each.params[name] = Length(each.params[name])
        super().add_error(field, error)

    @contextmanager
    def refusals(self):
        """What a service called in here refuses is put on the form."""
        try:
            with in_words():
                yield
        except ValidationError as refusal:
            self.refuse(refusal)

    @property
    def is_halfway(self) -> bool:
        """Whether nothing is wrong but that photographed pages wait for a look."""
        errors = [each for found in self.errors.as_data().values() for each in found]
        return bool(errors) and all(each.code == GATHERED for each in errors)

    @property
    def parts(self) -> list[tuple]:
        """Heading and rows of each part, of the fields that this form really has."""
        left = [bound.name for bound in self.visible_fields()]
        found = []
        for heading, names in self.LAYOUT:
            rows = [self._row(left, row) for row in names]
            if any(rows):
                found.append((heading, [row for row in rows if row]))
        if left:
            found.append(("", [[self[name]] for name in left]))
        return found

    def _row(self, left: list[str], names) -> list:
        names = (names,) if isinstance(names, str) else names
        row = [name for name in names if name in left]
        for name in row:
            left.remove(name)
        return [self[name] for name in row]

    def refuse(self, refusal: ValidationError) -> None:
        """Put a service's refusal on the form, so that nothing typed is lost."""
        errors = getattr(refusal, "error_dict", {None: refusal})
        for name, error in errors.items():
            self.add_error(name if name in self.fields else None, error)


def _say_limit(field: forms.Field) -> None:
    """How long a long text may be, beside its help; a script counts what is left."""
    if isinstance(field.widget, forms.Textarea) and field.max_length:
        limit = AT_MOST % {"count": dates.number(field.max_length)}
        field.help_text = f"{field.help_text} {limit}".strip()
        field.widget.attrs["data-room"] = field.max_length


class StepForm(UserForm, forms.Form):
    """What a step asks: its answers are the arguments of the step's service.

    `revision` is that of the record when the question was shown: the step is refused if
    the record is another by then.
    """

    is_stale = False

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.record = record
        if hasattr(record, "revision"):
            self.fields["revision"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=record.revision
            )

    def refuse(self, refusal: ValidationError) -> None:
        """After a StaleRecord, sending it again means that the person has seen it; its
        answers are those to a question of before, and no script offers them later."""
        if isinstance(refusal, StaleRecord):
            self.is_stale = True
            self.data = self.data.copy()
            self.data[self.add_prefix("revision")] = str(self.record.revision)
        super().refuse(refusal)


class ReasonForm(StepForm):
    """Why a record is returned, suspended, cancelled or ended."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Yang berkepentingan akan membaca alasan ini."),
    )


class VerdictForm(StepForm):
    """One way on, and a reason for every way but forward."""

    verdict = forms.ChoiceField(label=_("Keputusan"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Yang berkepentingan akan membaca alasan ini."),
        required=False,
    )
    # (status, words); the first is the way forward.
    verdicts = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = self.verdicts
        self.fields["reason"].optional_words = _(
            "(wajib kecuali untuk “%(forward)s”)"
        ) % {"forward": self.verdicts[0][1]}

    def clean(self):
        cleaned = super().clean()
        forward, _words = self.verdicts[0]
        if cleaned.get("verdict") in (None, forward):
            self.errors.pop("reason", None)
            cleaned.setdefault("reason", "")
        elif not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Tulis alasannya."))
        return cleaned


def _link(record) -> str:
    if not hasattr(record, "get_absolute_url"):
        return str(record)
    return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record)


class RecordFormMetaclass(ModelFormMetaclass):
    def __new__(mcs, name, bases, attrs):
        meta = attrs.get("Meta")
        if meta and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(field_for)
        return super().__new__(mcs, name, bases, attrs)


class RecordForm(UserForm, forms.ModelForm, metaclass=RecordFormMetaclass):
    """A form of a `Record`: guarded against stale edits and double submits.

    `revision` is that of the record when the form was opened; the service hands it to
    `Record.save_edit`. `submission_key` is the same however often the form is sent, so
    whoever comes back to it is told of what it `made`.
    """

    made = None

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, zone=None, instance=None, **kwargs):
        # A copy, so that the page around it says what is stored, not what was typed.
        super().__init__(*args, instance=copy(instance), **kwargs)
        self.fields["revision"].initial = getattr(self.instance, "revision", 0)
        self.fields["submission_key"].initial = uuid.uuid4()
        for field in self.fields.values():
            if isinstance(field, DateTimeField) and zone:
                field.zone = zone

    def clean(self):
        cleaned = super().clean()
        key = self.cleaned_data.get("submission_key")
        if key and self.instance._state.adding:
            self.instance.submission_key = key
            self.made = self.made_with(key)
            if self.made is not None and not self._repeats(cleaned):
                self._refuse_twice()
        return cleaned

    def made_with(self, key: uuid.UUID):
        """What this very form has made before; a form may make another kind."""
        rows = type(self.instance)._base_manager.filter(submission_key=key)
        if self.user is not None and hasattr(self.instance, "created_by_id"):
            rows = rows.filter(created_by=self.user)
        return rows.first()

    def _repeats(self, cleaned: dict) -> bool:
        """Whether it says what was saved: then `save_new` leads there once more."""
        for name in self._meta.fields:
            was, now = getattr(self.made, name), cleaned.get(name)
            if self._meta.model._meta.get_field(name).many_to_many:
                was, now = set(was.all()), set(now or ())
            if name in cleaned and was != now:
                return False
        return True

    def _refuse_twice(self):
        """Sent once more it makes another one, which may be what he wants."""
        words = _(
            "Isian ini sudah tersimpan: {}. Bila Anda memang hendak mencatat yang "
            "lain, kirim sekali lagi."
        )
        self.add_error(None, format_html(words, _link(self.made)))
        self.data = self.data.copy()
        self.data[self.add_prefix("submission_key")] = str(uuid.uuid4())

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
        """After a StaleRecord the form shows what the record says now; sending it once
        more means that the person has seen that.
        """
        if isinstance(refusal, StaleRecord):
            refusal = self._named(refusal)
            current = type(self.instance)._base_manager.get(pk=self.instance.pk)
            self.newer_values = self._newer_values(current)
            self.data = self.data.copy()
            self.data[self.add_prefix("revision")] = str(current.revision)
        super().refuse(refusal)

    def _named(self, refusal: StaleRecord) -> StaleRecord:
        """Whoever works in two windows is told that it was himself."""
        last = Entry.objects.about(self.instance).deeds().order_by("-pk").first()
        return StaleRecord(OWN_CHANGE) if last and last.actor == self.user else refusal

    def _newer_values(self, current):
        """Label and present value of each field that differs from what was typed."""
        return [
            (bound.label, value_text(current, bound.name))
            for bound in self.visible_fields()
            if bound.name in self._meta.fields
            and hasattr(current, bound.name)
            and value_text(current, bound.name) != value_text(self.instance, bound.name)
        ]
