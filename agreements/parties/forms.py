from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agreements.parties.models import FIRST_FURTHER, LAST, ORDINALS, Contact, Party
from agreements.parties.services import Named
from partners.models import Partner
from pokmas.forms.base import StepForm
from pokmas.forms.fields import DateField, EmailField, PhoneField
from pokmas.records.lines import LineFormField

PLACES = range(FIRST_FURTHER, LAST + 1)
# What a party says of itself, in the order in which it is asked.
OF_A_PARTY = ("name", "representative", "position", "capacity", "authority", "address")


class ReferenceField(LineFormField):
    """The number by which the portal knows a partner."""

    def clean(self, value):
        return super().clean(value).upper()


def _without_words(form) -> None:
    """What is empty is nobody: no field is required, and none says so."""
    for field in form.fields.values():
        field.optional_words = ""


class PartiesForm(StepForm):
    """Whoever signs beyond the unit and the partner; an empty name is nobody."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = {row.order: row for row in self.record.further_parties.all()}
        for place in PLACES:
            row = rows.get(place)
            for name in OF_A_PARTY:
                column = Party._meta.get_field(name)
                self.fields[f"{name}_{place}"] = LineFormField(
                    label=column.verbose_name.capitalize(),
                    max_length=column.max_length,
                    required=False,
                    initial=getattr(row, name, ""),
                )
            self.fields[f"reference_{place}"] = ReferenceField(
                label=_("Nomor pendaftaran di portal"),
                max_length=14,
                required=False,
                initial=row.partner.reference if row and row.partner else "",
                help_text=_("Isi bila tercatat sebagai mitra; wakilnya dapat membaca."),
            )
            self.fields[f"authority_{place}"].help_text = _(
                "Nomor dan tanggal SK, akta, atau surat kuasa."
            )
        _without_words(self)

    @property
    def LAYOUT(self):
        return [
            (
                ORDINALS[place],
                (
                    (f"name_{place}", f"reference_{place}"),
                    (f"representative_{place}", f"position_{place}"),
                    (f"capacity_{place}", f"authority_{place}"),
                    f"address_{place}",
                ),
            )
            for place in PLACES
        ]

    def clean(self):
        typed = super().clean()
        parties = [self._party(place, typed) for place in PLACES]
        return {
            "parties": [each for each in parties if each],
            "revision": typed.get("revision"),
        }

    def _party(self, place, typed):
        said = {name: typed.get(f"{name}_{place}", "") for name in OF_A_PARTY}
        reference = typed.get(f"reference_{place}", "")
        if not any((*said.values(), reference)):
            return None
        for name in ("name", "representative", "position"):
            if not said[name] and f"{name}_{place}" not in self.errors:
                words = _("Isi, atau kosongkan semua isian pihak ini.")
                self.add_error(f"{name}_{place}", words)
        return said | {"partner": self._partner(place, reference)}

    def _partner(self, place, reference):
        if not reference:
            return None
        known = Partner.objects.visible_to(self.user).filter(reference=reference)
        partner = known.exclude(pk=self.record.partner_id).first()
        if partner is None:
            words = _("Tidak ada mitra lain di kantor Anda dengan nomor ini.")
            self.add_error(f"reference_{place}", words)
        return partner


class ContactsForm(StepForm):
    """Two contacts a side; who acts for the partner answers for his own side."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        acting = self.user.acting
        self.sides = list(Contact.Side)
        if acting.is_community:
            self.sides = [Contact.Side.THEIRS]
        self.rows = {
            (row.side, row.place): row for row in self.record.contacts.current()
        }
        for side in self.sides:
            for place in Contact.Place:
                self._ask(side, place)
        _without_words(self)

    def _ask(self, side, place):
        row = self.rows.get((side, place))
        at = f"{side}_{place}"
        today = self.record.office.today
        self.fields |= {
            f"name_{at}": LineFormField(
                label=_("Nama"),
                max_length=120,
                required=False,
                initial=row.name if row else "",
            ),
            f"position_{at}": LineFormField(
                label=_("Jabatan"),
                max_length=120,
                required=False,
                initial=row.position if row else "",
            ),
            f"phone_{at}": PhoneField(
                label=_("Nomor telepon"),
                required=False,
                initial=row.phone if row else "",
            ),
            f"email_{at}": EmailField(
                label=_("Alamat surel"),
                required=False,
                initial=row.email if row else "",
            ),
            f"since_{at}": DateField(
                label=_("Sejak"), required=False, initial=row.since if row else today
            ),
            f"until_{at}": DateField(
                label=_("Sampai"),
                required=False,
                initial=row.until if row else None,
                help_text=_("Kosongkan selama masih bertugas."),
            ),
        }

    @property
    def LAYOUT(self):
        return [
            (
                format_lazy(
                    "{side}: {place}",
                    side=Contact.Side(side).label,
                    place=place.label,
                ),
                (
                    (f"name_{side}_{place}", f"position_{side}_{place}"),
                    (f"phone_{side}_{place}", f"email_{side}_{place}"),
                    (f"since_{side}_{place}", f"until_{side}_{place}"),
                ),
            )
            for side in self.sides
            for place in Contact.Place
        ]

    def clean(self):
        typed = super().clean()
        named = {
            (side, place): self._named(side, place, typed)
            for side in self.sides
            for place in Contact.Place
        }
        return {"named": named, "revision": typed.get("revision")}

    def _named(self, side, place, typed) -> Named | None:
        at = f"{side}_{place}"
        said = {
            name: typed.get(f"{name}_{at}") or ""
            for name in ("name", "position", "phone", "email")
        }
        since, until = typed.get(f"since_{at}"), typed.get(f"until_{at}")
        if not said["name"]:
            if any((*said.values(), until)) and f"name_{at}" not in self.errors:
                words = _("Tulis namanya, atau kosongkan semua isian orang ini.")
                self.add_error(f"name_{at}", words)
            return None
        if not said["phone"] and f"phone_{at}" not in self.errors:
            self.add_error(f"phone_{at}", _("Tulis nomor teleponnya."))
        since = since or self.record.office.today
        if until and until < since:
            words = _("Tanggal akhir sebelum tanggal mulai.")
            self.add_error(f"until_{at}", words)
        return Named(**said, since=since, until=until)
