"""Who acts for a partner invites colleagues, who then act for it as he does."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.colleagues.invitations import Invitation, link_for
from partners.registration.services import give_role
from partners.registry.models import Partner, Partnership, Representative
from pokmas.accounts.models import ConsentText, User
from pokmas.accounts.privacy import mask_email
from pokmas.accounts.roles import STAFF, Role
from pokmas.accounts.services import own, people
from pokmas.audit.models import Entry
from pokmas.notices.services import notify
from pokmas.notices.telling import tell
from pokmas.records import tries

# So many act for one partner at once, and so many are invited in a day.
MOST = 10
A_DAY, TIMES = 24 * 60 * 60, 20


@transaction.atomic
def invite(partnership: Partnership, *, email: str, by: User) -> str:
    """The link for a colleague. Whether the address has an account is not said."""
    _lock(partnership)
    _refuse_stranger(partnership, by)
    _refuse_full(partnership)
    if _current(partnership).filter(user__email=email.lower()).exists():
        raise ValidationError({"email": _("Orang ini sudah menjadi rekan Anda.")})
    key = f"colleagues:{partnership.partner_id}"
    if tries.take(key, times=TIMES, seconds=A_DAY):
        raise ValidationError(_("Undangan hari ini sudah cukup banyak. Coba besok."))
    Entry.record(
        by, "partnership.colleague_invited", partnership, email=mask_email(email)
    )
    return link_for(partnership, email, by=by)


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


@transaction.atomic
def join(invitation: Invitation, *, by: User) -> None:
    """Act for the partner from now on. Doing it twice is harmless."""
    partnership = invitation.partnership
    _lock(partnership)
    if by.email != invitation.email:
        raise ValidationError(_("Undangan ini untuk alamat surel yang lain."))
    if by.assignments.current().filter(role__in=STAFF).exists():
        raise ValidationError(_("Akun petugas tidak dapat mewakili mitra."))
    if _current(partnership).filter(user=by).exists():
        return
    _refuse_full(partnership)
    Representative.objects.create(partner=partnership.partner, user=by)
    for each in partnership.partner.partnerships.select_related("office"):
        assignment = give_role(by, each.office)
        if each == partnership:
            by.acting = assignment
    Entry.record(by, "partnership.colleague_joined", partnership)
    tell(
        partnership,
        f"joined.{by.pk}",
        [invitation.by],
        _("%(person)s kini ikut mewakili %(name)s"),
        person=str(by),
    )


@transaction.atomic
def remove(colleague: Representative, partnership: Partnership, *, by: User) -> None:
    """He acts for the partner no longer; only who did so before him may say that, and
    he himself as long as somebody else is left."""
    _lock(partnership)
    colleague.refresh_from_db()
    if colleague.ended_on is not None:
        return
    if colleague.user == by:
        if not _current(partnership).exclude(user=by).exists():
            raise ValidationError(
                _("Anda satu-satunya yang mewakili mitra ini. Undang rekan dahulu.")
            )
    elif not may_remove(_current(partnership).filter(user=by).first(), colleague):
        raise ValidationError(
            _("Hanya yang lebih dahulu mewakili mitra ini yang dapat mengeluarkannya.")
        )
    colleague.ended_on = partnership.office.today
    colleague.save(update_fields=["ended_on"])
    _end_roles(colleague)
    Entry.record(
        by, "partnership.colleague_removed", partnership, name=str(colleague.user)
    )
    notify(
        [colleague.user],
        kind="partnership.colleague_removed",
        title=_("Anda tidak lagi mewakili %(name)s"),
        words={"name": str(partnership)},
        url=reverse("home"),
        about=partnership,
    )


def may_remove(mine: Representative | None, colleague: Representative) -> bool:
    """Whoever acted for the partner before the other did."""
    return mine is not None and mine.pk < colleague.pk


def _lock(partnership):
    Partner.objects.select_for_update().get(pk=partnership.partner_id)


def _current(partnership):
    return Representative.objects.current().filter(partner=partnership.partner_id)


def _refuse_stranger(partnership, by):
    if not _current(partnership).filter(user=by).exists():
        raise ValidationError(_("Anda tidak mewakili mitra ini."))


def _refuse_full(partnership):
    if _current(partnership).count() >= MOST:
        raise ValidationError(
            _("Paling banyak %(count)s orang mewakili satu mitra."),
            params={"count": MOST},
        )


def _end_roles(colleague):
    """At units where he acts for no other partner."""
    user, now = colleague.user, timezone.now()
    still = Partnership.objects.belonging_to(user).values("office")
    theirs = colleague.partner.partnerships.values("office")
    held = user.assignments.filter(role=Role.PARTNER, ended_at=None, ends_on=None)
    for assignment in held.filter(office__in=theirs).exclude(office__in=still):
        assignment.ended_at = now
        assignment.ends_on = max(assignment.office.today, assignment.starts_on)
        assignment.save(update_fields=["ended_at", "ends_on"])
