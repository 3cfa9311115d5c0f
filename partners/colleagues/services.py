"""Who answers for a partner invites colleagues, each with a role of his own."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.colleagues.models import Invitation
from partners.registration.services import give_role
from partners.registry.models import Partner, Partnership, Representative
from pokmas.accounts.models import ConsentText, User
from pokmas.accounts.privacy import mask_email
from pokmas.accounts.roles import OF_PARTNERS, STAFF, Role
from pokmas.accounts.services import own, people
from pokmas.audit.models import Entry
from pokmas.notices.services import notify
from pokmas.notices.telling import tell
from pokmas.records import tries

# So many act for one partner at once, and so many are invited in a day.
MOST = 10
A_DAY, TIMES = 24 * 60 * 60, 20


@transaction.atomic
def invite(partnership: Partnership, *, email: str, role: str, by: User) -> Invitation:
    """Ask a colleague in. Whether the address has an account is not said."""
    _lock(partnership)
    _refuse_unless_answers(partnership, by)
    _refuse_full(partnership)
    email = email.lower()
    if _current(partnership).filter(user__email=email).exists():
        raise ValidationError({"email": _("Orang ini sudah menjadi rekan Anda.")})
    asked = Invitation.objects.of(partnership.partner_id).open()
    if asked.filter(email=email).exists():
        raise ValidationError(
            {
                "email": _(
                    "Undangan untuk alamat ini masih terbuka. Kirim ulang atau tarik "
                    "dari daftar undangan."
                )
            }
        )
    _refuse_often(partnership)
    invitation = Invitation.objects.create(
        partnership=partnership, email=email, role=role, invited_by=by
    )
    _record(by, "invited", invitation)
    return invitation


@transaction.atomic
def resend(invitation: Invitation, *, by: User) -> None:
    """The days of its link begin anew, and whoever sends it answers for it."""
    _lock_open(invitation, by)
    _refuse_often(invitation.partnership)
    invitation.sent_at, invitation.invited_by = timezone.now(), by
    invitation.save(update_fields=["sent_at", "invited_by"])
    _record(by, "invited_again", invitation)


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> None:
    """Its link opens nothing from now on."""
    _lock_open(invitation, by)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    _record(by, "uninvited", invitation)


@transaction.atomic
def open_account(invitation: Invitation, *, full_name: str, password: str) -> User:
    """For who has none: the link proves that the address is his.

    Somebody else may have signed up with it, but proved nothing.
    """
    if invitation.has_account:
        raise ValidationError(_("Alamat ini sudah punya akun. Masuk dahulu."))
    person = invitation.owner or User(email=invitation.email)
    person.full_name = full_name
    person.set_unusable_password()
    person.full_clean()
    person.save()
    people.end_sessions(person)
    EmailAddress.objects.get_or_create(user=person, email=person.email)
    people.accept_invitation(person, password)
    text = ConsentText.objects.newest(ConsentText.ACCOUNT)
    if not person.consents.filter(text=text, withdrawn_at=None).exists():
        own.give_consent(person, text)
    person.refresh_from_db()
    return person


def is_officer(user: User) -> bool:
    return user.assignments.current().filter(role__in=STAFF).exists()


@transaction.atomic
def join(invitation: Invitation, *, by: User) -> None:
    """Act for the partner from now on. Doing it twice is harmless."""
    partnership = invitation.partnership
    _lock(partnership)
    if by.email != invitation.email:
        raise ValidationError(_("Undangan ini untuk alamat surel yang lain."))
    if is_officer(by):
        raise ValidationError(_("Akun petugas tidak dapat mewakili mitra."))
    if _current(partnership).filter(user=by).exists():
        return
    invitation.refresh_from_db()
    if invitation.refusal:
        raise ValidationError(invitation.refusal)
    _refuse_full(partnership)
    Representative.objects.create(
        partner=partnership.partner, user=by, role=invitation.role
    )
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    _settle_roles(partnership.partner, by)
    by.acting = give_role(by, partnership.office, invitation.role)
    Entry.record(by, "partnership.colleague_joined", partnership)
    tell(
        partnership,
        f"joined.{by.pk}",
        [invitation.invited_by],
        _("%(person)s kini ikut mewakili %(name)s"),
        person=str(by),
    )


@transaction.atomic
def change_role(
    colleague: Representative, partnership: Partnership, *, role: str, by: User
) -> None:
    """What he may do for the partner, from the next page that he opens."""
    _lock(partnership)
    _refuse_unless_answers(partnership, by)
    colleague.refresh_from_db()
    if colleague.ended_on is not None:
        raise ValidationError(_("Orang ini tidak lagi mewakili mitra ini."))
    if colleague.role == role:
        return
    if colleague.user != by:
        _refuse_earlier(colleague, partnership, by)
    _refuse_last(colleague, partnership)
    colleague.role = role
    colleague.save(update_fields=["role"])
    _settle_roles(partnership.partner, colleague.user)
    said = {"name": str(colleague.user), "role": colleague.get_role_display()}
    Entry.record(by, "partnership.colleague_changed", partnership, **said)
    if colleague.user != by:
        _tell(
            colleague,
            partnership,
            "changed",
            _("Peran Anda untuk %(name)s kini %(role)s"),
            url=partnership.get_absolute_url(),
            role=colleague.get_role_display,
        )


@transaction.atomic
def remove(colleague: Representative, partnership: Partnership, *, by: User) -> None:
    """He acts for the partner no longer: whoever answers for it says so, of those who
    came after him; and everybody of himself."""
    _lock(partnership)
    colleague.refresh_from_db()
    if colleague.ended_on is not None:
        return
    if colleague.user != by:
        _refuse_unless_answers(partnership, by)
        _refuse_earlier(colleague, partnership, by)
    _refuse_last(colleague, partnership)
    colleague.ended_on = partnership.office.today
    colleague.save(update_fields=["ended_on"])
    _settle_roles(partnership.partner, colleague.user)
    Entry.record(
        by, "partnership.colleague_removed", partnership, name=str(colleague.user)
    )
    _tell(
        colleague,
        partnership,
        "removed",
        _("Anda tidak lagi mewakili %(name)s"),
        url=reverse("home"),
    )


def may_manage(mine: Representative | None, colleague: Representative) -> bool:
    """Whoever answers for the partner: of those who do the same, who came after."""
    if mine is None or mine.role != Role.PARTNER or mine.pk == colleague.pk:
        return False
    return colleague.role != Role.PARTNER or mine.pk < colleague.pk


def is_last(colleague: Representative) -> bool:
    """Whether nobody else answers for the partner."""
    answering = Representative.objects.answering().filter(partner=colleague.partner_id)
    return (
        colleague.role == Role.PARTNER
        and not answering.exclude(pk=colleague.pk).exists()
    )


def _tell(colleague, partnership, what, title, *, url, **words):
    notify(
        [colleague.user],
        kind=f"partnership.colleague_{what}",
        title=title,
        words={"name": str(partnership), **words},
        url=url,
        about=partnership,
    )


def _record(by, verb, invitation):
    Entry.record(
        by,
        f"partnership.colleague_{verb}",
        invitation.partnership,
        email=mask_email(invitation.email),
        role=invitation.get_role_display(),
    )


def _lock(partnership):
    Partner.objects.select_for_update().get(pk=partnership.partner_id)


def _current(partnership):
    return Representative.objects.current().filter(partner=partnership.partner_id)


def _lock_open(invitation, by):
    _lock(invitation.partnership)
    _refuse_unless_answers(invitation.partnership, by)
    invitation.refresh_from_db()
    if invitation.accepted_at or invitation.withdrawn_at:
        raise ValidationError(invitation.refusal)


def _refuse_unless_answers(partnership, by):
    if not _current(partnership).filter(user=by, role=Role.PARTNER).exists():
        raise ValidationError(
            _("Hanya penanggung jawab mitra ini yang mengatur rekannya.")
        )


def _refuse_earlier(colleague, partnership, by):
    if not may_manage(_current(partnership).filter(user=by).first(), colleague):
        raise ValidationError(
            _(
                "Penanggung jawab yang lebih dahulu mewakili mitra ini hanya dapat "
                "berhenti atau mengubah perannya sendiri."
            )
        )


def _refuse_last(colleague, partnership):
    if not is_last(colleague):
        return
    if _current(partnership).count() > 1:
        raise ValidationError(
            _(
                "Setiap mitra punya penanggung jawab, dan Anda satu-satunya. Jadikan "
                "rekan lain penanggung jawab dahulu lewat “Ubah peran”."
            )
        )
    raise ValidationError(
        _(
            "Setiap mitra punya penanggung jawab, dan Anda satu-satunya. Undang "
            "penggantinya sebagai penanggung jawab dahulu."
        )
    )


def _refuse_often(partnership):
    key = f"colleagues:{partnership.partner_id}"
    if tries.take(key, times=TIMES, seconds=A_DAY):
        raise ValidationError(_("Undangan hari ini sudah cukup banyak. Coba besok."))


def _refuse_full(partnership):
    if _current(partnership).count() >= MOST:
        raise ValidationError(
            _("Paling banyak %(count)s orang mewakili satu mitra."),
            params={"count": MOST},
        )


def _settle_roles(partner, user):
    """At each unit of the partner he holds the roles in which he acts for somebody."""
    own, now = user.representations.current(), timezone.now()
    for partnership in partner.partnerships.select_related("office"):
        office = partnership.office
        here = own.filter(partner__partnerships__office=office)
        needed = set(here.values_list("role", flat=True))
        held = user.assignments.filter(
            office=office, role__in=OF_PARTNERS, ended_at=None, ends_on=None
        )
        for assignment in held.exclude(role__in=needed):
            assignment.ended_at = now
            assignment.ends_on = max(office.today, assignment.starts_on)
            assignment.save(update_fields=["ended_at", "ends_on"])
        for role in needed:
            give_role(user, office, role)
