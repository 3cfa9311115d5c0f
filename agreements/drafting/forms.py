from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from partners.models import CommunityGroup, Partner, Partnership
from pokmas.forms.base import RecordForm
from pokmas.forms.choosing import Choosing, numbers
from pokmas.forms.fields import NipField
from pokmas.records.lines import LineFormField

# What is proposed of the partner, and which of its facts that is.
PROPOSED = {
    "partner_signatory": "leader_name",
    "partner_position": "leader_position",
}
# What an amendment changes in the agreement; its title, and who signs it, are its own.
AMENDABLE = ("group", "urgency", "form", "subject", "ends_on")
SIGNATORIES = (
    *("our_signatory", "our_position", "our_nip", "our_capacity"),
    *("partner_signatory", "partner_position"),
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
            "partner_signatory",
            "partner_position",
        ]
        widgets = {
            "urgency": forms.Textarea(attrs={"rows": 3}),
            "form": forms.Textarea(attrs={"rows": 3}),
            "subject": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts = {
            "urgency": _("Mengapa kerja sama ini perlu? (Permenkumham 65/2016)"),
            "form": _("Misalnya pelatihan, penyuluhan, atau penyediaan tempat."),
            "subject": _(
                "Apa yang dilakukan, oleh siapa, dan untuk siapa. Jangan menulis nama "
                "warga binaan, klien, atau anak."
            ),
            "group": _("Isi bila kerja sama ini untuk satu kelompok Pokmas Lipas."),
            "umbrella": _("Isi bila PKS ini turunan dari nota kesepahaman."),
        }

    def __init__(self, *args, user, partnership=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        groups = CommunityGroup.objects.visible_to(user).unfinished()
        self.offer("group", groups, none=_("Tidak ada"))
        if self.instance.is_amendment:
            for name in set(self._meta.fields) - {"title", *AMENDABLE, *SIGNATORIES}:
                del self.fields[name]
            return
        partners = Partner.objects.working_for(user)
        if self.instance._state.adding:
            self._begin(user.acting.office)
            self._propose(numbers([partnership]))
            self._follow(partners)
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
        umbrellas = Agreement.objects.visible_to(user).in_force()
        umbrellas = umbrellas.filter(
            kind__in=[Agreement.Kind.MOU, Agreement.Kind.JOINT]
        ).exclude(pk=self.instance.pk)
        self.offer("umbrella", umbrellas, none=_("Tidak ada"))

    def _begin(self, office):
        self.instance.office = office
        self.initial |= {
            "kind": Agreement.Kind.PKS,
            "our_signatory": office.head_name,
            "our_position": _("Kepala %(office)s") % {"office": office},
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
