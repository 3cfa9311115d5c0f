"""People, and the offices they act for."""

from functools import cache

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, Lower, NullIf, Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pokmas.accounts.roles import COMMUNITY, STAFF, Role, changes, permissions_of
from pokmas.offices.models import (
    Office,
    OfficeScoped,
    OfficeScopedQuerySet,
    office_today,
    region_key,
)
from pokmas.records.constraints import Exclusion
from pokmas.records.lifecycle import Lifecycle, LifecycleQuerySet
from pokmas.records.lines import LineField
from pokmas.records.models import remembers
from pokmas.records.search import (
    SearchQuerySet,
    holding,
)


def display_name(user) -> str:
    return user.full_name or user.email


def display_name_of(path: str) -> Coalesce:
    """The same of the person at the end of `path`, as queries know it."""
    name = NullIf(f"{path}__full_name", Value(""))
    return Coalesce(name, f"{path}__email", output_field=models.CharField())


# Whoever holds an assignment without an end. Two that end at once wait for each other.
APPOINTED = """
    PERFORM FROM accounts_user WHERE id IN (OLD.user_id, NEW.user_id)
        ORDER BY id FOR NO KEY UPDATE;
    UPDATE accounts_user holder SET is_appointed = NOT is_appointed
        WHERE id IN (OLD.user_id, NEW.user_id) AND is_appointed <> EXISTS (
            SELECT FROM accounts_assignment WHERE user_id = holder.id
                AND ended_at IS NULL AND ends_on IS NULL);
    RETURN NULL;
"""
# The role of a term as queries know it, a substitute's with his capacity before it.
TITLE_CODE = Case(
    When(capacity=Office.Capacity.DEFINITIVE, then=F("role")),
    default=Concat("capacity", Value(" "), "role"),
)


# One expression, so that its index is used.
STATE = Case(
    When(is_active=False, then=Value("closed")),
    When(password__startswith=UNUSABLE_PASSWORD_PREFIX, then=Value("invited")),
    default=Value("active"),
)


@cache
def titles() -> dict[str, str | Promise]:
    """Such codes in the words of people: Plh. Kepala UPT."""
    substitutes = [
        each for each in Office.Capacity if each != Office.Capacity.DEFINITIVE
    ]
    return dict(Role.choices) | {
        f"{capacity.value} {role.value}": format_lazy(
            "{} {}", capacity.label, role.label
        )
        for capacity in substitutes
        for role in Role
    }


class UserQuerySet(SearchQuerySet):
    def visible_to(self, user):
        """People with an assignment, now or before, in the own branch; and oneself."""
        acting = getattr(user, "acting", None)
        if acting is None or acting.is_community:
            return self.filter(pk=user.pk)
        if acting.office.level == Office.Level.HEADQUARTERS:
            return self.all()
        # Oneself among them: one acts by an assignment of this very branch.
        appointed = Assignment.objects.under(acting.office)
        return self.filter(pk__in=appointed.values("user_id"))

    def for_list(self):
        """With the latest of the assignments that hold today or later, and how many."""
        held = Assignment.objects.not_over().filter(user=OuterRef("pk"))
        latest = held.order_by("-starts_on", "pk")
        number = held.order_by().values("user").annotate(number=Count("pk"))
        return self.annotate(
            title=Subquery(latest.annotate(code=TITLE_CODE).values("code")[:1]),
            office_name=Subquery(latest.values("office__name")[:1]),
            assigned=Coalesce(Subquery(number.values("number")), 0),
        )

    def in_state(self, state):
        """Whose account is active, invited or closed."""
        return self.alias(state=STATE).filter(state=state)

    def invited(self):
        """Those whose invitation waits for a password."""
        return self.in_state("invited")

    def idle(self):
        """Those without an assignment that holds today or later."""
        held = Assignment.objects.not_over().filter(user=OuterRef("pk"))
        return self.filter(~Exists(held), is_appointed=False)

    def holding(self, **assignment):
        """Those with an open assignment like this: role, office, region."""
        return self.filter(
            Exists(
                Assignment.objects.not_over().filter(user=OuterRef("pk"), **assignment)
            )
        )

    def matching(self, meanings):
        """By words of the name or the beginning of the e-mail address."""
        held = holding("upper_name", meanings)
        if len(meanings) == 1:
            held |= Q(email__startswith=meanings[0][0].lower())
        return self.alias(upper_name=Upper("full_name")).filter(held)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user


