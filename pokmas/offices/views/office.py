"""One office: its page, its data, its working area, and offices opened below it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Upper
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pokmas.accounts.permissions import permission_required, require
from pokmas.accounts.roles import roles_with
from pokmas.audit.services import timeline
from pokmas.forms.base import ReasonForm
from pokmas.offices import services
from pokmas.offices.forms import (
    NewOfficeForm,
    OfficeForm,
    WorkingAreaForm,
)
from pokmas.offices.models import Office, OfficeChange
from pokmas.offices.views.finding import ACTIONS, found, possible_kinds
from pokmas.words import dates
from pokmas.words.addresses import breakable
from pokmas.words.identity import spaced_nip
from pokmas.words.phones import international

Level = Office.Level


@require_safe
@permission_required("offices.view_office")
def detail(request, pk):
    return show(request, found(request, pk))


def show(request, office, refused=None):
    """The page of an office; `refused` is a form that asked to cancel a plan."""
    area = list(office.working_area.all()) if office.is_bapas else []
    changes = _changes(office, refused)
    children = office.children.with_counts().order_by("-is_active", Upper("name"))
    context = {
        "office": office,
        "facts": _facts(office),
        "contact": _contact(office),
        "children": children,
        "area": area,
        "shared": _shared(office, area),
        "changes": changes,
        "planned": [change for change in changes if change.office_id == office.pk],
        "missing": _missing(office, area),
        "keepers": roles_with("offices.change_office"),
        "kinds": [(kind, ACTIONS[kind]) for kind in possible_kinds(office)],
        "may_open": _may_open_below(request.user, office),
    }
    if request.user.has_perm("audit.view_entry"):
        context["timeline"] = timeline(office, request.user)
    return render(request, "pokmas/offices/detail.html", context)


def cancelling(change, data=None):
    """The form that asks why a plan is cancelled: several may stand on one page."""
    return ReasonForm(data, record=change, auto_id=f"plan-{change.pk}-%s")


def _changes(office, refused):
    """What happened to the office and what is planned, each as it looks from here."""
    changes = OfficeChange.objects.touching(office)
    changes = list(changes.for_list())
    for change in changes:
        change.what, change.words = change.told_at(office)
        is_refused = refused is not None and refused.record == change
        change.cancelling = refused if is_refused else cancelling(change)
    return changes


def _facts(office):
    place = office.regency and f"{office.regency}, {office.regency.province}"
    provinces = ""
    if office.level == Level.REGIONAL:
        provinces = ", ".join(map(str, office.provinces.all()))
    rows = [
        (_("Tingkat"), office.get_level_display()),
        (_("Jenis"), office.get_kind_display()),
        (_("Kelas"), _class_of(office)),
        *_parents(office),
        (_("Letak"), place),
        (_("Provinsi"), provinces),
        (_("Zona waktu"), office.get_zone_display()),
        (_("Kode"), office.code),
        (_("Berdiri sejak"), office.valid_from and dates.date_long(office.valid_from)),
        (_("Hari terakhir"), office.valid_to and dates.date_long(office.valid_to)),
    ]
    return [row for row in rows if row[1]]


def _class_of(office):
    """Every unit has a class; of some the compiled list does not know it."""
    if office.level == Level.UNIT and not office.unit_class:
        return _("Belum diketahui")
    return office.get_unit_class_display()


def _parents(office):
    """What it hangs below; a merged office hangs below its successor, as its past."""
    if office.successor_id is None:
        return [(_("Induk"), office.parent and office.parent.name)]
    merger = office.changes.applied().filter(kind=OfficeChange.Kind.MERGE).first()
    return [
        (_("Digabung ke"), office.successor.name),
        (_("Induk sebelum digabung"), merger and merger.before["parent_name"]),
    ]


def _contact(office):
    head = office.head_name
    if head and office.head_capacity != Office.Capacity.DEFINITIVE:
        head = f"{office.get_head_capacity_display()} {head}"
    return [
        (_("Kepala terakhir") if office.is_closed else _("Kepala"), head),
        (_("NIP"), spaced_nip(office.head_nip)),
        (_("Alamat"), office.address),
        (_("Telepon"), international(office.phone)),
        (_("Surel"), breakable(office.email)),
        (_("Laman"), breakable(office.website)),
        (_("Pola nomor surat"), office.number_template),
        (_("Ukuran kertas"), office.get_paper_size_display()),
    ]


def _missing(office, area):
    """What papers and assignments of this office need and do not have yet."""
    if not office.is_active:
        return []
    wanted = [
        (office.head_name, _("nama kepala")),
        (office.head_nip, _("NIP kepala")),
        (office.address, _("alamat untuk kop surat")),
        (office.regency_id or office.level == Level.HEADQUARTERS, _("kabupaten/kota")),
        (area or not office.is_bapas, _("wilayah kerja")),
    ]
    return [label for value, label in wanted if not value]


def _shared(office, area):
    """Regencies of the area that other Bapas serve too, with their names."""
    others = services.other_servants(office, area) if area else {}
    return [(row, others[row.pk]) for row in area if row.pk in others]


def _may_open_below(user, office):
    """Headquarters opens units; who keeps a Bapas opens its posts."""
    if not office.is_active:
        return False
    if office.level == Level.REGIONAL:
        return user.has_perm("offices.reorganise_office")
    return office.kind == Office.Kind.PROBATION and user.has_perm(
        "offices.change_office"
    )


def create(request, pk):
    parent = found(request, pk)
    require(
        request.user,
        "offices.reorganise_office" if parent.is_wide else "offices.change_office",
    )
    if not _may_open_below(request.user, parent):
        raise PermissionDenied
    form = NewOfficeForm(request.POST or None, user=request.user, parent=parent)
    if form.is_valid():
        with form.refusals():
            office = services.create(
                form.save(commit=False),
                by=request.user,
                decree_number=form.cleaned_data["decree_number"],
            )
            messages.success(request, _("%(office)s dibuka.") % {"office": office})
            return redirect(office)
    return render(
        request, "pokmas/offices/create.html", {"form": form, "parent": parent}
    )


@permission_required("offices.change_office")
def edit(request, pk):
    office = found(request, pk)
    form = OfficeForm(request.POST or None, user=request.user, instance=office)
    if form.is_valid():
        with form.refusals():
            services.update(
                form.save(commit=False), revision=form.seen_revision, by=request.user
            )
            messages.success(request, _("Data kantor tersimpan."))
            return redirect(office)
    return render(request, "pokmas/offices/edit.html", {"form": form, "office": office})


@permission_required("offices.manage_place")
def area(request, pk):
    office = found(request, pk)
    if not office.is_bapas:
        raise Http404
    form = WorkingAreaForm(request.POST or None, user=request.user, instance=office)
    if form.is_valid():
        with form.refusals():
            services.set_working_area(
                office, form.chosen, revision=form.seen_revision, by=request.user
            )
            _tell_shared(request, office, form.chosen)
            return redirect(office)
    return render(request, "pokmas/offices/area.html", {"form": form, "office": office})


def _tell_shared(request, office, chosen):
    messages.success(request, _("Wilayah kerja tersimpan."))
    if shared := _shared(office, chosen):
        messages.warning(
            request,
            _("Dilayani juga oleh Bapas lain: %(names)s. Pastikan pembagiannya benar.")
            % {"names": ", ".join(str(regency) for regency, _offices in shared)},
        )
