"""Ambassadors are appointed; whom they speak to is kept, and becomes a partner."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outreach.ambassadors.models import (
    ENDS_SOON,
    POSTS,
    Ambassador,
    Contact,
)
from partners.models import Partner, Partnership
from partners.registration import services as registration
from partners.renewal.services import tell_ahead
from pokmas.accounts.models import Assignment, User
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.notices.services import notify
from pokmas.notices.telling import own_people, tell
from pokmas.offices.models import Office, office_today
from pokmas.words import dates

APPOINT = "outreach.appoint_ambassador"
# What is longer, or farther away, is a typing error.
LONGEST_TERM = timedelta(days=5 * 366)
OLDEST_CONTACT = timedelta(days=366)
FARTHEST_FOLLOW_UP = timedelta(days=731)
# The number of one who became no partner is kept so many days after the last contact.
PHONE_KEPT_DAYS = 731
# Of what is late for so long nobody is reminded any more.
REMINDED_DAYS = 30


# Appointments


@transaction.atomic
def appoint(ambassador: Ambassador, *, letter: Document, by: User) -> Ambassador:
    """Put an appointment on record with its letter."""
    _check_appointment(ambassador, by)
    works_there = Assignment.objects.current().filter(
        user=ambassador.person, office=ambassador.office, role__in=POSTS
    )
    if not works_there.exists():
        words = _("Orang ini tidak bertugas di %(office)s sekarang.")
        raise ValidationError({"person": words % {"office": ambassador.office}})
    ambassador.file = letter
    ambassador.validate_constraints()
    kept = ambassador.save_new(by)
    if kept is not ambassador:
        return kept
    documents.attach(letter, ambassador, by=by)
    Entry.record(by, "ambassador.appointed", ambassador)
    tell(
        ambassador,
        "appointed",
        own_people(ambassador),
        _("Anda ditunjuk sebagai Duta Kerja Sama"),
        _("%(office)s, %(first)s sampai %(last)s."),
        by=by,
        first=lambda: dates.date_long(ambassador.starts_on),
        last=lambda: dates.date_long(ambassador.ends_on),
    )
    return kept


@transaction.atomic
def correct(
    ambassador: Ambassador,
    *,
    letter: Document | None = None,
    revision: int,
    fields: list[str],
    by: User,
) -> None:
    """What was copied from the letter wrongly is put right."""
    Ambassador.objects.get(pk=ambassador.pk).begin("change", by=by)
    _check_appointment(ambassador, by)
    if letter is not None:
        ambassador.file = letter
        fields = [*fields, "file"]
        documents.attach(letter, ambassador, by=by)
    ambassador.validate_constraints()
    ambassador.save_edit(revision, fields)
    Entry.record(by, "ambassador.changed", ambassador)


@transaction.atomic
def end(ambassador: Ambassador, *, reason: str, by: User) -> None:
    """End a term before its last day."""
    ambassador.begin("end", by=by, reason=reason)
    ambassador.move_to(
        Ambassador.Status.ENDED,
        by=by,
        reason=reason,
        ended_on=ambassador.office.today,
    )
    tell(
        ambassador,
        "ended",
        own_people(ambassador),
        _("Penunjukan Anda sebagai Duta Kerja Sama diakhiri"),
        "%(reason)s",
        by=by,
    )


def _check_appointment(ambassador, by):
    errors = {}
    if not by.acting.office.is_above(ambassador.office):
        errors["office"] = _("Unit ini di luar kantor Anda.")
    if ambassador.letter_on > ambassador.office.today:
        errors["letter_on"] = _("Tanggal surat tidak boleh di masa depan.")
    if ambassador.ends_on - ambassador.starts_on > LONGEST_TERM:
        errors["ends_on"] = _("Lebih dari lima tahun; periksa lagi tahunnya.")
    if errors:
        raise ValidationError(errors)


# Contacts


@transaction.atomic
def log(contact: Contact, *, by: User, after: Contact | None = None) -> Contact:
    """Keep whom `by` spoke to; it answers what was to be done after earlier ones."""
    if after is not None:
        after.begin("follow", by=by)
        contact.office = after.office
    contact.person = by
    _check_contact(contact, by)
    _name(contact)
    head = (after.first or after) if after else _head_of(contact)
    contact.first = head
    if head is not None and contact.partner is None:
        contact.partner = head.partner
    contact.status = _wanted(contact)
    contact.validate_constraints()
    kept = contact.save_new(by)
    if kept is not contact:
        return kept
    Entry.record(by, "contact.logged", contact)
    if head is not None:
        _hand_on(contact, head, by)
    return kept


@transaction.atomic
def change(contact: Contact, *, revision: int, fields: list[str], by: User) -> None:
    """Put right what was noted; another day to follow up opens it again."""
    stored = Contact.objects.get(pk=contact.pk)
    stored.begin("change", by=by)
    _check_contact(contact, by)
    _name(contact)
    contact.validate_constraints()
    contact.save_edit(revision, {*fields, "name", "kind", "phone"})
    Entry.record(by, "contact.changed", contact)
    if contact.partner is not None and stored.partner is None:
        _link(contact, contact.partner)
    if "follow_up_on" in fields or contact.follow_up_on is None:
        contact.lock()
        if contact.status != _wanted(contact):
            contact.move_to(_wanted(contact), by=by)


@transaction.atomic
def settle(contact: Contact, *, reason: str, by: User) -> None:
    """Nothing more is to be done, and why."""
    contact.begin("settle", by=by, reason=reason)
    contact.move_to(Contact.Status.CLOSED, by=by, reason=reason)


@transaction.atomic
def register(contact: Contact, *, by: User) -> None:
    """Begin the registration of whoever was spoken to, with what is known of him."""
    contact.begin("register", by=by)
    _register(contact, contact.office, by)


@transaction.atomic
def register_at(contact: Contact, *, unit: Office, by: User) -> None:
    """The same of whom a Kanwil spoke to, at the unit that will work with him."""
    contact.begin("register_at", by=by)
    _register(contact, unit, by)


def _register(contact, office, by):
    regency = office.regency or (office.parent and office.parent.regency)
    if regency is None:
        raise ValidationError(
            _("Kabupaten/kota unit ini belum tercatat. Isi dahulu pada data kantornya.")
        )
    # Whoever was linked to a draft that was thrown away has its kind no more.
    kind = contact.kind or contact.partner.kind
    partner = Partner(name=contact.name, kind=kind, regency=regency)
    if kind.is_person:
        partner.leader_name = contact.name
    partnership = Partnership(partner=partner, office=office, phone=contact.phone)
    registration.enter(partnership, by=by)
    _link(contact, partnership.partner)
    Entry.record(by, "contact.registered", contact, partner=partner.reference)


def _link(contact, partner):
    Contact.objects.chain(contact).update(partner=partner, revision=F("revision") + 1)
    contact.refresh_from_db()


def _check_contact(contact, by):
    today, errors = contact.office.today, {}
    if not by.acting.office.is_above(contact.office):
        errors["office"] = _("Unit ini di luar kantor Anda.")
    if contact.met_on > today:
        errors["met_on"] = _("Tanggal kontak tidak boleh di masa depan.")
    elif contact.met_on < today - OLDEST_CONTACT:
        errors["met_on"] = _("Lebih dari setahun lalu; periksa lagi tanggalnya.")
    day = contact.follow_up_on
    if day is None and contact.result.needs_follow_up:
        errors["follow_up_on"] = _("Isi tanggal tindak lanjutnya.")
    elif day is None and contact.follow_up:
        errors["follow_up_on"] = _("Isi kapan itu akan dilakukan.")
    elif day is not None and day > today + FARTHEST_FOLLOW_UP:
        errors["follow_up_on"] = _("Lebih dari dua tahun lagi; periksa lagi tahunnya.")
    if errors:
        raise ValidationError(errors)


def _name(contact):
    """One on record is called as the record says, and reached as it says."""
    if contact.partner is not None:
        contact.name, contact.kind, contact.phone = contact.partner.name, None, ""


def _head_of(contact) -> Contact | None:
    """The first contact of this person with the same one, there."""
    same = Q(search_text=contact.name.upper())
    if contact.partner is not None:
        same |= Q(partner=contact.partner)
    rows = Contact.objects.firsts().filter(same, person=contact.person)
    return rows.filter(office=contact.office).order_by("met_on", "pk").first()


def _wanted(contact) -> str:
    """Its status by its day; what a later contact answers asks for nothing."""
    is_answered = False
    if contact.pk:
        chain = Contact.objects.chain(contact).exclude(pk=contact.pk)
        later = Q(met_on__gt=contact.met_on) | Q(
            met_on=contact.met_on, pk__gt=contact.pk
        )
        is_answered = chain.filter(later).exists()
    if contact.follow_up_on is None or is_answered:
        return Contact.Status.CLOSED
    return Contact.Status.OPEN


def _hand_on(contact, head, by):
    """The newest alone says what comes next; what it knows of a partner all do."""
    chain = Contact.objects.chain(head).exclude(pk=contact.pk)
    for earlier in chain.open():
        earlier.lock()
        earlier.move_to(Contact.Status.CLOSED, by=by)
    if contact.partner is not None:
        unlinked = chain.filter(partner=None)
        unlinked.update(partner=contact.partner, revision=F("revision") + 1)


# Each day


def tell_of_ends(now: datetime | None = None) -> None:
    """Tell the ambassador, and who appoints, once that a term ends soon."""
    tell_ahead(
        Ambassador.objects.filter(status=Ambassador.Status.APPOINTED).select_related(
            "person"
        ),
        "ends_on",
        (ENDS_SOON,),
        to=APPOINT,
        kind="ambassador.term_ends",
        title=_("Penunjukan Duta Kerja Sama %(name)s berakhir %(day)s"),
        body=_("%(office)s dapat menunjuknya lagi dengan surat yang baru."),
        now=now or timezone.now(),
    )


def tell_of_late(now: datetime | None = None) -> None:
    """Remind whoever spoke to somebody, once, of a follow-up whose day has passed."""
    now = now or timezone.now()
    late = Contact.objects.open().filter(
        follow_up_on__lt=office_today(now=now),
        follow_up_on__gte=office_today(ahead=-REMINDED_DAYS, now=now),
    )
    for contact in late.select_related("person", "office").order_by("pk"):
        notify(
            contact.person,
            kind="contact.late",
            title=_("Tindak lanjut terlambat: %(name)s"),
            body=_("Batasnya %(day)s. %(what)s"),
            words={
                "name": str(contact),
                "day": lambda contact=contact: dates.date_long(contact.follow_up_on),
                "what": contact.follow_up,
            },
            about=contact,
            key=f"contact.late:{contact.pk}:{contact.follow_up_on}",
            asks=True,
            due_at=now,
        )


def forget_phones(now: datetime | None = None) -> int:
    """Remove the numbers of those who became no partner and were not spoken to for
    long; returns of how many contacts."""
    before = timezone.localdate(now) - timedelta(days=PHONE_KEPT_DAYS)
    lately = Contact.objects.filter(met_on__gte=before)
    of_chain = Q(pk=OuterRef("head")) | Q(first=OuterRef("head"))
    rows = Contact.objects.exclude(phone="").filter(partner=None, met_on__lt=before)
    rows = rows.annotate(head=Coalesce("first_id", "pk")).filter(
        ~Exists(lately.filter(of_chain))
    )
    return sum(_forget(pk) for pk in list(rows.values_list("pk", flat=True)))


@transaction.atomic
def _forget(pk: int) -> int:
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=pk)
    contact.phone = ""
    contact.save(update_fields=["phone"])
    Entry.record(None, "contact.phone_removed", contact)
    return 1
