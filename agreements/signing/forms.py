from copy import copy
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from agreements.signing import numbers, services
from agreements.signing.models import SigningDay
from pokmas.documents.models import Document
from pokmas.forms.base import ReasonForm, RecordForm, StepForm, UserForm
from pokmas.forms.fields import DateField
from pokmas.forms.kept_files import KeptFileField
from pokmas.numbering import services as numbering
from pokmas.numbering.models import Classification
from pokmas.records.lines import LineFormField
from pokmas.server.outside import whole_number
from pokmas.words import dates

TYPED = (
    *("our_number", "partner_number", "signed_on", "signed_at_place"),
    *services.SIGNATORIES,
)
EXAMPLE = _("Tulis lengkap, misalnya WP.22.PAS.2-HK.01.05-0022 TAHUN 2026.")


def number_field(**kwargs) -> LineFormField:
    """So wide that the longest usual number stands whole, also on a phone."""
    widget = forms.TextInput(attrs={"data-number": ""})
    return LineFormField(max_length=100, widget=widget, **kwargs)


class GiveNumberForm(StepForm):
    """The next number of the office's book, or another one that was given elsewhere."""

    LAYOUT = [(_("Nomor"), ("dated", "classification", "other_number"))]

    dated = DateField(label=_("Tanggal nomor"))
    classification = forms.ModelChoiceField(
        Classification.objects.in_use(),
        label=_("Klasifikasi"),
        required=False,
        empty_label=_("Menurut pola kantor"),
    )
    other_number = number_field(
        label=_("Nomor lain"),
        required=False,
        help_text=_("Hanya bila nomornya sudah diberikan di luar portal."),
    )

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        self.fields["dated"].initial = record.office.today
        _say_next(self, "other_number")

    def clean(self):
        cleaned = super().clean()
        text, day = cleaned.get("other_number"), cleaned.get("dated")
        if text and day:
            _refuse_taken(self, "other_number", text, day)
        return cleaned


class RenumberForm(ReasonForm):
    LAYOUT = [(_("Nomor"), ("dated", "classification", "our_number"))]

    dated = DateField(label=_("Tanggal nomor"))
    classification = forms.ModelChoiceField(
        Classification.objects.in_use(),
        label=_("Klasifikasi"),
        required=False,
        empty_label=_("Menurut pola kantor"),
    )
    our_number = number_field(label=_("Nomor unit"), required=False)

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        self.fields["dated"].initial = record.office.today
        if had := numbers.number_of(record):
            self.fields["classification"].initial = had.classification
        _say_next(self, "our_number")

    def clean(self):
        cleaned = super().clean()
        text, day = cleaned.get("our_number"), cleaned.get("dated")
        if text and day:
            _refuse_taken(self, "our_number", text, day)
        return cleaned


def _say_next(form, name: str) -> None:
    """Which number it is given if nobody types one."""
    writing = numbers.writing_of(form.record, form.record.office.today)
    try:
        following = numbering.proposal(writing)
    except ValidationError as refusal:
        form.fields[name].help_text = " ".join(refusal.messages)
    else:
        form.fields[name].help_text = format_lazy(
            _("Kosongkan untuk nomor berikutnya di buku: {number}"),
            number=following,
        )


class SrikandiForm(StepForm):
    """What SRIKANDI gave back."""

    our_number = number_field(label=_("Nomor naskah dari SRIKANDI"), help_text=EXAMPLE)
    dated = DateField(label=_("Tanggal naskah"))
    file = KeptFileField(
        label=_("Naskah bertanda tangan"),
        kinds=[Document.Kind.PDF],
        help_text=_(
            "PDF dari SRIKANDI apa adanya: tanda tangan elektroniknya diperiksa."
        ),
    )

    def clean(self):
        cleaned = super().clean()
        text, day = cleaned.get("our_number"), cleaned.get("dated")
        if day and day > self.record.office.today:
            self.add_error("dated", _("Tanggal naskah tidak boleh di masa depan."))
        if text and day:
            _refuse_taken(self, "our_number", text, day)
        return cleaned


def _refuse_taken(form, name: str, text: str, day: date) -> None:
    if words := numbers.against(form.record, text, day):
        form.add_error(name, words)
        return
    record = copy(form.record)
    record.our_number, record.number_year = text, day.year
    try:
        record.validate_constraints()
    except ValidationError as refusal:
        for message in refusal.messages:
            form.add_error(name, message)


