"""Which changes of the tree cannot be, said in words a person can act on."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pokmas.offices import living
from pokmas.offices.models import Office, OfficeChange
from pokmas.words import dates

Kind, Level = OfficeChange.Kind, Office.Level
YEARS_AHEAD = 5
PARENTS = {Level.UNIT: Level.REGIONAL, Level.POST: Level.UNIT}


def check(change: OfficeChange) -> None:
    """Refuse a change that cannot be, with everything that is wrong with it."""
    office = change.office
    if office.level == Level.HEADQUARTERS and change.kind != Kind.RENAME:
        raise ValidationError(_("Kantor pusat hanya dapat berganti nama."))
    if office.successor_id:
        raise ValidationError(
            _("%(office)s sudah digabung ke %(successor)s; ubahlah kantor itu.")
            % {"office": office, "successor": office.successor}
        )
    if not office.is_active and change.kind != Kind.REOPEN:
        raise ValidationError(
            _("%(office)s tidak aktif. Buka kembali dahulu bila masih diperlukan.")
            % {"office": office}
        )
    problems = {}
    for refuse in [_refuse_decree, _refuse_date, REFUSALS[change.kind]]:
        try:
            refuse(change)
        except ValidationError as refusal:
            refusal.update_error_dict(problems)
    if problems:
        raise ValidationError(problems)


def _refusal(field: str, text: str, **words) -> ValidationError:
    return ValidationError({field: text % words if words else text})


def _refuse_decree(change):
    if not change.decree_number.strip():
        raise _refusal("decree_number", _("Isi nomor keputusan yang menjadi dasarnya."))


def _refuse_date(change):
    office, day = change.office, change.effective_on
    if day.year > office.today.year + YEARS_AHEAD:
        raise _refusal(
            "effective_on",
            _("Tanggal berlaku paling lama %(years)s tahun ke depan."),
            years=YEARS_AHEAD,
        )
    if office.valid_from and day <= office.valid_from:
        raise _refusal(
            "effective_on",
            _("Tanggal berlaku harus sesudah kantor ini berdiri (%(date)s)."),
            date=dates.date_long(office.valid_from),
        )
    last = office.changes.applied().order_by("-effective_on").first()
    if last and day < last.effective_on:
        raise _refusal(
            "effective_on",
            _(
                "Sudah ada perubahan yang berlaku sejak %(date)s; perubahan lain tidak "
                "dapat berlaku sebelumnya."
            ),
            date=dates.date_long(last.effective_on),
        )
    if ending := _planned_end(office, day).exclude(pk=change.pk).first():
        raise _refusal(
            "effective_on",
            _("Kantor ini akan “%(change)s” pada %(date)s. Batalkan itu dahulu."),
            change=ending.get_kind_display(),
            date=dates.date_long(ending.effective_on),
        )


def _refuse_later_plans(change):
    """Nothing may be left planned for an office that is no more."""
    later = change.office.changes.planned().filter(effective_on__gt=change.effective_on)
    if plan := later.exclude(pk=change.pk).first():
        raise ValidationError(
            _("Batalkan dahulu rencana “%(change)s” pada %(date)s.")
            % {
                "change": plan.get_kind_display(),
                "date": dates.date_long(plan.effective_on),
            }
        )


def _planned_end(office: Office, day: date):
    """What is planned to end this office on `day` or before."""
    return office.changes.planned().filter(
        kind__in=[Kind.MERGE, Kind.CLOSE], effective_on__lte=day
    )


def _refuse_name(change):
    office, after = change.office, change.after
    if not after["name"]:
        raise _refusal("name", _("Isi nama kantor."))
    renamed = change.kind == Kind.RENAME
    if renamed and all(getattr(office, key) == after[key] for key in after):
        raise _refusal("name", _("Belum ada yang berubah."))
    if office.level == Level.UNIT and not after["kind"]:
        raise _refusal("kind", _("Pilih jenis UPT."))
    taken = Office.objects.named(after["name"])
    if taken.exclude(pk=office.pk if renamed else None).exists():
        raise _refusal("name", _("Sudah ada kantor dengan nama ini."))
    promised = OfficeChange.objects.planned().filter(after__name__iexact=after["name"])
    if other := promised.exclude(office=office).select_related("office").first():
        raise _refusal(
            "name",
            _("Nama ini sudah direncanakan untuk %(office)s pada %(date)s."),
            office=other.office,
            date=dates.date_long(other.effective_on),
        )


def _refuse_target(office, other):
    if other is None:
        raise _refusal("other", _("Pilih kantor tujuan."))
    if other.pk == office.pk:
        raise _refusal("other", _("Kantor tujuan tidak boleh kantor ini sendiri."))
    if not other.is_active:
        raise _refusal(
            "other", _("%(office)s tidak aktif; pilih kantor lain."), office=other
        )


def _refuse_parent(change):
    office, parent = change.office, change.other
    if office.level not in PARENTS:
        raise _refusal("other", _("Kanwil selalu langsung di bawah Pusat."))
    _refuse_target(office, parent)
    if office.is_above(parent):
        raise _refusal(
            "other",
            _("%(parent)s ada di bawah kantor ini; induk tidak dapat melingkar."),
            parent=parent,
        )
    if parent.level != PARENTS[office.level]:
        raise _refusal(
            "other",
            _("Induk sebuah %(level)s harus %(wanted)s, bukan %(parent)s."),
            level=office.get_level_display(),
            wanted=PARENTS[office.level].label,
            parent=parent,
        )
    if office.level == Level.POST and parent.kind != Office.Kind.PROBATION:
        raise _refusal("other", _("Induk sebuah Pos Bapas harus Bapas."))
    if office.parent_id == parent.pk:
        raise _refusal(
            "other", _("Kantor ini sudah di bawah %(parent)s."), parent=parent
        )


def _refuse_successor(change):
    office, successor = change.office, change.other
    _refuse_target(office, successor)
    _refuse_later_plans(change)
    if office.level != successor.level:
        raise _refusal(
            "other",
            _("%(level)s hanya dapat digabung ke %(level)s lain."),
            level=office.get_level_display(),
        )
    if (Office.Kind.PROBATION in {office.kind, successor.kind}) and (
        office.kind != successor.kind
    ):
        raise _refusal("other", _("Bapas hanya dapat digabung dengan Bapas."))
    if ending := _planned_end(successor, change.effective_on).first():
        raise _refusal(
            "other",
            _("%(office)s sendiri tidak lagi aktif sejak %(date)s."),
            office=successor,
            date=dates.date_long(ending.effective_on),
        )


def _refuse_split(change):
    office, after = change.office, change.after
    if office.level == Level.POST:
        raise ValidationError(_("Pos Bapas tidak dipecah; buka saja pos baru."))
    _refuse_name(change)
    if office.level == Level.REGIONAL:
        own = set(office.provinces.values_list("code", flat=True))
        if not after["provinces"] or not set(after["provinces"]) < own:
            raise _refusal(
                "provinces",
                _(
                    "Pilih provinsi yang diserahkan; paling sedikit satu tetap di "
                    "%(office)s."
                ),
                office=office,
            )
        return
    own = set(office.working_area.values_list("code", flat=True))
    handed = set(after["working_area"])
    if handed - own:
        raise _refusal(
            "working_area",
            _("Yang dapat diserahkan hanya wilayah kerja %(office)s sendiri."),
            office=office,
        )
    if own and handed == own:
        raise _refusal(
            "working_area",
            _("Paling sedikit satu kabupaten/kota tetap di %(office)s."),
            office=office,
        )


def _refuse_closing(change):
    _refuse_later_plans(change)
    if count := change.office.children.active().count():
        raise ValidationError(
            _(
                "Masih ada %(count)s kantor aktif di bawahnya. Pindahkan, gabungkan, "
                "atau tutup dahulu."
            )
            % {"count": count}
        )
    if alive := living.counted(change.office, change.effective_on):
        raise ValidationError(
            _(
                "Yang belum selesai di %(office)s: %(what)s. Gabungkan kantor ini ke "
                "penerusnya agar semuanya berpindah, atau selesaikan dahulu."
            )
            % {"office": change.office, "what": ", ".join(alive)}
        )


def _refuse_reopening(change):
    office = change.office
    if office.is_active:
        raise ValidationError(_("Kantor ini masih aktif."))
    if not office.parent.is_active:
        raise ValidationError(
            _("Induknya, %(parent)s, tidak aktif.") % {"parent": office.parent}
        )


REFUSALS = {
    Kind.RENAME: _refuse_name,
    Kind.MOVE: _refuse_parent,
    Kind.MERGE: _refuse_successor,
    Kind.SPLIT: _refuse_split,
    Kind.CLOSE: _refuse_closing,
    Kind.REOPEN: _refuse_reopening,
}
