import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pokmas.lists.filters import BoxFilter, RecordFilter
from pokmas.offices.models import Office
from reports.guidelines import reading
from reports.guidelines.models import ACKNOWLEDGE, WRITE, Guideline

IN_FORCE, COMING, OVER, DRAFTS, ALL = "in_force", "coming", "over", "drafts", "all"
Status = Guideline.Status


class GuidelineFilter(RecordFilter):
    """Only the newest versions, as long as nobody asks for others."""

    unread = BoxFilter(label=_("Belum saya baca"), method="not_read")
    publisher = django_filters.ModelChoiceFilter(
        label=_("Penerbit"),
        field_name="office",
        queryset=Office.objects.none(),
        empty_label=_("Semua"),
    )
    state = django_filters.ChoiceFilter(
        label=_("Keberlakuan"),
        choices=[
            (IN_FORCE, _("Berlaku hari ini")),
            (COMING, _("Belum berlaku")),
            (OVER, _("Tidak berlaku lagi")),
            (DRAFTS, _("Draf")),
            (ALL, _("Semua versi")),
        ],
        empty_label=_("Versi terbaru"),
        method="at_state",
    )

    class Meta:
        model = Guideline
        fields = ["q", "unread", "state", "publisher", "mine"]

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        for name in ("office", "then"):
            self.filters.pop(name, None)
        self.filters["publisher"].queryset = Office.objects.filter(
            pk__in=queryset.order_by().values("office")
        )
        if not user.has_perm(ACKNOWLEDGE):
            del self.filters["unread"]
        if not user.has_perm(WRITE):
            del self.filters["mine"]
            choices = self.filters["state"].extra["choices"]
            self.filters["state"].extra["choices"] = [
                each for each in choices if each[0] != DRAFTS
            ]

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("state"):
            return found
        return found.newest().exclude(status=Status.DISCARDED)

    def not_read(self, queryset, name, value):
        return queryset.filter(is_unread=True) if value else queryset

    def at_state(self, queryset, name, value):
        today = self.user.acting.office.today
        if value == IN_FORCE:
            return queryset.in_force(today)
        if value == COMING:
            coming = Q(status=Status.PUBLISHED, in_force_from__gt=today)
            return queryset.filter(coming)
        if value == OVER:
            past = Q(status=Status.REPLACED, in_force_until__lt=today)
            return queryset.filter(past | Q(status=Status.WITHDRAWN))
        if value == DRAFTS:
            return queryset.filter(status=Status.DRAFT)
        return queryset


class ReaderFilter(RecordFilter):
    state = django_filters.ChoiceFilter(
        label=_("Pedoman ini"),
        choices=[
            (reading.UNREAD, _("Belum membaca")),
            (reading.READ, _("Sudah membaca")),
        ],
        empty_label=_("Semua"),
    )

    class Meta:
        fields = ["q", "state", "office"]

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        for name in ("mine", "then"):
            self.filters.pop(name, None)


class UnitFilter(ReaderFilter):
    class Meta(ReaderFilter.Meta):
        model = Office


class PartnerFilter(ReaderFilter):
    def __init__(self, data, queryset, *, user, guideline):
        super().__init__(data, queryset, user=user)
        self.guideline = guideline

    def branch(self, queryset, name, value):
        if not value:
            return queryset
        return reading.in_region(queryset, value, self.guideline, self.user)
