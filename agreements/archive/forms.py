from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.archive.matching import Match, Proposal
from agreements.register.models import Agreement
from agreements.signing.services import known_scan
from pokmas.documents.models import Document
from pokmas.forms.base import StepForm, UserForm
from pokmas.forms.kept_files import KeptFileField, KeptFilesField, token_of
from pokmas.numbering.keys import bare_number
from pokmas.records.lines import LineFormField
from pokmas.words import dates

# So many files are looked at in one request.
MOST_FILES = 10


class AddScanForm(StepForm):
    scan = KeptFileField(
        label=_("Pindaian naskah bertanda tangan"), kinds=[Document.Kind.PDF]
    )
    is_same_scan = forms.BooleanField(
        label=_("Berkas ini memang pindaian kedua kerja sama itu"), required=False
    )

    def clean(self):
        """Only where it is the scan of another one too."""
        cleaned = super().clean()
        scan = cleaned.get("scan")
        words = known_scan(self.record, scan) if scan else ""
        if not words:
            del self.fields["is_same_scan"]
            cleaned.pop("is_same_scan", None)
        elif not cleaned.get("is_same_scan"):
            self.add_error("is_same_scan", words)
        return cleaned


class ScansField(KeptFilesField):
    """Many PDFs; each is looked at for itself, so that one keeps no other back."""

    def __init__(self, **kwargs):
        super().__init__(kinds=[Document.Kind.PDF], at_most=MOST_FILES, **kwargs)
        self.binds = self.widget.binds = False

    def widget_attrs(self, widget):
        return {"accept": "application/pdf,.pdf", "multiple": True}

    def documents(self, data):
        return data.uploads if data else []


class ScansForm(UserForm, forms.Form):
    scans = ScansField(
        label=_("Berkas PDF"),
        help_text=_(
            "Beri nama berkas dengan nomor kerja samanya agar langsung dikenali; bila "
            "tidak, isinya dibaca."
        ),
    )


class ScanForm(UserForm, forms.Form):
    """Whose scan one file is: one of the likely ones, or another by its number."""

    token = LineFormField(widget=forms.HiddenInput)
    agreement = forms.ChoiceField(
        label=_("Kerja sama"), required=False, widget=forms.RadioSelect
    )
    number = LineFormField(
        label=_("Nomor kerja sama lain"), max_length=100, required=False
    )

    def __init__(self, *args, proposal: Proposal, user, rows, **kwargs):
        self.proposal, self.document, self.rows = proposal, proposal.document, rows
        prefix = f"d{self.document.pk}"
        super().__init__(*args, prefix=prefix, **kwargs)
        self.fields["token"].initial = token_of(self.document, user)
        choices = [(str(each.pk), named(each)) for each in proposal.likely]
        self.fields["agreement"].choices = [*choices, ("", _("Jangan dipakai"))]
        self.fields["agreement"].initial = ""
        if proposal.match == Match.SURE:
            self.fields["agreement"].initial = choices[0][0]

    def clean(self):
        cleaned = super().clean()
        cleaned["chosen"] = None
        if number := cleaned.get("number"):
            bare = bare_number(number)
            found = [
                each
                for each in self.rows
                if bare in map(bare_number, (each.our_number, each.partner_number))
            ]
            if len(found) == 1:
                cleaned["chosen"] = found[0]
            elif found:
                words = _(
                    "Nomor ini dipakai lebih dari satu kerja sama; pilih di atas."
                )
                self.add_error("number", words)
            else:
                words = _(
                    "Tidak ada kerja sama tanpa pindaian dengan nomor ini di unit Anda."
                )
                self.add_error("number", words)
        elif pk := cleaned.get("agreement"):
            cleaned["chosen"] = next(
                (each for each in self.rows if str(each.pk) == pk), None
            )
        return cleaned


def named(agreement: Agreement) -> str:
    parts = [agreement.our_number, agreement.title, agreement.partner_unsaid]
    parts.append(dates.date_short(agreement.starts_on))
    return " · ".join(filter(None, parts))
