from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.activities.remarks import NoNames
from outreach.coverage.models import ONLY_WEB, Coverage
from pokmas.forms.base import StepForm
from pokmas.forms.fields import DateField
from pokmas.records.lines import LineFormField

# What was told so long before or after it, was perhaps not told of it.
BEFORE, AFTER = timedelta(days=31), timedelta(days=366)


class CoverageForm(NoNames, StepForm):
    """What a medium told of an activity."""

    REMARKS = ("headline",)

    kind = forms.ChoiceField(label=_("Jenis media"), choices=Coverage.Kind)
    outlet = LineFormField(
        label=_("Nama media"),
        max_length=120,
        help_text=_("Misalnya Pos Kupang, TVRI NTT, atau nama akunnya."),
    )
    headline = LineFormField(
        label=_("Judul berita"),
        max_length=300,
        help_text=_("Tanpa nama warga binaan, klien, korban, atau anak."),
    )
    published_on = DateField(label=_("Tanggal tayang"))
    link = LineFormField(
        label=_("Tautan"),
        max_length=2000,
        required=False,
        validators=[ONLY_WEB],
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=_("Diawali http:// atau https://; disimpan apa adanya."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["link"].optional_words = _("(wajib untuk media daring dan sosial)")

    def clean(self):
        cleaned = super().clean()
        self._check_day(cleaned.get("published_on"))
        link = cleaned.get("link")
        if cleaned.get("kind") in Coverage.WITH_LINK and not (
            link or "link" in self.errors
        ):
            self.add_error("link", _("Isi tautannya."))
        if link:
            self._name_others(link)
        return cleaned

    def _check_day(self, day):
        if day is None:
            return
        held_on = self.record.held_on
        if day > self.record.office.today:
            self.add_error("published_on", _("Tanggal tayang belum tiba."))
        elif not held_on - BEFORE <= day <= held_on + AFTER:
            words = _("Jauh dari hari kegiatannya: periksa lagi tanggalnya.")
            self.doubt("published_on", words)

    def _name_others(self, link):
        rows = Coverage.objects.visible_to(self.user).same_link(link)
        others = rows.exclude(activity=self.record).select_related("activity")[:3]
        if titles := ", ".join(row.activity.title for row in others):
            words = _("Tautan yang sama sudah dicatat pada: %(titles)s.")
            self.doubt("link", words % {"titles": titles})
