"""A head names who stands in for him while he is away."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from pokmas.accounts.models import Assignment, User
from pokmas.accounts.roles import STAFF
from pokmas.accounts.services.people import refuse_if_held
from pokmas.audit.models import Entry
from pokmas.offices.models import Office
from pokmas.words import dates

NAME = "accounts.name_substitute"
DAILY_ACTING = Office.Capacity.DAILY_ACTING
# For an absence of some weeks; a post that is empty for longer is given to a Plt. by an
# assignment from above.
LONGEST_DAYS = 90


def may_name(by: User) -> bool:
    """Whoever stands in for somebody has nobody stand in for himself."""
    acting = by.acting
    return by.has_perm(NAME) and acting.capacity != DAILY_ACTING


def candidates(by: User) -> QuerySet[User]:
    """The other officers of his office, each with his own `role` there."""
    held = Assignment.objects.holding(STAFF, by.acting.office)
    others = User.objects.filter(pk__in=held.values("user")).exclude(pk=by.pk)
    own = held.filter(user=OuterRef("pk")).own_first()
    role = Subquery(own.values("role")[:1])
    return others.annotate(role=role).order_by("full_name", "pk")


def named_at(post: Assignment) -> QuerySet[Assignment]:
    """Who stands in at that post now or later."""
    named = Assignment.objects.not_over(post.office.today).filter(
        role=post.role, office=post.office, capacity=DAILY_ACTING
    )
    return named.select_related("user", "office").order_by("starts_on", "pk")


@transaction.atomic
def name_substitute(assignment: Assignment, *, by: User) -> Assignment:
    """Give the named person, dates and decree the post of `by` for that time."""
    if not may_name(by):
        raise ValidationError(_("Pengganti tidak dapat menunjuk pengganti lagi."))
    post, person = by.acting, assignment.user
    Office.objects.select_for_update().get(pk=post.office_id)
    if not candidates(by).filter(pk=person.pk).exists():
        raise ValidationError({"user": _("Pilih petugas lain di kantor Anda.")})
    if assignment.starts_on < post.office.today:
        raise ValidationError(
            {"starts_on": _("Tanggal mulai tidak boleh sudah lewat.")}
        )
    last = assignment.starts_on + timedelta(days=LONGEST_DAYS - 1)
    if assignment.ends_on > last:
        raise ValidationError(
            {
                "ends_on": _(
                    "Paling lama %(days)s hari, jadi sampai %(last)s. Untuk waktu yang "
                    "lebih lama mintalah penugasan Plt. dari admin."
                )
                % {"days": LONGEST_DAYS, "last": dates.date_long(last)}
            }
        )
    _refuse_second(post, assignment.starts_on, assignment.ends_on)
    assignment.role, assignment.office = post.role, post.office
    assignment.capacity, assignment.created_by = DAILY_ACTING, by
    refuse_if_held(assignment, person, by=by)
    assignment.full_clean()
    assignment.save()
    Entry.record(
        by,
        "user.substitute_named",
        person,
        role=assignment.title,
        office=str(assignment.office),
        starts_on=str(assignment.starts_on),
        ends_on=str(assignment.ends_on),
        decree=assignment.decree_number,
    )
    return assignment


@transaction.atomic
def end_substitution(assignment: Assignment, *, by: User) -> None:
    """The head is back: from the next request on nobody stands in for him."""
    assignment = Assignment.objects.select_for_update(of=("self",)).get(
        pk=assignment.pk
    )
    if not may_name(by) or not named_at(by.acting).filter(pk=assignment.pk).exists():
        raise ValidationError(_("Orang ini tidak sedang menggantikan Anda."))
    assignment.ended_at = timezone.now()
    assignment.ends_on = max(assignment.office.today, assignment.starts_on)
    assignment.save(update_fields=["ends_on", "ended_at"])
    Entry.record(
        by,
        "user.substitute_ended",
        assignment.user,
        role=assignment.title,
        office=str(assignment.office),
    )


def _refuse_second(post: Assignment, starts_on: date, ends_on: date) -> None:
    meanwhile = named_at(post).filter(starts_on__lte=ends_on, ends_on__gte=starts_on)
    if other := meanwhile.first():
        raise ValidationError(
            _("Pada masa itu Anda sudah digantikan oleh %(name)s."),
            params={"name": other.user},
        )
