"""Community groups: the list, one group's page, and each step of its life."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from partners import compliance as rules
from partners.filters import GroupFilter
from partners.forms.groups import (
    AssessForm,
    DissolveForm,
    EndMemberForm,
    EstablishForm,
    GroupForm,
    InaugurateForm,
    MemberForm,
)
from partners.models import CommunityGroup, GroupMembership
from partners.services import groups as services
from pokmas import steps
from pokmas.accounts.permissions import permission_required
from pokmas.audit.services import timeline
from pokmas.forms import ReasonForm
from pokmas.lists import KeysetPage
from pokmas.offices.models import Office

Status = CommunityGroup.Status


@require_safe
@vary_on_headers("HX-Request")
@permission_required("partners.view_communitygroup")
def index(request):
    groups = CommunityGroup.objects.visible_to(request.user).for_list()
    filters = GroupFilter(request.GET, groups, user=request.user)
    page = KeysetPage(filters.qs, request.GET)
    if request.htmx.target == "list":
        context = {"filters": filters, "page": page}
        return render(request, "partners/groups/_list.html", context)
    office = request.user.acting.office
    own = rules.of_units([office], office.today) if _is_own_bapas(request.user) else []
    return render(
        request,
        "partners/groups/index.html",
        {"filters": filters, "page": page, "compliance": own[0] if own else None},
    )


@require_safe
@permission_required("partners.view_communitygroup")
def compliance(request):
    """Every Bapas of the branch against the minimums of the guidebook."""
    today = timezone.localdate()
    units = Office.objects.visible_to(request.user).active().order_by("region", "name")
    bapas = units.filter(kind=Office.Kind.PROBATION).select_related("region")
    return render(
        request,
        "partners/groups/compliance.html",
        {"rows": rules.of_units(bapas, today), "today": today},
    )


@require_safe
@permission_required("partners.view_communitygroup")
def detail(request, pk):
    group = _found(request, pk)
    memberships = list(group.memberships.select_related("partner"))
    return render(
        request,
        "partners/groups/detail.html",
        {
            "group": group,
            "members": [row for row in memberships if row.ends_on is None],
            "former": [row for row in memberships if row.ends_on is not None],
            "visible": set(
                group.partners.visible_to(request.user).values_list("pk", flat=True)
            ),
            "timeline": timeline(group, request.user),
        },
    )


@permission_required("partners.add_communitygroup")
def create(request):
    form = GroupForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            group = services.propose(form.save(commit=False), by=request.user)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Usulan tersimpan. Tambahkan anggotanya."))
            return redirect(group)
    return render(request, "partners/groups/form.html", {"form": form})


@permission_required("partners.change_communitygroup")
def change(request, pk):
    group = _found(request, pk)
    if not group.is_editable:
        return steps.closed(request, group, _("Ubah kelompok"))
    form = GroupForm(request.POST or None, instance=group, user=request.user)
    if form.is_valid():
        try:
            services.edit(
                form.save(commit=False),
                revision=form.seen_revision,
                changed=form.edited_fields,
                by=request.user,
            )
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Perubahan tersimpan."))
            return redirect(group)
    context = {"form": form, "group": _found(request, pk)}
    return render(request, "partners/groups/form.html", context)


@permission_required("partners.change_communitygroup")
def add_member(request, pk):
    group = _found(request, pk)

    def add(group, *, by, **answers):
        services.add_member(GroupMembership(group=group, **answers), by=by)

    return steps.ask(
        request,
        group,
        add,
        partial(MemberForm, group=group),
        allowed=group.is_open,
        title=_("Tambah anggota"),
        button=_("Tambahkan"),
        done=_("Anggota ditambahkan."),
    )


@permission_required("partners.change_communitygroup")
def end_member(request, pk, membership_pk):
    group = _found(request, pk)
    membership = get_object_or_404(
        GroupMembership.objects.select_related("partner"), group=group, pk=membership_pk
    )

    def end(group, *, by, ends_on):
        services.end_member(membership, ends_on=ends_on, by=by)

    return steps.ask(
        request,
        group,
        end,
        partial(EndMemberForm, initial={"ends_on": group.office.today}),
        allowed=group.is_open,
        title=_("Akhiri keanggotaan %(partner)s") % {"partner": membership.partner},
        button=_("Akhiri keanggotaan"),
        done=_("Keanggotaan berakhir."),
    )


@permission_required("partners.change_communitygroup")
def assess(request, pk):
    group = _found(request, pk)
    return steps.ask(
        request,
        group,
        services.assess,
        AssessForm,
        allowed=Status.ASSESSED in group.next_statuses,
        title=_("Catat hasil asesmen"),
        button=_("Simpan dan teruskan kepada kepala"),
        done=_("Asesmen tersimpan; kepala diberi tahu."),
    )


@permission_required("partners.add_communitygroup")
def withdraw(request, pk):
    group = _found(request, pk)
    return steps.ask(
        request,
        group,
        services.withdraw,
        ReasonForm,
        allowed=Status.WITHDRAWN in group.next_statuses,
        title=_("Tarik usulan"),
        button=_("Tarik usulan"),
        done=_("Usulan ditarik. Riwayatnya tetap tersimpan."),
    )


@permission_required("partners.establish_communitygroup")
def establish(request, pk):
    group = _found(request, pk)
    return steps.ask(
        request,
        group,
        services.establish,
        EstablishForm,
        allowed=Status.ESTABLISHED in group.next_statuses,
        title=_("Tetapkan dengan SK"),
        button=_("Tetapkan kelompok"),
        done=_("Kelompok ditetapkan."),
    )


@permission_required("partners.change_communitygroup")
def inaugurate(request, pk):
    group = _found(request, pk)
    return steps.ask(
        request,
        group,
        services.inaugurate,
        InaugurateForm,
        allowed=group.awaits_inauguration,
        title=_("Catat pengukuhan"),
        button=_("Simpan dan aktifkan"),
        done=_("Kelompok aktif; mitra anggotanya ikut menjadi aktif."),
    )


@permission_required("partners.change_communitygroup")
def rest(request, pk):
    group = _found(request, pk)
    return steps.ask(
        request,
        group,
        services.rest,
        ReasonForm,
        allowed=Status.DORMANT in group.next_statuses,
        title=_("Nyatakan tidak aktif"),
        button=_("Nyatakan tidak aktif"),
        done=_("Kelompok dinyatakan tidak aktif."),
    )


@require_POST
@permission_required("partners.change_communitygroup")
def revive(request, pk):
    group = _found(request, pk)
    return steps.do(request, group, services.revive, _("Kelompok aktif kembali."))


@permission_required("partners.establish_communitygroup")
def dissolve(request, pk):
    group = _found(request, pk)
    return steps.ask(
        request,
        group,
        services.dissolve,
        DissolveForm,
        allowed=Status.DISSOLVED in group.next_statuses,
        title=_("Bubarkan kelompok"),
        button=_("Bubarkan"),
        done=_("Kelompok dibubarkan. Riwayatnya tetap tersimpan."),
    )


def _found(request, pk):
    return get_object_or_404(
        CommunityGroup.objects.visible_to(request.user).select_related(
            "office__parent", "field", "decree", "dissolution_decree", "assessed_by"
        ),
        pk=pk,
    )


def _is_own_bapas(user):
    return not user.acting.is_community and (
        user.acting.office.kind == Office.Kind.PROBATION
    )
