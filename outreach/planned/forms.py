from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.models import PlanItem
from outreach.planned.services import place
from pokmas.forms.base import StepForm

BESIDE = _("Tidak termasuk butir mana pun")


class ItemField(forms.ModelChoiceField):
    def label_from_instance(self, item):
        return f"{item} · {item.months}"


class PlaceForm(StepForm):
    """Of which item of its agreement's work plan an activity was."""

    plan_item = ItemField(
        label=_("Butir rencana kerja"),
        queryset=PlanItem.objects.none(),
        required=False,
        blank=True,
        empty_label=BESIDE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["plan_item"]
        field.optional_words = ""
        field.queryset = PlanItem.objects.filter(agreement=self.record.agreement_id)
        field.initial = place(self.record) or self._likely()

    def _likely(self) -> int | None:
        """The item of its type and month, if there is one."""
        code, month = self.record.type.code, self.record.held_on.replace(day=1)
        rows = self.fields["plan_item"].queryset.filter(type_code=code)
        rows = rows.filter(first_month__lte=month, last_month__gte=month)
        return rows.values_list("pk", flat=True).first()
