from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.discussion import services
from agreements.discussion.models import TextAnswer, TextComment
from agreements.discussion.people import callable_by, ids_of, who_reads_internal
from agreements.texts.compare import latest_text
from agreements.texts.forms import UploadForm
from pokmas.accounts.models import User
from pokmas.documents.models import Document
from pokmas.forms.base import StepForm
from pokmas.forms.fields import DateField
from pokmas.forms.kept_files import KeptFileField
from pokmas.records.lines import LineFormField
from pokmas.server.outside import whole_number

Verdict, Way = TextAnswer.Verdict, TextAnswer.Way


class AskForm(StepForm):
    due_by = DateField(
        label=_("Dijawab paling lambat"),
        help_text=_(
            "Mitra membaca tanggal ini. Bila lewat, pengawas unit diberi tahu."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due_by"].initial = services.days_to_answer(self.record)


class Answering(StepForm):
    verdict = forms.ChoiceField(
        label=_("Jawaban"), choices=Verdict, widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label=_("Catatan"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Wajib bila diminta perubahan: sebut Pasalnya dan bunyi usulannya."
        ),
    )

    def clean(self):
        cleaned = super().clean()
        asks = cleaned.get("verdict") == Verdict.CHANGE
        if asks and not cleaned.get("comment"):
            self.add_error("comment", _("Tulis perubahan yang diminta."))
        return cleaned


class AnswerForm(Answering):
    """Tied to the version that stood on the page; a newer one is read first."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What happened since is told of in the words of the version.
        self.fields.pop("revision", None)
        self.latest = latest_text(self.record)
        self.fields["seen"].initial = self.latest and self.latest.number

    def clean(self):
        cleaned = super().clean()
        if self.latest and cleaned.get("seen") != self.latest.number:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = str(self.latest.number)
            raise ValidationError(services.newer_than_seen(self.latest))
        return cleaned


class ProposeForm(UploadForm):
    """The partner's own file; whoever proposes what he is asked about is asked whether
    he agrees with it."""

    @property
    def said_of_same(self):
        if self.record.partner_due_by is None:
            return super().said_of_same
        return _(
            "Bunyi berkas ini sama dengan naskah versi %(number)s. Setujukah Anda? "
            "Cukup jawab “Setuju” pada “Jawab naskah”, tanpa berkas; bila berkasnya "
            "tetap dikirim, itu pun dicatat sebagai persetujuan Anda."
        )


class RecordForm(Answering):
    said_by = LineFormField(label=_("Yang menjawab"), max_length=120)
    said_on = DateField(label=_("Tanggal jawaban"))
    way = forms.ChoiceField(
        label=_("Cara"), choices=[each for each in Way.choices if each[0] != Way.PORTAL]
    )
    evidence = KeptFileField(
        label=_("Bukti"),
        kinds=[Document.Kind.PDF, Document.Kind.JPEG, Document.Kind.PNG],
        required=False,
        help_text=_("Surat, notula, atau tangkapan layar. Wajib bila berupa surat."),
    )

    def clean(self):
        cleaned = super().clean()
        said_on = cleaned.get("said_on")
        if said_on and said_on > self.record.office.today:
            self.add_error("said_on", _("Tanggal jawaban belum tiba."))
        is_letter = cleaned.get("way") == Way.LETTER
        if is_letter and not cleaned.get("evidence") and "evidence" not in self.errors:
            self.add_error("evidence", _("Unggah suratnya."))
        return cleaned


class CommentForm(StepForm):
    """About a Pasal of the version on the page, or a reply."""

    article = forms.ChoiceField(label=_("Tentang"), required=False)
    text = forms.CharField(
        label=_("Komentar"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    called = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Beri tahu"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_internal = forms.BooleanField(
        label=_("Hanya untuk petugas; mitra tidak membacanya"), required=False
    )
    reply_to = forms.ModelChoiceField(
        queryset=None, required=False, widget=forms.HiddenInput
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("revision", None)
        self.latest = latest_text(self.record)
        articles = self.latest.content.parts if self.latest else ()
        self.fields["article"].choices = [
            ("", _("Seluruh naskah")),
            *(
                (each.number, f"{each.name} {each.heading}".strip())
                for each in articles
            ),
        ]
        heads = TextComment.objects.visible_to(self.user).filter(reply_to=None)
        self.fields["reply_to"].queryset = heads.filter(
            agreement=self.record
        ).select_related("version", "created_by")
        self.replied = self._replied()
        self._offer_people()
        if self.replied is not None:
            # The thread says what it is about, and who reads it.
            del self.fields["article"], self.fields["is_internal"]
        elif not self.user.acting.is_staff:
            del self.fields["is_internal"]

    def _offer_people(self):
        sides = callable_by(self.user, self.record)
        if self.replied and self.replied.is_internal:
            reading = who_reads_internal(self.record)
            sides = {
                side: [each for each in people if each.pk in reading]
                for side, people in sides.items()
            }
        field = self.fields["called"]
        field.queryset = User.objects.filter(pk__in=ids_of(sides))
        field.choices = [
            (side, [(each.pk, str(each)) for each in people])
            for side, people in sides.items()
            if people
        ]
        field.help_text = _("Operator unit selalu diberi tahu.")
        if not field.choices:
            del self.fields["called"]

    def _replied(self) -> TextComment | None:
        if not (number := whole_number(self["reply_to"].value())):
            return None
        return self.fields["reply_to"].queryset.filter(pk=number).first()

    def clean(self):
        cleaned = super().clean()
        cleaned["version"] = self.latest
        return cleaned
