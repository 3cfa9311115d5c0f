import django_filters
from django.utils.translation import gettext_lazy as _

from pokmas.calendar.sources import SOURCES
from pokmas.lists.filters import BoxFilter, RecordFilter
from pokmas.offices.models import Office
from pokmas.server.outside import whole_number


class CalendarFilter(RecordFilter):
    """What the calendar is narrowed to: asked of each source in its own way."""

    NAMED = ("group",)
    KEPT = ("view", "day")

    kind = django_filters.ChoiceFilter(label=_("Jenis"), empty_label=_("Semua"))
    mine = BoxFilter(label=_("Hanya milik saya"))

    class Meta:
        model = Office
        fields = ["kind", "office", "mine"]

    def __init__(self, data, *, user):
        super().__init__(data, Office.objects.none(), user=user)
        del self.filters["q"]
        if user.acting.is_community:
            del self.filters["mine"]  # he sees no others
        self.filters["kind"].extra["choices"] = [
            (name, words)
            for source in SOURCES.of(user)
            for name, words in [
                (source.name, source.label),
                *(
                    (kind.name, f"{source.label}: {kind.label}")
                    for kind in source.kinds
                ),
            ]
        ]
        office = self.form_office(data, user)
        for choice in SOURCES.choices.values():
            asked = whole_number(data.get(choice.name, "")) or 0
            if offered := choice.offered(user, office, asked):
                added = django_filters.ChoiceFilter(
                    label=choice.label, choices=offered, empty_label=_("Semua")
                )
                added.field_name, added.parent = choice.name, self
                self.filters[choice.name] = added

    def form_office(self, data, user) -> Office | None:
        """The unit that is chosen, else the own one."""
        if "office" in self.filters and (asked := whole_number(data.get("office", ""))):
            return self.filters["office"].queryset.filter(pk=asked).first()
        return user.acting.office

    @property
    def asked(self) -> dict:
        """By name, as far as it could be read."""
        self.form.is_valid()
        return getattr(self.form, "cleaned_data", {})
