"""Plans: put on record, changed, cancelled."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, PlanItem
from outreach.activities.desks import ABOVE
from outreach.activities.models import Activity
from outreach.corrections.services import settle_month
from outreach.planned.services import link
from outreach.programmes import services as programmes
from outreach.programmes.models import Programme
from outreach.restorative import services as restorative
from outreach.told.services import announce, note_move
from partners.models import CommunityGroup, Partner, Partnership
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.words import dates

Status = Activity.Status

# What is not said stays as it is.
UNCHANGED = object()
FIELDS = [
    "type",
    "title",
    "starts_at",
    "ends_at",
    "held_on",
    "mode",
    "place",
    "regency",
    "group",
    "agreement",
    "approach",
    "funding",
    "changes_sought",
    "expected",
    "status_since",
    "correction",
]
# What is longer, or farther ahead, is a typing error.
LONGEST = timedelta(days=366)
FARTHEST = timedelta(days=731)


@transaction.atomic
def plan(
    activity: Activity,
    *,
    partners: Iterable[Partner],
    by: User,
    correction: str = "",
    item: PlanItem | None = None,
    programme: Programme | None = None,
) -> Activity:
    """Put an activity on record; one that has been held already is reported next.

    In a month that is closed it is a correction, and `correction` is its reason. `item`
    is that of its agreement's work plan which it carries out, `programme` that for
    which it is held.
    """
    partners = list(partners)
    check_plan(activity, partners, by, correction)
    await_its_end(activity)
    remember_plan(activity)
    made = activity.save_new(by)
    if made is not activity:
        return made
    activity.partners.set(partners)
    if item is not None:
        link(activity, item)
    if programme is not None:
        programmes.link(activity, programme)
    Entry.record(by, "activity.planned", activity, partners=list(map(str, partners)))
    if activity.starts_at > timezone.now():
        _tell_all(
            activity,
            "planned",
            _("Kegiatan direncanakan: %(name)s"),
            _("%(day)s di %(place)s."),
            by=by,
        )
    return activity


@transaction.atomic
def change(
    activity: Activity,
    *,
    revision: int,
    by: User,
    partners: Iterable[Partner] | None = None,
    correction: str = "",
    item: PlanItem | None = None,
    programme: Programme | object | None = UNCHANGED,
    tells: bool = True,
) -> None:
    """Save an edited plan; the partners stay as they are unless some are given.

    Who takes part is told of another day, hour or place, if it `tells`.
    """
    stored = Activity.objects.select_related("type").get(pk=activity.pk)
    stored.begin("change", by=by)
    before = list(stored.partners.all())
    partners = before if partners is None else list(partners)
    check_plan(activity, partners, by, correction, stored=stored, known=before)
    if stored.status == Status.PLANNED:
        await_its_end(activity)
    activity.save_edit(revision, FIELDS)
    if stored.type.is_restorative and not activity.type.is_restorative:
        restorative.forget(activity)
    activity.partners.set(partners)
    link(activity, item)
    if programme is not UNCHANGED:
        programmes.link(activity, programme)
    Entry.record(by, "activity.changed", activity, partners=list(map(str, partners)))
    if tells:
        note_move(stored, activity, by=by)


@transaction.atomic
def cancel(activity: Activity, *, reason: str, by: User) -> None:
    activity.begin("cancel", by=by, reason=reason)
    call_off(activity, reason=reason, by=by)


def call_off(activity: Activity, *, reason: str, by: User) -> None:
    activity.move_to(Status.CANCELLED, by=by, reason=reason)
    title = _("Kegiatan dibatalkan: %(name)s")
    _tell_all(activity, "cancelled", title, "%(reason)s", by=by)


@transaction.atomic
def bring_back(activity: Activity, *, by: User) -> str:
    """Plan again what was called off; if its day is past, it is to be reported."""
    activity.begin("bring_back", by=by)
    return plan_again(activity, by=by)


def plan_again(activity: Activity, *, by: User) -> str:
    check_return(activity, list(activity.partners.all()), by)
    activity.move_to(
        Status.PLANNED,
        by=by,
        verb="brought_back",
        status_since=max(activity.ends_at, timezone.now()),
    )
    title = _("Kegiatan kembali direncanakan: %(name)s")
    _tell_all(activity, "brought_back", title, _("%(day)s di %(place)s."), by=by)
    if activity.has_begun:
        return str(_("Kegiatan kembali menjadi rencana. Laporkan hasilnya."))
    return str(_("Kegiatan kembali direncanakan."))


def check_return(activity: Activity, partners: list[Partner], by: User) -> None:
    """What would not be planned today is not brought back either."""
    if not activity.office.is_active:
        raise ValidationError(
            _("Unit ini tidak bekerja lagi; rencanakan kegiatannya pada penerusnya.")
        )
    try:
        check_plan(activity, partners, by, "")
    except ValidationError as refusal:
        anew = _("Rencanakan kegiatan baru dengan keterangan yang berlaku sekarang.")
        raise ValidationError([*refusal.messages, anew]) from refusal


@transaction.atomic
def detach(activity: Activity, *, reason: str, by: User) -> None:
    """Let a plan stand without its agreement, which is in force no more."""
    activity.lock()
    had, activity.agreement = activity.agreement_id, None
    activity.save_edit(activity.revision, ["agreement"])
    Entry.record(by, "activity.detached", activity, reason=reason, agreement=had)
    title = _("Kegiatan tetap direncanakan, tanpa kerja samanya: %(name)s")
    _tell_all(activity, "detached", title, "%(why)s", by=by, why=reason)


@transaction.atomic
def attach(activity: Activity, agreement: Agreement, *, by: User) -> None:
    """Let a plan stand under its agreement again, which was resumed."""
    activity.lock()
    activity.agreement = agreement
    check_plan(activity, list(activity.partners.all()), by, "")
    activity.save_edit(activity.revision, ["agreement"])
    Entry.record(by, "activity.attached", activity)
    title = _("Kegiatan kembali di bawah kerja samanya: %(name)s")
    _tell_all(activity, "attached", title, _("%(day)s di %(place)s."), by=by)


def _tell_all(activity, what, title, body, *, by, **words):
    announce(
        activity,
        what,
        title,
        body,
        by=by,
        day=lambda: dates.date_full(activity.held_on),
        place=activity.place,
        **words,
    )


def await_its_end(activity):
    """The days in which to report begin when it is over, not when it is planned."""
    activity.status_since = max(activity.ends_at, timezone.now())


def remember_plan(activity):
    """What lies ahead is compared with what comes of it, wherever it is moved to."""
    if activity.starts_at > timezone.now():
        activity.planned_on, activity.planned_place = activity.held_on, activity.place


def check_plan(activity, partners, by, correction, *, stored=None, known=()):
    """Refuse with everything that is wrong; what was on record before may stay."""
    office, errors = activity.office, {}
    acting = by.acting
    is_own = office == acting.office and acting.role in ABOVE
    if office.is_wide and not is_own:
        errors["office"] = _("Kegiatan %(office)s dicatat kantor itu sendiri.") % {
            "office": office
        }
    elif not acting.office.is_above(office):
        errors["office"] = _("Unit ini di luar kantor Anda.")
    if activity.ends_at < activity.starts_at:
        errors["ends_at"] = _("Waktu selesai sebelum waktu mulai.")
    elif activity.ends_at - activity.starts_at > LONGEST:
        errors["ends_at"] = _("Kegiatan lebih dari setahun; periksa lagi tanggalnya.")
    if activity.starts_at > timezone.now() + FARTHEST:
        errors["starts_at"] = _("Lebih dari dua tahun lagi; periksa lagi tahunnya.")
    if not activity.type.is_active and not (stored and stored.type == activity.type):
        errors["type"] = _("Jenis kegiatan ini tidak dipakai lagi.")
    activity.held_on = timezone.localdate(activity.starts_at, activity.zone)
    errors |= settle_month(activity, correction, by)
    errors |= _wrong_company(activity, partners, by, stored, known)
    if errors:
        raise ValidationError(errors)


def _wrong_company(activity, partners, by, stored, known) -> dict:
    """What is wrong with the partners, the group and the agreement of an activity."""
    errors = {}
    group, agreement = activity.group, activity.agreement
    fresh = [partner for partner in partners if partner not in known]
    if strangers := _strangers(fresh, activity.office):
        errors["partners"] = _("Belum aktif di unit ini: %(names)s.") % {
            "names": ", ".join(map(str, strangers))
        }
    elif not (
        partners or group or activity.type.is_internal or activity.office.is_wide
    ):
        errors["partners"] = _(
            "Pilih sedikitnya satu mitra atau kelompok; hanya kegiatan internal yang "
            "boleh tanpa mitra."
        )
    elif by.acting.is_community and not _has_own(partners, by):
        errors["partners"] = _("Mitra Anda sendiri harus ikut serta.")
    if group is not None and not (stored and stored.group_id == group.pk):
        formed = CommunityGroup.objects.formed().filter(pk=group.pk).exists()
        if not formed or not activity.office.is_above(group.office):
            errors["group"] = _("Kelompok ini belum aktif di unit ini.")
    if agreement is not None:
        involved = agreement.partner_id in _ids(partners) or (
            group is not None and agreement.group_id == group.pk
        )
        in_force = Agreement.objects.in_force(activity.held_on).filter(pk=agreement.pk)
        if not in_force.exists():
            errors["agreement"] = _("Kerja sama ini tidak berlaku pada %(day)s.") % {
                "day": dates.date_long(activity.held_on)
            }
        elif not involved:
            errors["agreement"] = _(
                "Kerja sama ini bukan dengan mitra atau kelompok yang dipilih."
            )
    return errors


def _strangers(partners, office) -> list[Partner]:
    """Those that do not work with the unit, or no longer."""
    working = Partnership.objects.under(office).working()
    known = set(working.filter(partner__in=partners).values_list("partner", flat=True))
    return [partner for partner in partners if partner.pk not in known]


def _ids(rows) -> list[int]:
    return [row.pk for row in rows]


def _has_own(partners: list[Partner], by: User) -> bool:
    own = Partner.objects.belonging_to(by)
    return own.filter(pk__in=_ids(partners)).exists()
