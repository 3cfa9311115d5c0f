from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from agreements.models import Agreement
from outreach.filters import ActivityFilter
from outreach.forms import ActivityForm, ReportForm, TypeForm, served_of
from outreach.models import Activity, ActivityType, Evidence
from outreach.services import plans, results
from outreach.services import types as type_services
from partners.models import CommunityGroup, Partner
from pokmas import steps
from pokmas.accounts.permissions import permission_required
from pokmas.accounts.roles import Role
from pokmas.audit.services import timeline
from pokmas.forms import ReasonForm
from pokmas.lists import KeysetPage

Status = Activity.Status
NEWEST = 5


@require_safe
@vary_on_headers("HX-Request")
@permission_required("outreach.view_activity")
def index(request):
    activities = Activity.objects.visible_to(request.user).for_list()
    filters = ActivityFilter(request.GET, activities, user=request.user)
    page = KeysetPage(filters.qs, request.GET, order=("-held_on", "-pk"))
    served = filters.qs.served() if page.count_is_exact else None
    piece = request.htmx.target == "list"
    template = "outreach/_list.html" if piece else "outreach/index.html"
    context = {
        "filters": filters,
        "page": page,
        "served": served,
        "several_offices": any(
            row.office_id != request.user.acting.office_id for row in page
        ),
    }
    return render(request, template, context)


@require_safe
@permission_required("outreach.view_activity")
def detail(request, pk):
    activity = _found(request, pk)
    is_volunteer = request.user.acting.role == Role.VOLUNTEER
    evidence = Evidence.objects.visible_to(request.user).filter(activity=activity)
    context = {
        "activity": activity,
        "counts": activity.count_table,
        "evidence": evidence.select_related("document"),
        "is_volunteer": is_volunteer,
        "timeline": None if is_volunteer else timeline(activity, request.user),
    }
    return render(request, "outreach/detail.html", context)


# Planning


@vary_on_headers("HX-Request")
@permission_required("outreach.add_activity")
def create(request):
    form = ActivityForm(request.POST or None, user=request.user, asked=request.GET)
    if form.is_valid():
        try:
            activity = plans.plan(
                form.save(commit=False), partners=form.participants, by=request.user
            )
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            return _planned(request, activity)
    return _plan_page(request, form)


@vary_on_headers("HX-Request")
@permission_required("outreach.change_activity")
def change(request, pk):
    activity = _found(request, pk)
    if not activity.is_editable:
        return steps.closed(request, activity, _("Ubah rencana"))
    form = ActivityForm(request.POST or None, user=request.user, instance=activity)
    if form.is_valid():
        try:
            plans.change(
                form.save(commit=False),
                revision=form.seen_revision,
                partners=form.participants,
                by=request.user,
            )
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Perubahan kegiatan tersimpan."))
            return redirect(activity)
    return _plan_page(request, form, activity)


@permission_required("outreach.change_activity")
def cancel(request, pk):
    activity = _found(request, pk)
    return steps.ask(
        request,
        activity,
        plans.cancel,
        ReasonForm,
        allowed=Status.CANCELLED in activity.next_statuses,
        title=_("Batalkan kegiatan"),
        button=_("Batalkan kegiatan"),
        done=_("Kegiatan dibatalkan."),
    )


# Reporting and deciding


@vary_on_headers("HX-Request")
@permission_required("outreach.report_activity")
def report(request, pk):
    activity = _found(request, pk)
    if request.htmx.target == "served":
        return render(
            request, "outreach/_served.html", {"served": served_of(request.GET)}
        )
    if Status.REPORTED not in activity.next_statuses:
        return steps.closed(request, activity, _("Laporkan hasil"))
    if not activity.has_begun:
        messages.info(
            request, _("Kegiatan ini belum berlangsung; laporkan sesudahnya.")
        )
        return redirect(activity)
    form = ReportForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        instance=activity,
    )
    if form.is_valid():
        try:
            done = _hand_in(form, request.user)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, done)
            return redirect(activity)
    context = {"form": form, "activity": activity}
    return render(request, "outreach/report.html", context)


@require_POST
@permission_required("outreach.verify_activity")
def verify(request, pk):
    activity = _found(request, pk)
    done = _("Kegiatan diverifikasi; angkanya kini dihitung.")
    return steps.do(request, activity, results.verify, done)


@permission_required("outreach.verify_activity")
def send_back(request, pk):
    activity = _found(request, pk)
    return steps.ask(
        request,
        activity,
        results.send_back,
        ReasonForm,
        allowed=Status.RETURNED in activity.next_statuses,
        title=_("Kembalikan untuk diperbaiki"),
        button=_("Kembalikan"),
        done=_("Laporan dikembalikan kepada pelapor."),
    )


