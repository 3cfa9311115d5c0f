from django.utils.translation import gettext_lazy as _

from partners.fields.models import Field
from pokmas.forms.base import RecordForm


class FieldForm(RecordForm):
    class Meta:
        model = Field
        fields = ["name", "parent", "is_mandatory"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        above = Field.objects.filter(parent=None).exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = above
        self.fields["parent"].empty_label = _("Bidang utama")
