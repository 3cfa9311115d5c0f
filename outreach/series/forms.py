from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outreach.activities.models import Activity
from outreach.plans.forms import ActivityForm
from outreach.series import services
from outreach.series.models import Session
from outreach.series.rhythm import (
    MOST,
    Rhythm,
    days_of,
    is_moved_up,
    last_day_for,
)
from outreach.series.services import SHARED, TIMES, Outside, Reach
from pokmas.forms.base import ReasonForm, StepForm
from pokmas.forms.fields import DateField, IntegerField
from pokmas.records.guarded import StaleRecord
from pokmas.records.lines import LineFormField
from pokmas.words import dates


@dataclass(frozen=True)
class Slot:
    """A day of a series before it is planned."""

    day: date
    is_ticked: bool
    is_open: bool
    notes: list[str | Promise]


class SeriesForm(ActivityForm):
    """A plan, and on which days; they are looked at before they are planned."""

    rhythm = forms.ChoiceField(
        label=_("Irama"), choices=Rhythm, widget=forms.RadioSelect
    )
    until = DateField(label=_("Sampai tanggal"), required=False)
    times = IntegerField(
        label=_("Banyaknya sesi"), required=False, min_value=2, max_value=MOST
    )
    days = forms.CharField(
        label=_("Tanggal lainnya"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Hanya untuk irama yang terakhir: satu tanggal setiap baris, di samping "
            "tanggal mulai di atas."
        ),
    )
    outside = forms.ChoiceField(
        label=_("Sesi saat kerja sama tidak berlaku"),
        choices=Outside,
        required=False,
        widget=forms.RadioSelect,
    )
    shown = LineFormField(widget=forms.HiddenInput, required=False, max_length=2000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.slots = []
        self.fields["until"].optional_words = _("(tanggal ini atau banyaknya sesi)")
        self.fields["times"].optional_words = _("(tanggal akhir atau banyaknya sesi)")
        self.fields["days"].optional_words = ""
        self.fields["outside"].optional_words = ""

    def _ask_for_correction(self):
        """Of closed months nothing is planned in a row."""
        del self.fields["correction"]

    def _offer_programmes(self, asked):
        """Each session is put under a programme by itself."""
        del self.fields["programme"]

    def made_with(self, key):
        """The first session of its series."""
        rows = Activity.objects.filter(
            session__series__submission_key=key, created_by=self.user
        )
        return rows.order_by("session__number").first()

    @property
    def is_confirmed(self) -> bool:
        return "plan" in self.data

    @property
    def ticked(self) -> list[date]:
        return [slot.day for slot in self.slots if slot.is_ticked]

    @property
    def is_outside(self) -> bool:
        """Whether it must be said what becomes of days without the agreement."""
        return any(slot.is_open and OUTSIDE in slot.notes for slot in self.slots)

    def clean(self):
        cleaned = super().clean()
        starts_at, rhythm = cleaned.get("starts_at"), cleaned.get("rhythm")
        if starts_at and rhythm and not {"until", "times", "days"} & set(self.errors):
            first = timezone.localdate(starts_at, self.instance.zone)
            find = self._list if rhythm == Rhythm.LISTED else self._repeat
            days = find(first, rhythm)
            if len(days) == 1 and not self.errors:
                words = _("Baru satu tanggal; rangkaian sedikitnya dua.")
                self.add_error("rhythm", words)
            elif len(days) > 1:
                self._show(days, rhythm, first)
        return cleaned

    def _repeat(self, first, rhythm) -> list[date]:
        until, times = (self.cleaned_data.get(name) for name in ("until", "times"))
        last = last_day_for(first)
        if not (until or times):
            self.add_error("until", _("Isi tanggal akhirnya, atau banyaknya sesi."))
            return []
        if until and until > last:
            self.add_error("until", _too_late(last))
            return []
        days = days_of(rhythm, first, until=until, times=times)
        if times and not until and len(days) < times:
            words = _("Dalam setahun hanya ada %(count)s sesi dengan irama ini.")
            self.add_error("times", words % {"count": len(days)})
            return []
        return days

    def _list(self, first, rhythm) -> list[date]:
        listed, errors = [], []
        lines = self.cleaned_data["days"].replace(";", "\n").splitlines()
        for line in filter(None, map(str.strip, lines)):
            try:
                listed.append(dates.parse_date(line))
            except ValidationError as error:
                errors.append(error)
        last = last_day_for(first)
        if not (listed or errors):
            errors.append(_("Tulis sedikitnya satu tanggal lain."))
        elif listed and min(listed) < first:
            errors.append(_("Ada tanggal sebelum tanggal mulai."))
        elif listed and max(listed) > last:
            errors.append(_too_late(last))
        elif len({first, *listed}) > MOST:
            errors.append(_("Paling banyak %(most)s sesi.") % {"most": MOST})
        if errors:
            self.add_error("days", errors)
            return []
        return days_of(rhythm, first, listed=listed)

    def _show(self, days, rhythm, first):
        """The days as they are offered; those unticked before stay so."""
        shown = ",".join(map(str, days))
        before = set(self.cleaned_data.get("shown", "").split(","))
        kept = set(self.data.getlist("day"))
        closed = services.closed_days(self.instance.office, days)
        agreement = self.cleaned_data.get("agreement")
        good = services.days_in_force(agreement.pk, days) if agreement else set(days)
        for day in days:
            notes = [SHORT] if is_moved_up(rhythm, first, day) else []
            notes += [CLOSED] if day in closed else []
            notes += [OUTSIDE] if day not in good else []
            is_kept = str(day) in kept or str(day) not in before
            is_open = day not in closed
            self.slots.append(Slot(day, is_open and is_kept, is_open, notes))
        if self.is_confirmed and self.cleaned_data.get("shown") != shown:
            self.add_error(None, _("Tanggalnya berubah. Periksa lagi, lalu simpan."))
        self.data = self.data.copy()
        self.data[self.add_prefix("shown")] = shown


SHORT = _("hari terakhir bulan itu: bulannya tidak punya tanggal yang sama")
CLOSED = _("laporan bulan ini sudah diterima; catat sendiri sebagai koreksi")
OUTSIDE = _("kerja sama tidak berlaku")


def _too_late(last):
    words = _("Rangkaian paling lama setahun: sampai %(day)s.")
    return words % {"day": dates.date_long(last)}


MANY_AT_ONCE = {Activity.Status.PLANNED, Activity.Status.CANCELLED}


class Reaching:
    """To be mixed into a form about one session: how far the change goes."""

    def _ask_reach(self, activity: Activity, user, reached=services.reached):
        """Offer what reaches others, with how many they are."""
        rows = reached(activity, Reach.ALL, user)
        numbered = rows.values_list("session__number", "held_on", Session.MOVED)
        self.others = list(numbered)
        after = [row for row in self.others if row[0] > activity.session.number]
        found = {Reach.FOLLOWING: len(after), Reach.ALL: len(self.others)}
        words = _("%(reach)s (dengan ini %(count)s sesi)")
        self.fields["reach"].choices = [
            (Reach.THIS, Reach.THIS.label),
            *(
                (each, words % {"reach": each.label, "count": count + 1})
                for each, count in found.items()
                if count and activity.status in MANY_AT_ONCE
            ),
        ]


def reach_field():
    return forms.ChoiceField(
        label=_("Berlaku untuk"),
        widget=forms.RadioSelect,
        initial=Reach.THIS,
        help_text=_("Yang sudah lewat atau sudah dilaporkan tidak berubah."),
    )


class SessionForm(Reaching, ActivityForm):
    """A changed session, and which others are changed with it."""

    reach = reach_field()
    with_moved = forms.BooleanField(required=False)
    outside = forms.ChoiceField(
        label=_("Sesi saat kerja sama tidak berlaku"),
        choices=[
            (Outside.WITHOUT, Outside.WITHOUT.label),
            (Outside.LEFT, _("Dibiarkan seperti semula")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def _offer_programmes(self, asked):
        """Each session is put under a programme by itself."""
        del self.fields["programme"]

    def __init__(self, *args, user, instance, **kwargs):
        super().__init__(*args, user=user, instance=instance, **kwargs)
        self._ask_reach(self.instance, user)
        self.fields["seen"].initial = self.instance.session.series.revision
        self.fields["outside"].optional_words = ""
        self.fields["reach"].help_text = _(
            "Yang sudah lewat atau sudah dilaporkan tidak berubah. Hanya yang Anda "
            "ubah di atas yang berlaku bagi sesi lain; bila tanggalnya digeser, sesi "
            "lain bergeser sama banyak hari."
        )
        moved = [dates.date_long(day) for _number, day, moved in self.others if moved]
        self.fields["with_moved"].label = _(
            "Ubah juga waktu sesi yang sudah dipindahkan sendiri: %(days)s"
        ) % {"days": "; ".join(moved)}
        if not moved:
            del self.fields["with_moved"]

    @property
    def answers(self) -> dict:
        """What the service takes beyond a plan's own."""
        values = self.cleaned_data
        known = {*SHARED, *TIMES, "partners", "plan_item"}
        return {
            "reach": values["reach"],
            "changed": known & set(self.changed_data),
            "seen": values["seen"] or 0,
            "outside": values["outside"],
            "with_moved": values.get("with_moved", False),
        }

    def refuse(self, refusal):
        """After that, sending it again means that he has seen the series too."""
        if isinstance(refusal, StaleRecord):
            now = type(self.instance.session.series)._base_manager
            now = now.get(pk=self.instance.session.series_id)
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = str(now.revision)
        super().refuse(refusal)


class CancelForm(Reaching, ReasonForm):
    """Why, and which sessions."""

    reach = reach_field()

    def __init__(self, *args, user=None, record=None, **kwargs):
        super().__init__(*args, user=user, record=record, **kwargs)
        self._ask_reach(record, user)
        self.order_fields(["reach", "reason"])


class BringBackForm(Reaching, StepForm):
    """Which of the sessions that were called off together come back."""

    reach = reach_field()

    def __init__(self, *args, user=None, record=None, **kwargs):
        super().__init__(*args, user=user, record=record, **kwargs)
        self._ask_reach(record, user, services.called_off_with)
        self.fields["reach"].help_text = _(
            "Sesi yang dibatalkan bersama sesi ini dan belum lewat."
        )
