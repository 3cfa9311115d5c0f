from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, PlanItem
from outreach.activities.counts import MOST_PEOPLE
from outreach.activities.desks import ABOVE
from outreach.activities.fields import ChangesField
from outreach.activities.models import Activity
from outreach.activities.remarks import NoNames
from outreach.closing.models import ClosedMonth
from outreach.corrections.services import NEEDS_REASON, RIGHT
from outreach.pasted import filling
from outreach.patterns.models import Pattern
from outreach.programmes.models import Programme
from outreach.types.models import ActivityType
from partners.models import CommunityGroup, Partner, Partnership
from pokmas.forms.base import RecordForm
from pokmas.forms.choosing import OFFERED, Choosing, numbers
from pokmas.offices.models import Office, Regency
from pokmas.records.lines import LineFormField
from pokmas.words import dates

ENDS_BEFORE = _("Waktu selesai sebelum waktu mulai.")
WHICH_AGREEMENT = _("Pilih kerja samanya, atau “Tanpa kerja sama”.")


class Unanswered(forms.RadioSelect):
    """Nothing is picked until somebody picks it, not even that there is none."""

    def format_value(self, value):
        return [] if value is None else super().format_value(value)


class ActivityForm(Choosing, NoNames, RecordForm):
    """The plan of an activity; partners and groups share one search."""

    REMARKS = ("title", "place")
    # How many partners, groups and agreements are listed; the others are searched for.
    offered = OFFERED
    # The only agreement in force, chosen for him; whether there are several, or none.
    preset = None
    asks_agreement = lacks_agreement = False
    shown_agreements = ""

    find = LineFormField(
        label=_("Cari mitra atau kelompok"), max_length=100, required=False
    )

    changes_sought = ChangesField()

    plan_item = forms.ModelChoiceField(
        PlanItem.objects.none(),
        label=_("Butir rencana kerja"),
        required=False,
        widget=forms.RadioSelect,
        blank=True,
        empty_label=_("Di luar rencana kerja"),
    )

    programme = forms.ModelChoiceField(
        Programme.objects.none(),
        label=_("Program mandiri"),
        required=False,
        widget=forms.RadioSelect,
        blank=True,
        empty_label=_("Bukan bagian dari program"),
    )

    correction = forms.CharField(
        label=_("Alasan koreksi"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca Kanwil pada halaman laporan bulan itu."),
    )

    class Meta:
        model = Activity
        fields = [
            "office",
            "type",
            "title",
            "starts_at",
            "ends_at",
            "mode",
            "place",
            "regency",
            "partners",
            "group",
            "agreement",
            "approach",
            "funding",
            "changes_sought",
            "expected",
        ]
        widgets = {
            "mode": forms.RadioSelect,
            "partners": forms.CheckboxSelectMultiple,
            "group": forms.RadioSelect,
            "agreement": forms.RadioSelect,
        }
        help_texts = {
            "title": _("Singkat dan jelas, tanpa nama warga binaan, klien, atau anak."),
            "place": _("Misalnya Balai Desa Tarus; untuk kegiatan daring, tulis Zoom."),
            "agreement": _("Yang berlaku pada hari itu dengan mitra atau kelompoknya."),
            "expected": _("Berapa orang diharapkan terlayani; dibandingkan nanti."),
        }

    def __init__(self, *args, user, asked=None, pasted=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.is_new = self.instance._state.adding
        self.is_community = user.acting.is_community
        self.is_narrowed = False
        self.pattern = None
        self._settle_office()
        self._begin_with(asked or {})
        self.pasted = pasted
        self._begin_with_text()
        self.fields["type"].queryset = ActivityType.objects.filter(
            Q(is_active=True) | Q(pk=self.instance.type_id)
        )
        self._offer_regencies()
        self._settle_target()
        self._offer_partners()
        self._offer_groups()
        self._offer_agreements()
        self._offer_plan_items()
        self._offer_programmes(asked or {})
        self._ask_for_correction()

    @property
    def participants(self) -> list[Partner] | None:
        """Who takes part; None when that is not for this person to change."""
        if "partners" in self.fields:
            return list(self.cleaned_data["partners"])
        return self.own if self.is_new else None

    @property
    def lacks_partner(self) -> bool:
        """Whether none of a partner's own organisations may hold activities yet."""
        return self.is_community and self.is_new and not self.own

    def clean(self):
        cleaned = super().clean()
        if self.asks_agreement:
            self.add_error("agreement", WHICH_AGREEMENT)
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if self.pattern and starts_at and not ends_at and "ends_at" not in self.errors:
            ends_at = starts_at + timedelta(minutes=self.pattern.minutes)
            cleaned["ends_at"] = ends_at
        if starts_at and ends_at and ends_at < starts_at:
            self.add_error("ends_at", ENDS_BEFORE)
        return cleaned

    # Where

    def _settle_office(self):
        """Everybody plans for the own office; the Duta of a Kanwil for a unit."""
        own = self.user.acting.office
        if self.is_new and own.is_wide and self.user.acting.role not in ABOVE:
            units = Office.objects.visible_to(self.user).units().active()
            self.offer("office", units)
            chosen = self.chosen("office")
            self.instance.office = units.filter(pk__in=chosen).first() or own
        else:
            del self.fields["office"]
            if self.is_new:
                self.instance.office = own
        for name in ("starts_at", "ends_at"):
            self.fields[name].zone = self.instance.office.zone

    def _offer_regencies(self):
        """The working area first, then the rest of the province."""
        office = self.instance.office
        is_post = office.level == Office.Level.POST
        offices = [office.pk, office.parent_id] if is_post else [office.pk]
        home = office.regency_id or (office.parent and office.parent.regency_id)
        near = Q(province=home[:2]) if home else Q(province__in=_provinces(office))
        area = Office.working_area.through.objects.filter(
            regency=OuterRef("pk"), office__in=offices
        )
        rows = Regency.objects.annotate(is_ours=Exists(area))
        if not office.is_top:
            own = Q(is_ours=True) | Q(pk=self.instance.regency_id)
            rows = rows.filter(near | own)
        field = self.fields["regency"]
        field.queryset = rows.order_by("name")
        ours, others = [], []
        for row in field.queryset:
            (ours if row.is_ours else others).append((row.pk, row.name))
        groups = [(_("Wilayah kerja"), ours), (_("Lainnya"), others)]
        field.widget.choices = [
            ("", _("Pilih kabupaten/kota")),
            *(groups if ours else others),
        ]
        if self.is_new and home:
            self.initial.setdefault("regency", home)

    def _settle_target(self):
        """Nobody sets a target for what has been held."""
        if not self.is_new and self.instance.has_begun:
            del self.fields["expected"]
        else:
            self.fields["expected"].stop_at(MOST_PEOPLE)

    # With whom

    def _begin_with(self, asked):
        """Choose what is on record, or the record from whose page one came."""
        self.loaded = {"partners": [], "group": [], "agreement": []}
        if not self.is_new:
            self.loaded["partners"] = list(self.instance.partners.all())
            self._load("group", self.instance.group)
            self._load("agreement", self.instance.agreement)
            planned_as = getattr(self.instance, "planned_as", None)
            self.initial["plan_item"] = planned_as and planned_as.item_id
            return
        if self._begin_with_pattern(asked.get("pattern")):
            return
        asked = self._begin_with_item(asked)
        agreements = Agreement.objects.select_related("partner__regency", "group")
        for agreement in self._visible(agreements, asked.get("agreement")):
            self._load("agreement", agreement)
            self._load("group", agreement.group)
            self._load("partners", agreement.partner)
        for group in self._visible(CommunityGroup.objects, asked.get("group")):
            self._load("group", group)
        partners = Partner.objects.select_related("regency")
        for partner in self._visible(partners, asked.get("partner")):
            self._load("partners", partner)
        self._choose_loaded()

    def _choose_loaded(self):
        self.initial["partners"] = self.loaded["partners"]
        for name in ("group", "agreement"):
            for row in self.loaded[name]:
                self.initial[name] = row.pk

    @cached_property
    def patterns(self):
        """What the office holds again and again, to begin a new plan with."""
        if not self.is_new or not self.user.has_perm("outreach.manage_pattern"):
            return []
        rows = Pattern.objects.kept_by(self.user).in_use()
        return list(rows.order_by("name", "pk")[:OFFERED])

    def _begin_with_pattern(self, key) -> bool:
        """Come with a pattern: what of it still holds."""
        patterns = Pattern.objects.kept_by(self.user).in_use()
        self.pattern = patterns.filter(pk__in=numbers([key])).first() if key else None
        if self.pattern is None:
            return False
        for name in Pattern.KEPT:
            self.initial[name] = getattr(
                self.pattern, Pattern._meta.get_field(name).attname
            )
        for name, rows in (
            ("partners", Partner.objects.working_for(self.user)),
            ("group", CommunityGroup.objects.visible_to(self.user).formed()),
            ("agreement", Agreement.objects.visible_to(self.user).in_force()),
        ):
            kept = getattr(self.pattern, f"{name}_id", None)
            keys = self.pattern.partners.all() if name == "partners" else [kept]
            found = rows.filter(pk__in=keys)
            if name == "partners":
                found = found.select_related("regency")
            self.loaded[name] = list(found)
            self.initial.pop(name, None)
        self._choose_loaded()
        self.fields["ends_at"].required = False
        self.fields["ends_at"].help_text = _(
            "Kosongkan bila selama pola: %(minutes)s menit."
        ) % {"minutes": dates.number(self.pattern.minutes)}
        return True

    def _begin_with_text(self):
        """What a pasted report says, and whom it names."""
        if self.pasted is None:
            return
        begun = filling.plan_of(self.pasted, self.instance.zone)
        self.initial |= begun
        filling.mark(self, begun)
        if found := filling.partners_of(self.pasted, self.user):
            self.loaded["partners"] += found
            self.initial["partners"] = self.loaded["partners"]
            filling.mark(self, ["partners"])

    def _begin_with_item(self, asked):
        """Come from a work plan: its agreement, and the type that the item names."""
        visible = Agreement.objects.visible_to(self.user)
        items = PlanItem.objects.filter(agreement__in=visible)
        item = items.filter(pk__in=numbers([asked.get("plan_item")])).first()
        if item is None:
            return asked
        kinds = ActivityType.objects.in_use().filter(code=item.type_code)
        self.initial |= {"plan_item": item.pk, "type": kinds.first()}
        return {"agreement": item.agreement_id}

    def _visible(self, rows, key):
        return rows.visible_to(self.user).filter(pk__in=numbers([key]))

    def _load(self, name, record):
        if record is not None:
            self.loaded[name].append(record)

    def _offer_partners(self):
        rows = Partner.objects.working_for(self.user).select_related("regency")
        if not self.is_community:
            self._offer("partners", rows, label=_partner_label)
            return
        here = Partnership.objects.filter(office=self.user.acting.office).working()
        self.own = list(rows.filter(partnerships__in=here))
        if self.is_new and len(self.own) > 1:
            self.loaded["partners"] = self.own
            self.initial["partners"] = self.own
            self._offer("partners", rows, label=_partner_label)
        else:
            del self.fields["partners"]

    def _offer_groups(self):
        rows = CommunityGroup.objects.visible_to(self.user).formed()
        self._offer("group", rows, none=_("Tanpa kelompok"))
        if len(self.fields["group"].choices) == 1 and not self.is_narrowed:
            del self.fields["group"]

    def _offer_agreements(self):
        partners = self.chosen("partners")
        if "partners" not in self.fields:
            own = self.own if self.is_new else self.loaded["partners"]
            partners = [partner.pk for partner in own]
        with_them = Q(partner__in=partners) | Q(group__in=self.chosen("group"))
        visible = Agreement.objects.visible_to(self.user)
        rows = visible.in_force(self._day()).filter(with_them)
        if self.is_new:
            self._settle_agreement(list(rows[: self.offered + 1]))
        self._offer(
            "agreement",
            rows,
            allowed=visible,
            label=_agreement_label,
            none=_("Tanpa kerja sama"),
        )
        if len(self.fields["agreement"].choices) == 1:
            self.lacks_agreement = bool(partners or self.chosen("group"))
            del self.fields["agreement"]

    def _settle_agreement(self, found: list[Agreement]):
        """Choose the only one; among several it is asked which, or none of them.

        What was answered counts for those that were shown, and for no others.
        """
        self.shown_agreements = ",".join(str(row.pk) for row in found)
        field, name = self.fields["agreement"], self.add_prefix("agreement")
        seen = self.data.get("seen_agreements", self.shown_agreements)
        if seen != self.shown_agreements and self.data.get(name, "") in [
            "",
            *seen.split(","),
        ]:
            self.data = self.data.copy()
            self.data.pop(name, None)
        if name in self.data or self.initial.get("agreement"):
            return
        if len(found) == 1:
            [self.preset] = self.loaded["agreement"] = found
            if self.is_bound:
                self.data = self.data.copy()
                self.data[name] = str(self.preset.pk)
            self.initial["agreement"] = self.preset.pk
            field.help_text = _(
                "Dipilihkan: hanya ini yang berlaku pada hari itu dengan mitra atau "
                "kelompoknya. Ubah bila kegiatannya di luar itu."
            )
        elif found:
            self.asks_agreement = True
            field.widget = Unanswered()
            field.optional_words = ""
            field.help_text = _(
                "Lebih dari satu berlaku pada hari itu: pilih yang mana, atau tanpa "
                "kerja sama."
            )

    def _offer_plan_items(self):
        """Those of the agreement that is chosen."""
        chosen = self.chosen("agreement")
        items = PlanItem.objects.filter(agreement__in=chosen) if chosen else ()
        if items:
            self.fields["plan_item"].queryset = items
        else:
            del self.fields["plan_item"]

    def _offer_programmes(self, asked):
        """Those of the unit that are carried out now: once somebody is chosen, or from
        the page of one; and the one on record."""
        link = getattr(self.instance, "programme_link", None)
        known = link and link.programme_id
        if not (self.is_bound or known or asked.get("programme")):
            del self.fields["programme"]
            return
        own = Programme.objects.visible_to(self.user).underway()
        own = own.filter(office=self.instance.office)
        rows = Programme.objects.filter(Q(pk__in=own.values("pk")) | Q(pk=known))
        found = list(rows.order_by("title", "pk")[:OFFERED])
        if not found:
            del self.fields["programme"]
            return
        field = self.fields["programme"]
        field.queryset = rows
        field.choices = [
            ("", field.empty_label),
            *((row.pk, str(row)) for row in found),
        ]
        chosen = [known] if known else numbers([asked.get("programme")])
        self.initial["programme"] = next(iter(chosen), None)

    def _offer(self, name, rows, *, allowed=None, label=str, none=None):
        """Offer what was chosen, then what was found among `rows`.

        Sent may be anything of `allowed` (else of `rows`), and what is on record.
        """
        field = self.fields[name]
        allowed = rows if allowed is None else allowed
        on_record = [] if self.is_new else [row.pk for row in self.loaded[name]]
        field.queryset = allowed.model.objects.filter(
            Q(pk__in=allowed.values("pk")) | Q(pk__in=on_record)
        )
        picked = self._picked(name, field.queryset)
        found = rows.exclude(pk__in=[row.pk for row in picked])
        text = (self["find"].value() or "").strip()[:100]
        if text and name != "agreement":
            found = found.search(text)
        found = list(found[: self.offered + 1])
        self.is_narrowed |= bool(text) or len(found) > self.offered
        offered = [(row.pk, label(row)) for row in picked + found[: self.offered]]
        field.choices = ([("", none)] if none else []) + offered

    def _picked(self, name, rows) -> list:
        """What is chosen, taken from what is loaded as far as it goes."""
        chosen = self.chosen(name)
        picked = [row for row in self.loaded[name] if row.pk in chosen]
        missing = set(chosen) - {row.pk for row in picked}
        if not missing:
            return picked
        if name == "partners":
            rows = rows.select_related("regency")
        return picked + list(rows.filter(pk__in=missing))

    def _ask_for_correction(self):
        """Why it comes so late, as soon as it is dated into a month that is closed."""
        day = self._day()
        was = self.instance.held_on  # where it may be changed, it may stay
        stays = bool(was) and (was.year, was.month) == (day.year, day.month)
        if (
            stays
            or self.instance.correction
            or not self.user.has_perm(RIGHT)
            or not ClosedMonth.objects.cover(self.instance.office_id, day)
        ):
            del self.fields["correction"]
            return
        words = NEEDS_REASON % {"month": dates.month_year(day)}
        self.fields["correction"].error_messages["required"] = words

    def _day(self):
        """The day typed so far, for what holds on it."""
        value = self["starts_at"].value()
        if isinstance(value, list):
            try:
                if day := self.fields["starts_at"].fields[0].clean(value[0]):
                    return day
            except ValidationError:
                pass
            value = None
        return timezone.localdate(value or timezone.now(), self.instance.zone)


def _provinces(office: Office) -> list[str]:
    """Those of the region, for an office that says nothing of its place."""
    region = office.region
    return list(region.provinces.values_list("pk", flat=True)) if region else []


def _partner_label(partner: Partner) -> str:
    return f"{partner.name} ({partner.regency})"


def _agreement_label(agreement: Agreement) -> str:
    return f"{agreement.title} ({agreement.our_number})"
