from datetime import timedelta

from django import forms
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from outreach.ambassadors.funnel import GROUPS
from outreach.ambassadors.models import POSTS, Ambassador, Contact, ContactResult
from partners.kinds.models import PartnerKind
from partners.models import Partner
from pokmas.accounts.models import User
from pokmas.documents.models import Document
from pokmas.forms.base import RecordForm, StepForm
from pokmas.forms.choosing import Choosing, numbers
from pokmas.forms.fields import DateField, PhoneField
from pokmas.forms.kept_files import KeptFileField
from pokmas.lists.filters import PeriodForm
from pokmas.offices.models import Office

# So many partners on record are offered while a name is typed, from so many letters on.
OFFERED, LETTERS = 6, 3
# When to speak again, in days from today.
AGAIN = [
    ("", _("Tidak perlu")),
    ("1", _("Besok")),
    ("3", _("3 hari lagi")),
    ("7", _("Seminggu lagi")),
    ("14", _("2 minggu lagi")),
    ("30", _("Sebulan lagi")),
    ("day", _("Pada tanggal lain")),
]
# What stays as it is most times, folded away.
SELDOM = ("met_on", "note")
NO_NAMES = _("Tanpa nama warga binaan, klien, atau anak.")


class AmbassadorForm(Choosing, RecordForm):
    """Who is appointed, for how long, by which letter."""

    letter = KeptFileField(label=_("Surat penunjukan"), kinds=[Document.Kind.PDF])

    LAYOUT = [
        (_("Siapa"), ("office", "person")),
        (_("Masa tugas"), (("starts_on", "ends_on"),)),
        (_("Surat"), (("letter_number", "letter_on"), "letter")),
    ]

    class Meta:
        model = Ambassador
        fields = [
            *("office", "person", "starts_on", "ends_on"),
            *("letter_number", "letter_on"),
        ]
        help_texts = {
            "letter_number": _(
                "Tulis lengkap, misalnya WP.22.PAS.3-HK.01.05-0012 TAHUN 2026."
            ),
        }

    def __init__(self, *args, user, person=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        own = user.acting.office
        if not self.instance._state.adding:
            del self.fields["office"], self.fields["person"]
            self.fields["letter"].required = False
            self.fields["letter"].help_text = _("Kosongkan bila suratnya tetap sama.")
            return
        if own.is_wide:
            offices = Office.objects.visible_to(user).active().exclude(parent=None)
            self.initial["office"] = own.pk
            self.offer("office", offices)
        else:
            del self.fields["office"]
            self.instance.office = own
        people = User.objects.visible_to(user).holding(role__in=POSTS).for_list()
        self.initial["person"] = next(iter(numbers([person])), None)
        self.offer("person", people, label=_with_office)


def _with_office(person) -> str:
    return f"{person} · {person.office_name}"


class ContactForm(Choosing, RecordForm):
    """Whom one spoke to, how it went, what comes next: for a phone, in a minute."""

    again = forms.ChoiceField(
        label=_("Hubungi lagi"), choices=AGAIN, required=False, initial=""
    )
    phone = PhoneField(label=_("Nomor telepon"), required=False)

    class Meta:
        model = Contact
        fields = [
            *("office", "name", "partner", "kind", "phone", "approach", "result"),
            *("follow_up_on", "follow_up", "met_on", "note"),
        ]
        widgets = {
            "partner": forms.RadioSelect,
            "approach": forms.RadioSelect,
            "result": forms.RadioSelect,
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {"office": _("Untuk unit"), "name": _("Lembaga atau orang")}
        help_texts = {
            "name": _("Ketik beberapa huruf; mitra yang sudah tercatat ditawarkan."),
            "kind": _("Hanya bagi yang belum tercatat."),
            "follow_up": _("Misalnya bawa contoh naskah kerja sama."),
            "note": NO_NAMES,
        }

    def __init__(self, *args, user, after=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.is_new = self.instance._state.adding
        self.after = after
        self._settle_office()
        self.fields["approach"].choices = self.fields["approach"].choices[1:]
        self._offer_results()
        self.fields["kind"].queryset = PartnerKind.objects.in_use()
        self.fields["kind"].empty_label = _("Pilih jenis")
        if self.is_new:
            self.initial["met_on"] = self.instance.office.today
        else:
            del self.fields["again"]
        if self.is_settled:
            for name in ("name", "partner", "kind", "phone"):
                del self.fields[name]
        else:
            self._offer_partners()

    @property
    def is_unfolded(self) -> bool:
        """Whether something of what is seldom changed must be looked at."""
        return not self.is_new or any(name in self.errors for name in SELDOM)

    @cached_property
    def is_settled(self) -> bool:
        """Whether it is known already to whom one speaks."""
        return self.after is not None or (
            not self.is_new and self.instance.partner_id is not None
        )

    def _settle_office(self):
        """A unit for itself; a Kanwil for itself or for one of its units."""
        own = self.user.acting.office
        if self.after is not None:
            self.instance.office = self.after.office
        elif self.is_new:
            self.instance.office = own
        if not (self.is_new and own.is_wide and self.after is None):
            del self.fields["office"]
            return
        offices = Office.objects.visible_to(self.user).active()
        self.initial["office"] = own.pk
        self.offer("office", offices.exclude(parent=None))

    def _offer_results(self):
        rows = ContactResult.objects.in_use()
        if not self.is_new:
            rows |= ContactResult.objects.filter(pk=self.instance.result_id)
        self.fields["result"].queryset = rows
        self.fields["result"].empty_label = None

    def _offer_partners(self):
        """Those on record that are called so, and the one that was chosen."""
        for name in ("name", "kind"):
            self.fields[name].required = False
            self.fields[name].optional_words = ""
        name = self.fields["name"]
        name.widget.attrs |= {"autocomplete": "off", "type": "search"}
        rows = Partner.objects.visible_to(self.user).filter(merged_into=None)
        rows = rows.select_related("regency")
        chosen = list(rows.filter(pk__in=self.chosen("partner")))
        text = str(self["name"].value() or "").strip()[:100]
        found = list(rows.search(text)[:OFFERED]) if len(text) >= LETTERS else []
        field = self.fields["partner"]
        field.queryset = rows
        field.optional_words = ""
        others = [row for row in found if row not in chosen]
        offered = [(row.pk, f"{row.name} ({row.regency})") for row in chosen + others]
        self.has_offer = bool(offered)
        new = (
            format_lazy(_("Belum tercatat: {}"), text) if text else _("Belum tercatat")
        )
        field.choices = [*offered, ("", new)]

    def clean(self):
        cleaned = super().clean()
        if not self.is_settled:
            self._clean_whom(cleaned)
        again, day = cleaned.get("again"), cleaned.get("follow_up_on")
        if not again or day or "follow_up_on" in self.errors:
            return cleaned
        if again == "day":
            self.add_error("follow_up_on", _("Isi tanggal tindak lanjutnya."))
        else:
            today = self.instance.office.today
            cleaned["follow_up_on"] = today + timedelta(days=int(again))
        return cleaned

    def _clean_whom(self, cleaned):
        partner = cleaned.get("partner")
        if partner is not None:
            cleaned |= {"name": partner.name, "kind": None, "phone": ""}
            for name in ("name", "kind", "phone"):
                self.errors.pop(name, None)
            return
        if not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Tulis nama lembaga atau orangnya."))
        if not cleaned.get("kind") and "kind" not in self.errors:
            words = _("Pilih mitra yang tercatat, atau pilih jenis lembaganya.")
            self.add_error("kind", words)


class ResultForm(RecordForm):
    class Meta:
        model = ContactResult
        fields = ["name", "needs_follow_up", "order"]
        help_texts = {
            "needs_follow_up": _(
                "Kontak dengan hasil ini disimpan hanya bila tanggal tindak lanjutnya "
                "diisi."
            )
        }


class SettleForm(StepForm):
    reason = forms.CharField(
        label=_("Mengapa tidak perlu lagi"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_NAMES,
    )


class RegisterAtForm(Choosing, StepForm):
    """At which unit below its own a Kanwil has somebody registered."""

    unit = forms.ModelChoiceField(
        label=_("UPT yang akan bekerja sama"),
        queryset=None,
        help_text=_("UPT itu melengkapi dan memverifikasi pendaftarannya."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = Office.objects.choosable().under(self.record.office)
        self.offer("unit", units)


class FunnelForm(PeriodForm):
    """The period in which people were spoken to first, and by what it is counted."""

    since = DateField(label=_("Sejak"))
    until = DateField(label=_("Sampai"))
    by = forms.ChoiceField(label=_("Menurut"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        office = user.acting.office
        offered = ["person"]
        if office.is_wide:
            offered.append("unit")
        if office.level == Office.Level.HEADQUARTERS:
            offered.append("region")
        self.fields["by"].choices = [(name, GROUPS[name][0]) for name in offered]
        if len(offered) == 1:
            del self.fields["by"]