class SignForm(StepForm):
    """What is known after the signing."""

    # Whether it is asked for which number it has.
    asks_number = True
    LAYOUT = [
        (_("Nomor naskah"), ("our_number", "partner_number")),
        (
            _("Penandatanganan"),
            (
                ("signed_on", "signed_at_place"),
                *("is_earlier", "begins_then"),
                ("our_signatory", "our_position"),
                ("partner_signatory", "partner_position"),
                *("scan", "is_same_scan"),
            ),
        ),
    ]

    our_number = number_field(label=_("Nomor unit"), required=False, help_text=EXAMPLE)
    partner_number = LineFormField(
        label=_("Nomor mitra"), max_length=100, required=False
    )
    signed_on = DateField(label=_("Ditandatangani pada"))
    signed_at_place = LineFormField(label=_("Tempat"), max_length=120)
    is_earlier = forms.BooleanField(
        label=_("Tanggal itu benar: naskahnya ditandatangani sebelum dicatat di sini"),
        required=False,
    )
    begins_then = forms.BooleanField(
        label=_("Naskahnya berlaku sejak ditandatangani: mulai berlaku pada hari itu"),
        required=False,
    )
    our_signatory = LineFormField(
        label=_("Penanda tangan unit"), max_length=120, required=False
    )
    our_position = LineFormField(label=_("Jabatannya"), max_length=120, required=False)
    partner_signatory = LineFormField(
        label=_("Penanda tangan mitra"), max_length=120, required=False
    )
    partner_position = LineFormField(
        label=_("Jabatannya"), max_length=120, required=False
    )
    scan = KeptFileField(
        label=_("Pindaian naskah bertanda tangan"), kinds=[Document.Kind.PDF]
    )
    is_same_scan = forms.BooleanField(
        label=_("Benar: satu berkas itu memuat kedua naskah"), required=False
    )

    def __init__(self, *args, record, initial=None, **kwargs):
        initial = initial or self.known(record)
        super().__init__(*args, record=record, initial=initial, **kwargs)
        day = self._day()
        if day is None or not services.is_before_draft(self.record, day):
            self.fields.pop("is_earlier", None)
        if day is None or not services.is_after_start(self.record, day):
            self.fields.pop("begins_then", None)
        if not self.is_bound:
            del self.fields["is_same_scan"]
        self.fields["scan"].required = not initial.get("scan")
        if self.asks_number and not record.our_number:
            _say_next(self, "our_number")

    def known(self, record) -> dict:
        """What is on record already: names, and what SRIKANDI gave back."""
        found = {name: getattr(record, name) for name in services.SIGNATORIES}
        found["our_number"] = record.our_number
        given = numbers.number_of(record) if record.our_number else None
        if given and given.file:
            found |= {"signed_on": given.dated, "scan": given.file}
        return found

    def _day(self):
        """The day typed so far, if it is one."""
        if "signed_on" not in self.fields:
            return None
        try:
            return self.fields["signed_on"].clean(self["signed_on"].value())
        except ValidationError:
            return None

    def answers(self, cleaned: dict) -> dict:
        """What is asked, and what is settled without asking."""
        return cleaned

    def clean(self):
        """All that stands against it at once, whatever else is missing yet."""
        cleaned = self.answers(super().clean())
        record = copy(self.record)
        for name in TYPED:
            setattr(record, name, cleaned.get(name) or getattr(self.record, name))
        day = cleaned.get("signed_on")
        if day:
            text = cleaned.get("our_number")
            if text and not numbers.is_own(self.record, text):
                record.number_year = day.year
                if words := numbers.against(self.record, text, day):
                    self.add_error("our_number", words)
            confirmed = cleaned.get("is_earlier", False)
            self.refuse(
                ValidationError(services.wrong_day(self.record, day, confirmed))
            )
        if "begins_then" in self.fields:
            record.starts_on = day
            if not cleaned.get("begins_then"):
                self.add_error("begins_then", services.late_words(self.record))
        if self.has_error("our_number"):
            record.our_number = self.record.our_number
        try:
            record.validate_constraints()
        except ValidationError as refusal:
            self.refuse(refusal)
        self._ask_of_scan(cleaned)
        return cleaned

    def _ask_of_scan(self, cleaned):
        """Only where it is the scan of another one too."""
        scan = cleaned.get("scan")
        words = services.known_scan(self.record, scan) if scan else ""
        if not words:
            del self.fields["is_same_scan"]
        elif not cleaned.get("is_same_scan"):
            self.add_error("is_same_scan", words)