@pghistory.track(exclude=["password", "last_login", "is_appointed"])
class User(AbstractBaseUser):
    """A person who signs in by e-mail. What he may do depends on his assignments."""

    class Frequency(models.TextChoices):
        IMMEDIATE = "immediate", _("Segera")
        DAILY = "daily", _("Ringkasan harian")
        WEEKLY = "weekly", _("Ringkasan mingguan")
        NONE = "none", _("Tidak lewat surel")

    email = models.EmailField(_("alamat surel"), unique=True)
    full_name = LineField(_("nama lengkap"), max_length=120)
    phone = LineField(_("nomor telepon"), max_length=20, blank=True)
    is_active = models.BooleanField(_("aktif"), default=True)
    is_demo = models.BooleanField(_("akun contoh"), default=False, editable=False)
    notify_by_mail = models.CharField(
        _("pemberitahuan lewat surel"),
        max_length=10,
        choices=Frequency,
        default=Frequency.IMMEDIATE,
    )
    notify_by_sms = models.BooleanField(_("pemberitahuan lewat SMS"), default=False)
    # What notices and mails are written in; follows the choice made in the portal.
    language = models.CharField(
        _("bahasa"), max_length=2, choices=settings.LANGUAGES, default="id"
    )
    date_joined = models.DateTimeField(_("terdaftar"), default=timezone.now)
    # Whether he holds an assignment that has no end; the database keeps it.
    is_appointed = models.BooleanField(default=False, editable=False)

    objects = UserManager()

    # The history says that the number changed; which it was only to whom it concerns.
    HISTORY_PRIVATE = {"phone": "partners.view_contact"}

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["full_name", "pk"]
        verbose_name = _("akun")
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="user_email_in_lower_case",
                violation_error_message=_("Tulis alamat surel dengan huruf kecil."),
            )
        ]
        indexes = [
            models.Index(fields=["full_name", "id"], name="users_by_name"),
            models.Index(STATE, "full_name", "id", name="users_by_state"),
            models.Index(
                fields=["full_name", "id"],
                condition=Q(is_appointed=False),
                name="users_with_an_end",
            ),
            GinIndex(
                OpClass(Upper("full_name"), name="gin_trgm_ops"),
                name="users_by_part",
                fastupdate=False,
            ),
        ]
        triggers = [remembers("full_name")]

    def __str__(self):
        return display_name(self)

    def get_absolute_url(self):
        return reverse("accounts:detail", args=[self.pk])

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name.split(" ")[0] if self.full_name else self.email

    @property
    def is_invited(self) -> bool:
        """Invited, and no password chosen yet."""
        return self.is_active and not self.has_usable_password()

    @cached_property
    def acting(self):
        """The assignment in which this person acts now, or None.

        The middleware sets the chosen one; elsewhere it is the first that holds.
        """
        return (
            self.assignments.current()
            .own_first()
            .select_related("office__region", "office__parent")
            .first()
        )

    @cached_property
    def role_changes(self):
        """The table of roles as this person meets it, read once."""
        return changes()

    @cached_property
    def permissions(self) -> frozenset[str]:
        if not self.is_active or self.acting is None:
            return frozenset()
        return permissions_of(self.acting.role, self.role_changes)

    def has_perm(self, permission, obj=None):
        return permission in self.permissions

    def has_perms(self, permissions, obj=None):
        return all(self.has_perm(permission) for permission in permissions)

    def has_module_perms(self, app_label):
        return any(name.startswith(f"{app_label}.") for name in self.permissions)


class AssignmentQuerySet(OfficeScopedQuerySet):
    def current(self, today=None):
        """Those whose term covers `today`: a day, or the present one of its office."""
        today = today or office_today()
        return self.not_over(today).filter(starts_on__lte=today)

    def own_first(self):
        """In the order in which one is taken: who stands in for another does so only
        where he chose to, and comes in as what he is himself.
        """
        own = ExpressionWrapper(
            Q(capacity=Office.Capacity.DEFINITIVE), models.BooleanField()
        )
        return self.order_by(own.desc(), *self.model._meta.ordering)

    def not_over(self, today=None):
        """Those that hold today or begin later."""
        today = today or office_today()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today), ended_at=None)

    def holding(self, roles, office):
        """Current assignments of `roles` at `office` itself."""
        return self.holding_among(roles, [office])

    def holding_among(self, roles, offices):
        return self.current().filter(
            role__in=roles, office__in=offices, user__is_active=True
        )

    def visible_to(self, user):
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        if acting.is_community:
            return self.filter(user=user)
        return self.under(acting.office)


