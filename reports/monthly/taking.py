"""What other reports say, at hand beside the field: one press takes it over into it."""

from dataclasses import dataclass

from django.forms.utils import ErrorDict

# How the button is called; scripts know by it that nothing is saved.
PRESSED = "look"


@dataclass(frozen=True)
class Offer:
    """A text for a field, from a report that is called so."""

    name: str
    source: str
    label: str
    text: str

    @property
    def code(self) -> str:
        return f"{self.source}.{self.name}"


class Taking:
    """To be mixed into a form: nothing is checked or lost when a text is taken over."""

    def __init__(self, *args, offers=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.offers = {each.code: each for each in offers if each.text}
        if self.is_taking:
            self._take(self.offers.get(self.data[PRESSED]))

    @property
    def is_taking(self) -> bool:
        return self.is_bound and PRESSED in self.data

    def _take(self, offer: Offer | None) -> None:
        if offer is None or offer.name not in self.fields:
            return
        written = self[offer.name].value() or ""
        if offer.text not in written.replace("\r\n", "\n"):
            self.data = self.data.copy()
            both = [each for each in (written.rstrip(), offer.text) if each]
            self.data[self.add_prefix(offer.name)] = "\n\n".join(both)

    def full_clean(self):
        if self.is_taking:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def is_valid(self):
        return not self.is_taking and super().is_valid()

    def offered(self, name: str) -> list[Offer]:
        return [each for each in self.offers.values() if each.name == name]

    @property
    def offering(self) -> list[tuple]:
        """Each field with what may be taken over into it."""
        return [(each, self.offered(each.name)) for each in self.visible_fields()]
