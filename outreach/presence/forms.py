from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from outreach.presence import people
from outreach.presence.models import Outcome
from outreach.series.forms import Reaching, reach_field
from pokmas.forms.base import RecordForm, UserForm
from pokmas.forms.choosing import Choosing, SearchedTicks, numbers
from pokmas.records.lines import LineFormField
from pokmas.server.outside import whole_number

NOTHING = _("Pilih dahulu hasilnya.")


class OutcomeForm(RecordForm):
    class Meta:
        model = Outcome
        fields = ["name", "effect"]


class _Ticks(forms.ModelMultipleChoiceField):
    def __init__(self, label):
        super().__init__(
            queryset=None,
            label=label,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )


PEOPLE = ("officers", "representatives", "volunteers")


class RegisterForm(Choosing, Reaching, UserForm, forms.Form):
    """Who of those whom the portal knows takes part; whoever is on the list already is
    not offered, unless other sessions are."""

    officers = _Ticks(_("Petugas"))
    representatives = _Ticks(_("Wakil mitra yang ikut serta"))
    volunteers = _Ticks(_("Sahabat"))
    reach = reach_field()

    def __init__(self, *args, activity, **kwargs):
        super().__init__(*args, **kwargs)
        self._offer_sessions(activity)
        there = activity.participants.all()
        for name, rows, column in (
            ("officers", people.officers(activity), "user"),
            ("representatives", people.representatives(activity), "user"),
            ("volunteers", people.volunteers(activity), "volunteer"),
        ):
            if "reach" not in self.fields:
                on_list = there.exclude(**{column: None}).values(column)
                rows = rows.exclude(pk__in=on_list)
            self.fields[name].optional_words = ""
            self.offer(name, rows, widget=SearchedTicks)
            # Read once, for the page and for whether there is anybody.
            self.fields[name].choices = [each for each in self.fields[name].choices]  # noqa: C416 (a list would count them first)
            if not (self.fields[name].choices or self.is_choosing):
                del self.fields[name]

    def _offer_sessions(self, activity):
        """Of a series also the others that are still to come."""
        if hasattr(activity, "session"):
            self._ask_reach(activity, self.user)
            self.fields["reach"].help_text = _(
                "Yang sudah terdaftar tidak didaftarkan dua kali."
            )
            if self.others:
                return
        del self.fields["reach"]

    def clean(self):
        cleaned = super().clean()
        chosen = [cleaned.get(name) for name in PEOPLE]
        if not (self.errors or any(chosen)):
            raise ValidationError(_("Pilih dahulu siapa yang didaftarkan."))
        return cleaned


class OutcomesForm(UserForm, forms.Form):
    """What is said of several rows at once: one answer for all, another where one
    differs. Only rows that the page showed get the answer for all."""

    rest = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)

    def __init__(self, *args, rows, outcomes, rest, **kwargs):
        super().__init__(*args, **kwargs)
        self.outcomes = {each.pk: each for each in outcomes}
        self.rows = {row.pk: row for row in rows}
        choices = [("", "–"), *((pk, str(each)) for pk, each in self.outcomes.items())]
        self.fields["rest"].label = rest
        self.fields["rest"].optional_words = ""
        self.fields["rest"].choices = choices
        for pk, row in self.rows.items():
            self.fields[f"row_{pk}"] = forms.TypedChoiceField(
                label=str(row),
                choices=choices,
                coerce=int,
                required=False,
                empty_value=None,
                initial=getattr(row, "outcome_id", None),
            )
            self.fields[f"row_{pk}"].widget.attrs["aria-label"] = str(row)

    @property
    def lines(self):
        """Each row with its field."""
        return [(row, self[f"row_{pk}"]) for pk, row in self.rows.items()]

    @property
    def shown(self) -> list[int]:
        """The rows that were on the page from which this was sent."""
        return numbers(self._sent("seen"))

    @property
    def known(self) -> dict[int, int | None]:
        """What each of them had there."""
        had = dict(zip(self.shown, self._sent("had"), strict=False))
        return {pk: whole_number(had.get(pk)) for pk in self.shown}

    def _sent(self, name: str) -> list[str]:
        return self.data.getlist(name) if hasattr(self.data, "getlist") else []

    @property
    def missing(self) -> int:
        """How many of them have got an answer meanwhile, or are gone."""
        return len(set(self.shown) - set(self.rows))

    @property
    def answers(self) -> dict:
        """What was chosen; who keeps what the page showed is not among them."""
        values, found = self.cleaned_data, {}
        for pk, had in self.known.items():
            if pk not in self.rows:
                continue
            chosen = values.get(f"row_{pk}") or values.get("rest")
            if chosen and chosen != had:
                found[pk] = self.outcomes[chosen]
        return found

    def clean(self):
        cleaned = super().clean()
        if not (self.errors or self.missing or any(cleaned.values())):
            raise ValidationError(NOTHING)
        return cleaned


class CodeForm(UserForm, forms.Form):
    """What a camera, a reader or a person read of a code."""

    code = LineFormField(
        label=_("Kode atau tautannya"),
        max_length=300,
        error_messages={"required": _("Pindai atau tempel dahulu kodenya.")},
    )
