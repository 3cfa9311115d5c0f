from django.utils.translation import gettext_lazy as _

from outreach.types.models import ActivityType
from pokmas.forms.base import RecordForm


class TypeForm(RecordForm):
    class Meta:
        model = ActivityType
        fields = ["name", "is_internal", "is_restorative"]
        help_texts = {
            "is_internal": _("Rapat di dalam kantor: boleh tanpa mitra atau kelompok."),
            "is_restorative": _(
                "Laporannya memuat formulir keadilan restoratif: pihak korban, pihak "
                "pelaku, masyarakat, dan hasilnya."
            ),
        }
