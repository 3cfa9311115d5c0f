import django_filters
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from pokmas.lists.filters import DayFilter, RecordFilter


class AgreementFilter(RecordFilter):
    FOLDED = ("attention", "kind", "archive", "in_force_on")

    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=Agreement.Status, empty_label=_("Semua")
    )
    validity = django_filters.ChoiceFilter(
        label=_("Masa berlaku"),
        choices=list(Agreement.VALIDITY.items()),
        empty_label=_("Semua"),
        method="of_validity",
    )
    attention = django_filters.ChoiceFilter(
        label=_("Perhatian"),
        choices=[
            ("any", _("Perlu perhatian")),
            ("silent", _("Tanpa kegiatan 90 hari")),
            ("lost", _("Baru berakhir, tanpa kelanjutan")),
            ("gone_head", _("Penanda tangan dari kantor yang digabung")),
        ],
        empty_label=_("Semua"),
        method="of_attention",
    )
    kind = django_filters.ChoiceFilter(
        label=_("Jenis"), choices=Agreement.Kind, empty_label=_("Semua")
    )
    archive = django_filters.ChoiceFilter(
        label=_("Asal"),
        choices=[
            ("archived", _("Dari arsip")),
            ("unscanned", _("Dari arsip, belum berpindaian")),
        ],
        empty_label=_("Semua"),
        method="of_archive",
    )
    in_force_on = DayFilter(label=_("Berlaku pada"), method="in_force")
    expiring_on = DayFilter(label=_("Akan berakhir per"), method="expiring")

    class Meta:
        model = Agreement
        fields = ["q", "status", "validity", "attention", "kind", "archive", "office"]
        fields += ["mine"]

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        if not data.get("expiring_on"):
            del self.filters["expiring_on"]  # asked by figures only

    def of_validity(self, queryset, name, value):
        return queryset.of_validity(value)

    def of_attention(self, queryset, name, value):
        asked = {
            "any": "needing_attention",
            "silent": "silent",
            "lost": "lost",
            "gone_head": "of_gone_heads",
        }
        return getattr(queryset, asked[value])()

    def of_archive(self, queryset, name, value):
        archived = queryset.filter(is_archived=True)
        return archived.filter(scan=None) if value == "unscanned" else archived

    def in_force(self, queryset, name, value):
        return queryset.in_force(value)

    def expiring(self, queryset, name, value):
        return queryset.expiring(value)