class CallOffForm(UserForm, forms.Form):
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tetap tertulis pada hari penandatanganan ini."),
    )


class SigningDayForm(RecordForm):
    """Which of those that are ready are signed together, when and where."""

    agreements = forms.ModelMultipleChoiceField(
        Agreement.objects.none(),
        label=_("Naskah yang ditandatangani"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Pilih sedikitnya satu naskah."),
            "invalid_choice": _(
                "Ada naskah yang tidak siap ditandatangani lagi, atau sudah ada pada "
                "hari penandatanganan lain. Pilih lagi."
            ),
        },
    )

    class Meta:
        model = SigningDay
        fields = ["held_on", "place"]

    field_order = ("held_on", "place", "agreements")

    def __init__(self, *args, user, nota=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        field = self.fields["agreements"]
        field.label_from_instance = _named
        if self.instance.pk:
            field.queryset = free_for(user, self.instance)
            field.initial = self.instance.agreements.all()
            return
        self.instance.office = user.acting.office
        self.fields["held_on"].initial = user.acting.office.today
        field.queryset = free_for(user)
        if key := whole_number(nota):
            field.initial = field.queryset.filter(Q(pk=key) | Q(umbrella=key))

    def clean(self):
        """None is numbered for a day on which it cannot be signed."""
        cleaned = super().clean()
        day = cleaned.get("held_on")
        for agreement in cleaned.get("agreements", ()) if day else ():
            if agreement.starts_on < day and not agreement.is_amendment:
                words = _(
                    "“%(title)s” mulai berlaku %(day)s, sebelum hari ini. Pilih "
                    "tanggal lain, atau kembalikan dahulu ke pembahasan dan ubah "
                    "tanggal mulainya."
                )
                self.add_error(
                    "agreements",
                    words
                    % {
                        "title": agreement.title,
                        "day": dates.date_long(agreement.starts_on),
                    },
                )
        return cleaned


def free_for(user, day=None):
    """Those that are ready and on no other day that is still to come; and whatever is
    on this one."""
    places = SigningDay.agreements.through.objects
    ahead = places.filter(signingday__held_on__gte=user.acting.office.today)
    free = _is_ready(user) & ~Q(pk__in=ahead.values("agreement"))
    if day is not None:
        free |= Q(pk__in=places.filter(signingday=day.pk).values("agreement"))
    return _of(user, free)


def _is_ready(user) -> Q:
    own = Agreement.free_for(user, Agreement.STEPS["sign"])
    return own & Q(status=Agreement.Status.READY_TO_SIGN)


def _of(user, which: Q):
    rows = Agreement.objects.visible_to(user).select_related("partner")
    return rows.filter(which).order_by("kind", "title", "pk")


def _named(agreement) -> str:
    parts = [agreement.get_kind_display(), agreement.title, agreement.partner_unsaid]
    return " · ".join(filter(None, [*parts, agreement.our_number]))


class RowForm(SignForm):
    """What is still to be said of one agreement of a signing day."""

    asks_number = False
    SAID = ("partner_number", "is_earlier", "begins_then", "scan")
    ASKED = (*SAID, "is_same_scan", "revision")

    def __init__(self, *args, day, record, **kwargs):
        self.day = day
        super().__init__(*args, record=record, prefix=f"a{record.pk}", **kwargs)
        for name in [*self.fields]:
            if name not in (*self.ASKED, *services.SIGNATORIES):
                del self.fields[name]

    def _day(self):
        return self.day.held_on

    def answers(self, cleaned):
        settled = {"signed_on": self.day.held_on, "signed_at_place": self.day.place}
        return cleaned | settled

    @property
    def cautions(self) -> list:
        return services.text_cautions(self.record, self.day)

    @property
    def is_sent(self) -> bool:
        """Whether anything was filled in: an empty row is for later."""
        said = (self[name].value() for name in self.SAID if name in self.fields)
        return any(said) or self.has_other_signatories

    @property
    def signatories(self) -> list:
        """Of each side name and position, in a row of the form."""
        names = services.SIGNATORIES
        return [[self[name] for name in pair] for pair in (names[:2], names[2:])]

    @property
    def has_other_signatories(self) -> bool:
        """Whether somebody else signs than the text says."""
        return any(self[name].data for name in services.SIGNATORIES) and any(
            self[name].value() != getattr(self.record, name)
            for name in services.SIGNATORIES
        )
