from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from partners.models import CommunityGroup, Partner
from pokmas.forms.base import RecordForm


class AgreementForm(RecordForm):
    """The text of an agreement and who signs it."""

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
            "our_nip": _("18 angka tanpa spasi."),
            "group": _("Isi bila kerja sama ini untuk satu kelompok Pokmas Lipas."),
            "umbrella": _("Isi bila PKS ini turunan dari nota kesepahaman."),
        }

    def __init__(self, *args, user, partner=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        office = user.acting.office
        partners = Partner.objects.visible_to(user).working()
        self.fields["partner"].queryset = partners
        self.fields["partner"].empty_label = _("Pilih mitra")
        for name in ("group", "umbrella"):
            self.fields[name].empty_label = _("Tidak ada")
        self.fields["group"].queryset = CommunityGroup.objects.visible_to(
            user
        ).unfinished()
        self.fields["umbrella"].queryset = (
            Agreement.objects.visible_to(user)
            .in_force()
            .filter(kind__in=[Agreement.Kind.MOU, Agreement.Kind.JOINT])
        )
        if self.instance._state.adding:
            self.instance.office = office
            self.initial = {
                "kind": Agreement.Kind.PKS,
                "our_signatory": office.head_name,
                "our_position": _("Kepala %(office)s") % {"office": office},
                "our_nip": office.head_nip,
                "our_capacity": office.head_capacity,
            }
            if partner and partner.isdecimal():
                self.offer(partners.filter(pk=partner).first())
        else:
            self.fields["partner"].disabled = True

    def offer(self, partner):
        """Begin with what is known of the partner from whose page one came."""
        if partner is not None:
            self.initial |= {
                "partner": partner,
                "partner_signatory": partner.leader_name,
                "partner_position": partner.leader_position,
            }

    def clean_our_nip(self):
        nip = self.cleaned_data["our_nip"].replace(" ", "")
        if nip and not (nip.isdigit() and len(nip) == 18):
            raise forms.ValidationError(_("NIP terdiri atas 18 angka."))
        return nip
