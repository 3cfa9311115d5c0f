from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from partners.fields.models import Field
from partners.groups.steps import WITH_OPEN_DOORS
from partners.models import CommunityGroup, GroupMembership, Partnership
from pokmas.forms.base import StepForm
from pokmas.forms.choosing import Choosing
from pokmas.records.lines import LineFormField


def _partnership_of(record: Agreement | Partnership) -> Partnership | None:
    return record if isinstance(record, Partnership) else record.partnership


class JoinForm(Choosing, StepForm):
    """A group that there is, or a new one."""

    group = forms.ModelChoiceField(
        label=_("Kelompok"),
        queryset=CommunityGroup.objects.none(),
        required=False,
        widget=forms.RadioSelect,
    )
    name = LineFormField(
        label=_("Nama kelompok baru"),
        max_length=150,
        required=False,
        help_text=_("Hanya bila kelompoknya belum ada."),
    )
    field = forms.ModelChoiceField(
        label=_("Bidang kelompok baru"),
        queryset=Field.objects.none(),
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
    )
    role = forms.ChoiceField(
        label=_("Kedudukan mitra di kelompok"),
        choices=GroupMembership.Role,
        initial=GroupMembership.Role.MEMBER,
    )

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        partnership = _partnership_of(record)
        groups = CommunityGroup.objects.under(record.office)
        self.offer(
            "group",
            groups.filter(status__in=WITH_OPEN_DOORS),
            none=_("Kelompok baru"),
        )
        self.fields["name"].initial = f"Pokmas Lipas {record.partner.name}"[:150]
        self.fields["field"].queryset = Field.objects.in_use()
        if partnership:
            self.fields["field"].initial = partnership.fields.first()

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("group") and "group" not in self.errors:
            for name, words in [
                ("name", _("Tulis nama kelompok baru, atau pilih yang sudah ada.")),
                ("field", _("Pilih bidang kelompok baru.")),
            ]:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return cleaned
