"""Asking for one more assignment, and deciding about it: never one's own."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import Assignment, AssignmentRequest, User
from pokmas.accounts.roles import APPOINTS
from pokmas.accounts.services import people
from pokmas.audit.models import Entry
from pokmas.records.constraints import in_words

# What the assignment takes over from the request.
TERMS = ["office", "role", "capacity", "starts_on", "ends_on", "decree_number"]


@in_words()
@transaction.atomic
def request_assignment(request: AssignmentRequest, *, by: User) -> AssignmentRequest:
    """Ask for one more role; it changes nothing until somebody above decides."""
    if not by.has_perm("accounts.request_assignment"):
        raise ValidationError(_("Hanya petugas yang dapat meminta penugasan tambahan."))
    if not any(request.role in roles for roles in APPOINTS.values()):
        raise ValidationError(
            {"role": _("Peran ini tidak dapat diminta lewat portal.")}
        )
    people.refuse_unless_fitting(request.role, request.office)
    people.refuse_if_held(request, by, by=by)
    request.user = by
    request.full_clean()
    request.save()
    Entry.record(by, "assignmentrequest.requested", request, reason=request.purpose)
    return request


@transaction.atomic
def approve(request: AssignmentRequest, *, by: User) -> Assignment:
    request.begin("approve", by=by)
    assignment = Assignment(**{name: getattr(request, name) for name in TERMS})
    people.refuse_unless_appoints(by, assignment, whom=request.user)
    request.move_to(AssignmentRequest.Status.APPROVED, by=by, decided_by=by)
    return people.assign(assignment, request.user, by=by)


@transaction.atomic
def decline(request: AssignmentRequest, *, reason: str, by: User) -> None:
    request.begin("decline", by=by, reason=reason)
    people.refuse_unless_appoints(by, request, whom=request.user)
    request.move_to(
        AssignmentRequest.Status.DECLINED, by=by, reason=reason, decided_by=by
    )


@transaction.atomic
def withdraw(request: AssignmentRequest, *, by: User) -> None:
    request.begin("withdraw", by=by)
    request.move_to(AssignmentRequest.Status.WITHDRAWN, by=by)
