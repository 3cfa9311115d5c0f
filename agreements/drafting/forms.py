from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.drafting.services import title_of_nota
from agreements.feasibility.forms import TITLE
from agreements.register.models import Agreement
from partners.models import CommunityGroup, Partner, Partnership
from pokmas.forms.base import RecordForm, StepForm
from pokmas.forms.choosing import Choosing, SearchedTicks, numbers
from pokmas.forms.fields import DateField, NipField
from pokmas.offices.models import Office
from pokmas.records.lines import LineFormField

# What is proposed of the partner, and which of its facts that is.
PROPOSED = {
    "partner_signatory": "leader_name",
    "partner_position": "leader_position",
}
# What an amendment changes in the agreement; its title, and who signs it, are its own.
AMENDABLE = ("group", "urgency", "form", "subject", "ends_on")
SIGNATORIES = (
    *("our_signatory", "our_position", "our_nip", "our_capacity", "our_authority"),
    *("partner_signatory", "partner_position", "partner_authority"),
)
AUTHORITY = _(
    "Nomor dan tanggal SK, akta, atau surat kuasa. Boleh kosong sampai diketahui."
)


class AgreementForm(Choosing, RecordForm):
    """The text of an agreement and who signs it.

    `proposed_for` is the partner whose leader stands in the form as its signatory.
    """

    our_nip = NipField(label=_("NIP"), required=False)
    proposed_for = LineFormField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Agreement
        fields = [
            "partner",
            "kind",
            "umbrella",
            "group",
            "title",
            "urgency",
            "form",
            "subject",
            "starts_on",
            "ends_on",
            "our_signatory",
            "our_position",
            "our_nip",
            "our_capacity",
            "our_authority",
            "partner_signatory",
            "partner_position",
            "partner_authority",
            "for_all_units",
            "implementing_units",
        ]
        widgets = {
            "urgency": forms.Textarea(attrs={"rows": 3}),
            "form": forms.Textarea(attrs={"rows": 3}),
            "subject": forms.Textarea(attrs={"rows": 6}),
            "implementing_units": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "title": TITLE,
            "urgency": _("Mengapa kerja sama ini perlu? (Permenkumham 65/2016)"),
            "form": _("Misalnya pelatihan, penyuluhan, atau penyediaan tempat."),
            "subject": _(
                "Apa yang dilakukan, oleh siapa, dan untuk siapa. Jangan menulis nama "
                "warga binaan, klien, atau anak."
            ),
            "group": _("Isi bila kerja sama ini untuk satu kelompok Pokmas Lipas."),
            "umbrella": _("Isi bila PKS ini turunan dari nota kesepahaman."),
            "our_authority": AUTHORITY,
            "partner_authority": AUTHORITY,
            "implementing_units": _(
                "Unit yang dipilih dapat membaca naskah ini sejak dibahas dengan mitra."
            ),
        }

    def __init__(self, *args, user, partnership=None, group=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        groups = CommunityGroup.objects.visible_to(user).unfinished()
        if self.instance.is_amendment:
            self.offer("group", groups, none=_("Tidak ada"))
            for name in set(self._meta.fields) - {"title", *AMENDABLE, *SIGNATORIES}:
                del self.fields[name]
            return
        partners = Partner.objects.working_for(user)
        if self.instance._state.adding:
            self._begin(user.acting.office)
            self._propose(numbers([partnership]))
            self._propose_nota(groups.filter(pk__in=numbers([group])).first())
            self._follow(partners)
        self.offer("group", groups, none=_("Tidak ada"))
        self.fields["kind"].choices = [
            choice
            for choice in Agreement.Kind.choices
            if choice[0] != Agreement.Kind.ADDENDUM
        ]
        self.fields["partner"].empty_label = _("Pilih mitra")
        if self.instance._state.adding:
            self.offer(
                "partner",
                partners.select_related("regency"),
                label=_place,
                lacking=_(
                    "Belum ada mitra yang disetujui. Catat mitranya dahulu di menu "
                    "Mitra, lalu kepala menyetujuinya."
                ),
            )
        else:
            self.fields["partner"].queryset = partners | Partner.objects.filter(
                pk=self.instance.partner_id
            )
            self.fields["partner"].disabled = True
        self.offer("umbrella", self._umbrellas(user), none=_("Tidak ada"))
        self._offer_units()

    def _umbrellas(self, user):
        """Notas in force of this office and those above it, and the present one."""
        rows = Agreement.objects.visible_to(user).filter(kind__in=Agreement.NOTAS)
        office = self.instance.office
        if office.is_wide:
            rows = rows.filter(Q(office=office) | Q(region=None))
        kept = Agreement.objects.filter(pk=self.instance.umbrella_id)
        return Agreement.objects.filter(
            Q(pk__in=rows.in_force().exclude(pk=self.instance.pk).values("pk"))
            | Q(pk__in=kept.values("pk"))
        )

    def _offer_units(self):
        """Which units carry out what a Kanwil or headquarters signs."""
        office = self.instance.office
        if not office.is_wide:
            del self.fields["for_all_units"], self.fields["implementing_units"]
            return
        below = Office.objects.under(office).active().exclude(pk=office.pk)
        self.offer(
            "implementing_units", below.filter(successor=None), widget=SearchedTicks
        )

    @property
    def chosen_units(self) -> list | None:
        """None where there is no such question."""
        units = self.cleaned_data.get("implementing_units")
        return None if units is None else list(units)

    def _begin(self, office):
        self.instance.office = office
        self.initial |= {
            "kind": Agreement.Kind.PKS,
            "our_signatory": office.head_name,
            "our_position": office.head_title,
            "our_nip": office.head_nip,
            "our_capacity": office.head_capacity,
        }

    def _propose(self, keys):
        """Begin with what is known of the partner from whose page one came."""
        working = Partnership.objects.visible_to(self.user).working()
        for partnership in working.filter(pk__in=keys).select_related("partner"):
            partner = partnership.partner
            self.initial |= {"partner": partner.pk, "proposed_for": partner.pk}
            for name, fact in PROPOSED.items():
                self.initial[name] = getattr(partner, fact)

    def _propose_nota(self, group):
        """Begin with the nota that makes the partner one of that group."""
        partner = Partner.objects.filter(pk=self.initial.get("partner")).first()
        if group and partner:
            self.initial |= {
                "kind": Agreement.Kind.MOU,
                "group": group.pk,
                "title": title_of_nota(group, partner),
            }

    def _follow(self, partners):
        """Whoever was proposed gives way to the leader of another partner chosen now.

        A name that somebody typed stays.
        """
        before, after = (
            partners.filter(pk__in=numbers([self.data.get(self.add_prefix(name))]))
            for name in ("proposed_for", "partner")
        )
        before, after = before.first(), after.first()
        if after is None or after == before:
            return
        self.data = self.data.copy()
        for name, fact in PROPOSED.items():
            typed = self.data.get(self.add_prefix(name), "").strip()
            was_proposed = before is not None and typed == getattr(before, fact)
            if was_proposed or not typed:
                self.data[self.add_prefix(name)] = getattr(after, fact)
        self.data[self.add_prefix("proposed_for")] = str(after.pk)


def _place(partner: Partner) -> str:
    return f"{partner.name} ({partner.regency})"


class DeriveForm(Choosing, StepForm):
    """What several PKS under one nota have in common, and with whom they are made."""

    LAYOUT = [
        (_("Dengan siapa"), ("partners",)),
        (
            _("Isi naskah"),
            ("title", ("starts_on", "ends_on"), "urgency", "form", "subject"),
        ),
        (_("Pihak Kesatu: unit"), (("our_signatory", "our_position"),)),
    ]
    COPIED = ("starts_on", "ends_on", "urgency", "form", "subject")

    partners = forms.ModelMultipleChoiceField(
        label=_("Mitra"),
        queryset=Partner.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Tiap mitra mendapat satu draf PKS, dengan pimpinannya sebagai penanda "
            "tangan."
        ),
        error_messages={"required": _("Pilih paling sedikit satu mitra.")},
    )
    title = LineFormField(
        label=_("Judul"),
        max_length=200,
        help_text=_("Nama mitra ditulis di belakangnya pada tiap PKS."),
    )
    starts_on = DateField(label=_("Mulai berlaku"))
    ends_on = DateField(label=_("Berakhir"))
    urgency = forms.CharField(
        label=_("Urgensi"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    form = forms.CharField(
        label=_("Bentuk kerja sama"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    subject = forms.CharField(
        label=_("Pokok kerja sama"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    our_signatory = LineFormField(label=_("Penanda tangan unit"), max_length=120)
    our_position = LineFormField(label=_("Jabatan penanda tangan unit"), max_length=120)

    def __init__(self, *args, user, record, **kwargs):
        super().__init__(*args, user=user, record=record, **kwargs)
        office = user.acting.office
        self.initial |= {name: getattr(record, name) for name in self.COPIED} | {
            "title": _("PKS %(nota)s") % {"nota": record.title},
            "our_signatory": office.head_name,
            "our_position": office.head_title,
        }
        self.offer(
            "partners",
            Partner.objects.working_for(user).select_related("regency"),
            label=_place,
            widget=SearchedTicks,
            lacking=_(
                "Belum ada mitra yang disetujui. Catat mitranya dahulu di menu "
                "Mitra, lalu kepala menyetujuinya."
            ),
        )