@require_POST
@permission_required("outreach.review_photo")
def review_photo(request, pk):
    evidence = get_object_or_404(
        Evidence.objects.visible_to(request.user).select_related("activity__office"),
        pk=pk,
    )
    mark = partial(results.review_photo, visibility=request.POST.get("visibility", ""))
    done = _("Penggunaan foto tersimpan.")
    return steps.do(request, evidence, mark, done, to=evidence.activity)


# Panels for pages of the apps below


@require_safe
@permission_required("outreach.view_activity")
def of_partner(request, partner_pk):
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=partner_pk)
    return _panel(request, partner, "partners", "partner")


@require_safe
@permission_required("outreach.view_activity")
def of_group(request, group_pk):
    groups = CommunityGroup.objects.visible_to(request.user)
    return _panel(request, get_object_or_404(groups, pk=group_pk), "group", "group")


@require_safe
@permission_required("outreach.view_activity")
def of_agreement(request, agreement_pk):
    agreements = Agreement.objects.visible_to(request.user)
    agreement = get_object_or_404(agreements, pk=agreement_pk)
    return _panel(request, agreement, "agreement", "agreement")


# The list of types


@require_safe
@permission_required("outreach.manage_activitytype")
def types(request):
    return render(request, "outreach/types.html", {"types": ActivityType.objects.all()})


@permission_required("outreach.manage_activitytype")
def create_type(request):
    form = TypeForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            type_services.create(form.save(commit=False), by=request.user)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Jenis kegiatan ditambahkan."))
            return redirect("outreach:types")
    return render(request, "outreach/type_form.html", {"form": form})


@permission_required("outreach.manage_activitytype")
def change_type(request, pk):
    kind = get_object_or_404(ActivityType, pk=pk)
    form = TypeForm(request.POST or None, user=request.user, instance=kind)
    if form.is_valid():
        try:
            type_services.change(
                form.save(commit=False), revision=form.seen_revision, by=request.user
            )
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Jenis kegiatan tersimpan."))
            return redirect("outreach:types")
    return render(request, "outreach/type_form.html", {"form": form, "kind": kind})


@require_POST
@permission_required("outreach.manage_activitytype")
def archive_type(request, pk):
    type_services.archive(get_object_or_404(ActivityType, pk=pk), by=request.user)
    messages.success(request, _("Jenis kegiatan diarsipkan."))
    return redirect("outreach:types")


@require_POST
@permission_required("outreach.manage_activitytype")
def restore_type(request, pk):
    type_services.restore(get_object_or_404(ActivityType, pk=pk), by=request.user)
    messages.success(request, _("Jenis kegiatan dipakai lagi."))
    return redirect("outreach:types")


# What they share


def _found(request, pk):
    return get_object_or_404(
        Activity.objects.visible_to(request.user)
        .select_related(
            "office__region",
            "office__parent",
            "type",
            "regency",
            "group",
            "agreement",
            "reported_by",
            "verified_by",
        )
        .prefetch_related(
            Prefetch("partners", Partner.objects.select_related("regency"))
        ),
        pk=pk,
    )


def _plan_page(request, form, activity=None):
    piece = request.htmx.target == "company"
    template = "outreach/_company.html" if piece else "outreach/form.html"
    return render(request, template, {"form": form, "activity": activity})


def _planned(request, activity):
    """What was held already is reported next; what lies ahead is shown."""
    if activity.starts_at <= timezone.now() and activity.status == Status.PLANNED:
        messages.success(request, _("Kegiatan tercatat. Sekarang laporkan hasilnya."))
        return redirect("outreach:report", activity.pk)
    messages.success(request, _("Rencana kegiatan tersimpan."))
    return redirect(activity)


def _hand_in(form, user) -> str:
    """Keep the report or send it; what to say afterwards."""
    activity = form.save(commit=False)
    if form.is_unfinished:
        results.keep(activity, by=user, **form.answers)
        return _("Laporan disimpan, tetapi belum dikirim.")
    declared = form.cleaned_data["declared"]
    results.report(activity, by=user, declared=declared, **form.answers)
    return _("Laporan terkirim. Kepala UPT akan memeriksa angka dan buktinya.")


def _panel(request, record, field, asked):
    """The newest activities of one record: a piece of its page, or a page."""
    activities = Activity.objects.visible_to(request.user).filter(**{field: record})
    piece = bool(request.htmx)
    context = {
        "record": record,
        "activities": activities.for_list()[:NEWEST],
        "count": activities.count(),
        "served": activities.counted().served(),
        "list_query": f"{field}={record.pk}",
        "plan_query": f"{asked}={record.pk}",
    }
    template = "outreach/_panel.html" if piece else "outreach/panel.html"
    return render(request, template, context)