class Term(models.Model):
    """What an assignment and the request for one have in common."""

    office = models.ForeignKey(
        Office, models.PROTECT, related_name="%(class)ss", verbose_name=_("kantor")
    )
    role = models.CharField(_("peran"), max_length=20, choices=Role)
    # A substitute (Plh., Plt.) holds the role like its owner, for a term.
    capacity = models.CharField(
        _("kedudukan"),
        max_length=12,
        choices=Office.Capacity,
        default=Office.Capacity.DEFINITIVE,
    )
    starts_on = models.DateField(_("mulai"), default=timezone.localdate)
    ends_on = models.DateField(_("sampai"), null=True, blank=True)
    decree_number = LineField(_("nomor SK"), max_length=80, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="%(class)s_dates_in_order",
                violation_error_message=_("Tanggal akhir sebelum tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=~Q(capacity=Office.Capacity.DAILY_ACTING)
                | Q(ends_on__isnull=False),
                name="%(class)s_substitute_has_end",
                violation_error_message=_("Plh. harus punya tanggal akhir."),
            ),
        ]

    @property
    def title(self) -> str:
        """The role as people write it: Plh. Kepala UPT."""
        if self.capacity == Office.Capacity.DEFINITIVE:
            return self.get_role_display()
        return f"{self.get_capacity_display()} {self.get_role_display()}"

    @property
    def is_community(self) -> bool:
        return self.role in COMMUNITY

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF


@pghistory.track()
class Assignment(Term):
    """One person's role at one office for a term, with its decree."""

    user = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    # That of the office; kept by the database, as on every row of an office.
    region = region_key()
    # Ended before its day, at once: by an administrator, with a reason in the audit.
    ended_at = models.DateTimeField(_("diakhiri"), null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta(Term.Meta):
        ordering = ["-starts_on", "pk"]
        verbose_name = _("penugasan")
        triggers = [
            *OfficeScoped.Meta.triggers,
            pgtrigger.Trigger(
                name="keeps_appointed",
                operation=pgtrigger.Insert
                | pgtrigger.Delete
                | pgtrigger.UpdateOf("user_id", "ends_on", "ended_at"),
                when=pgtrigger.After,
                func=APPOINTED,
            ),
        ]
        indexes = [
            models.Index(fields=["region", "user"], name="assignments_of_region"),
            models.Index(
                fields=["office", "role"],
                condition=Q(ended_at=None),
                name="assignments_that_run",
            ),
        ]
        constraints = [
            *Term.Meta.constraints,
            Exclusion(
                name="one_assignment_per_role_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("office", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_on",
                            "ends_on",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(ended_at=None),
                violation_error_message=_(
                    "Orang ini sudah memegang peran tersebut di kantor itu pada masa "
                    "yang sama."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.title} · {self.office}"

    @property
    def is_substitution(self) -> bool:
        return self.capacity == Office.Capacity.DAILY_ACTING

    @property
    def stands_in_for(self):
        """The holder of the post who named him; None where an office above did."""
        return User.objects.filter(
            pk=self.created_by_id,
            assignments__role=self.role,
            assignments__office=self.office_id,
            assignments__capacity=Office.Capacity.DEFINITIVE,
        ).first()

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None or (
            self.ends_on is not None and self.ends_on < self.office.today
        )

    @property
    def is_current(self) -> bool:
        return not self.is_over and self.starts_on <= self.office.today


class AssignmentRequestQuerySet(LifecycleQuerySet):
    def visible_to(self, user):
        """The own requests, and those whose office lies in the own branch."""
        acting = getattr(user, "acting", None)
        own = Q(user=user)
        if acting is None or not user.has_perm("accounts.appoint_user"):
            return self.filter(own)
        return self.filter(own | Q(office__in=Office.objects.under(acting.office)))

    def for_page(self):
        return self.select_related("user", "office")


@pghistory.track()
class AssignmentRequest(Term, Lifecycle):
    """A person asks for one more assignment; somebody above him decides."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("Diajukan")
        APPROVED = "approved", _("Disetujui")
        DECLINED = "declined", _("Ditolak")
        WITHDRAWN = "withdrawn", _("Ditarik")

    TRANSITIONS = {
        Status.REQUESTED: {Status.APPROVED, Status.DECLINED, Status.WITHDRAWN}
    }
    URLS = "accounts:request_"
    NAMED_BY = "user__full_name"
    TONES = {
        Status.REQUESTED: "info",
        Status.APPROVED: "good",
        Status.DECLINED: "bad",
    }

    user = models.ForeignKey(User, models.PROTECT, related_name="assignment_requests")
    purpose = models.TextField(_("alasan"), max_length=1000)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status,
        default=Status.REQUESTED,
        editable=False,
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(_("diajukan pada"), auto_now_add=True)

    objects = AssignmentRequestQuerySet.as_manager()

    class Meta(Term.Meta):
        ordering = ["-created_at", "-pk"]
        verbose_name = _("permintaan penugasan")
        constraints = [
            *Term.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "office", "role"],
                condition=Q(status="requested"),
                name="one_open_request_per_role",
                violation_error_message=_(
                    "Permintaan untuk peran dan kantor ini sudah ada dan masih "
                    "menunggu keputusan."
                ),
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("user")),
                name="request_decided_by_another",
                violation_error_message=_(
                    "Tidak seorang pun boleh memutuskan permintaannya sendiri."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.title} · {self.office}"

    def get_absolute_url(self):
        return reverse("accounts:request_detail", args=[self.pk])

    def own_people(self):
        return [self.user]
