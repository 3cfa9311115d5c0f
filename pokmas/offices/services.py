"""Opening an office, keeping its data, and the regencies a Bapas serves."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Upper
from django.utils.text import slugify
from django.utils.translation import gettext as _

from pokmas.audit.models import Entry
from pokmas.offices.letters import without_class
from pokmas.offices.models import Office, Regency, Zone

EDITABLE = [
    "regency",
    "address",
    "phone",
    "email",
    "website",
    "head_name",
    "head_nip",
    "head_capacity",
    "letterhead",
    "number_template",
    "paper_size",
]


@transaction.atomic
def create(office: Office, *, by, decree_number: str) -> Office:
    """Open a unit below a Kanwil or a post below a Bapas.

    A Bapas begins with its own regency as working area. A form that is sent twice
    opens one office.
    """
    made = Office.objects.filter(submission_key=office.submission_key).first()
    if made:
        return made
    parent = Office.objects.select_for_update().get(pk=office.parent_id)
    _refuse_new(office, parent)
    establish(office)
    Entry.record(by, "office.created", office, decree=decree_number)
    return office


def _refuse_new(office: Office, parent: Office) -> None:
    levels = {
        (Office.Level.REGIONAL, Office.Level.UNIT),
        (Office.Level.UNIT, Office.Level.POST),
    }
    if not parent.is_active:
        raise ValidationError(
            _("%(office)s sudah tidak aktif; pilih induk lain.") % {"office": parent}
        )
    if (parent.level, office.level) not in levels:
        raise ValidationError(
            _("%(level)s tidak dapat dibuka di bawah %(parent)s.")
            % {"level": office.get_level_display(), "parent": parent}
        )
    if office.level == Office.Level.POST and parent.kind != Office.Kind.PROBATION:
        raise ValidationError(_("Pos Bapas hanya dapat dibuka di bawah sebuah Bapas."))
    if office.valid_from and office.valid_from > parent.today:
        raise ValidationError(
            {
                "valid_from": _(
                    "Tanggal berdiri belum tiba. Catat kantor baru pada hari "
                    "berdirinya; pemecahan kantor dapat direncanakan lebih dahulu."
                )
            }
        )


def establish(office: Office) -> None:
    """Give a new office its code, zone and first working area, and save it."""
    office.code = free_code(office.name)
    if office.regency:
        office.zone = Zone.of(office.regency.province_id)
    elif office.parent:
        office.zone = office.parent.zone
    office.validate_constraints()
    office.save()
    office.refresh_from_db(fields=["region"])
    if office.kind == Office.Kind.PROBATION and office.regency:
        office.working_area.add(office.regency)


def free_code(name: str) -> str:
    """A code that no office has yet, from the name."""
    return code_of(name, set(Office.objects.values_list("code", flat=True)))


def code_of(name: str, taken: set[str]) -> str:
    """`bapas-kupang`: from the name without its class, which changes."""
    stem = slugify(without_class(name))[:70] or "kantor"
    code, number = stem, 1
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code


@transaction.atomic
def update(office: Office, *, revision: int, by) -> None:
    """Keep the data, the head and the letterhead of an office."""
    was = Office.objects.select_for_update().get(pk=office.pk)
    if not was.is_active:
        raise ValidationError(_("Kantor ini sudah tidak aktif; datanya tetap."))
    if office.head_nip and not office.head_name:
        raise ValidationError({"head_name": _("Isi nama kepala yang ber-NIP itu.")})
    if office.regency:
        office.zone = Zone.of(office.regency.province_id)
    office.validate_constraints()
    changed = [name for name in EDITABLE if getattr(office, name) != getattr(was, name)]
    office.save_edit(revision, [*EDITABLE, "zone"])
    if changed:
        Entry.record(
            by,
            "office.changed",
            office,
            fields=[str(Office._meta.get_field(name).verbose_name) for name in changed],
        )


@transaction.atomic
def set_working_area(
    office: Office, regencies: Iterable[Regency], *, revision: int, by
) -> None:
    """Say which regencies a Bapas or one of its posts serves: at least one."""
    regencies = list(regencies)
    if not office.is_bapas:
        raise ValidationError(_("Wilayah kerja hanya ada pada Bapas dan Pos Bapas."))
    if not office.is_active:
        raise ValidationError(_("Kantor ini sudah tidak aktif; datanya tetap."))
    if not regencies:
        raise ValidationError(
            {"working_area": _("Pilih paling sedikit satu kabupaten/kota.")}
        )
    was = set(office.working_area.all())
    office.save_edit(revision, [])
    office.working_area.set(regencies)
    added, removed = set(regencies) - was, was - set(regencies)
    if added or removed:
        Entry.record(
            by,
            "office.area_changed",
            office,
            added=sorted(map(str, added)),
            removed=sorted(map(str, removed)),
        )


def other_servants(office: Office, regencies: Iterable[Regency]) -> dict:
    """Regency code → the other active Bapas that serve it too.

    A Bapas and its own posts share their regencies and do not count as others.
    """
    family = {office.pk, office.parent_id}
    shared = {}
    rows = (
        Office.working_area.through.objects.filter(
            regency__in=list(regencies), office__is_active=True
        )
        .exclude(office__in=family)
        .exclude(office__parent=office)
        .select_related("office")
        .order_by(Upper("office__name"))
    )
    for row in rows:
        shared.setdefault(row.regency_id, []).append(row.office)
    return shared
