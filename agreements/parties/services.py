"""Who else signs is written down; contacts come, go, and are confirmed."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.parties.models import FIRST_FURTHER, Contact, Party
from agreements.register.changes import follow
from agreements.register.models import Agreement
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.notices.models import Notice
from pokmas.notices.services import notices_to, send
from pokmas.notices.telling import ABOVE, officers_of
from pokmas.offices.models import office_today

KEEP = "agreements.change_contact"
WRITE = "agreements.change_agreement"
# So many of them are named, the others are in the list.
NAMED = 5
# Within so many days of the signing each side says whom to call.
CONFIRMED_WITHIN = 30
# What is older than that many days is no news any more.
LOOKED_BACK = 60


@dataclass(frozen=True)
class Named:
    """Whom a side names for a place."""

    name: str
    phone: str
    since: date
    position: str = ""
    email: str = ""
    until: date | None = None


@transaction.atomic
def name_parties(agreement: Agreement, *, by: User, parties: list[dict]) -> str | None:
    """Put these parties behind the first two, in this order and no others."""
    agreement.begin("parties", by=by)
    kept = {row.order: row for row in agreement.further_parties.all()}
    for order, said in enumerate(parties, start=FIRST_FURTHER):
        row = kept.pop(order, None) or Party(agreement=agreement, order=order)
        for name, value in said.items():
            setattr(row, name, value)
        row.full_clean(exclude=["agreement"])
        row.save()
    for row in kept.values():
        row.delete()
    agreement.touch()
    Entry.record(
        by, "agreement.parties", agreement, names=[each["name"] for each in parties]
    )
    return follow(agreement, by=by) or None


@transaction.atomic
def keep_contacts(
    agreement: Agreement,
    *,
    by: User,
    named: dict[tuple[str, str], Named | None],
) -> None:
    """Whom to call from now on; whoever saves his own side confirms it."""
    agreement.begin("contacts", by=by)
    today = agreement.office.today
    own = Contact.Side.THEIRS if by.acting.is_community else Contact.Side.OURS
    for (side, place), said in named.items():
        rows = agreement.contacts.current().filter(side=side, place=place)
        row = _kept(agreement, side, place, rows.last(), said, today)
        if row is None:
            continue
        if side == own:
            row.confirmed_on, row.confirmed_by = today, by
        row.full_clean(exclude=["agreement", "confirmed_by"])
        row.save()
    agreement.touch()
    Entry.record(by, "agreement.contacts", agreement)


def _kept(agreement, side, place, row, said, today) -> Contact | None:
    """The row of who is in that place now; who was there before has his last day."""
    is_same = row and said and row.name.casefold() == said.name.casefold()
    if row and not is_same:
        row.until = max(row.since, (said.since if said else today) - timedelta(days=1))
        row.save(update_fields=["until"])
        row = None
    if said is None:
        return None
    row = row or Contact(agreement=agreement, side=side, place=place)
    before = {name: getattr(row, name) for name in asdict(said)}
    for name, value in asdict(said).items():
        setattr(row, name, value)
    if before != asdict(said):
        row.confirmed_on = row.confirmed_by = None
    return row


def name_again(agreement: Agreement, made: Agreement) -> None:
    """Whom both sides called about the one they call about the other, once each has
    said that it is still right."""
    for row in agreement.contacts.current():
        row.pk, row._state.adding, row.agreement = None, True, made
        row.confirmed_on = row.confirmed_by = None
        row.save()


def tell_of_gaps(now: datetime | None = None) -> None:
    """Tell both sides, once, that nobody is to be called there, or that no one said
    that whoever stands there is right."""
    now = now or timezone.now()
    in_force = Agreement.objects.in_force()
    path = "agreement__office"
    # Whoever followed tells of himself if he left, too.
    later = Contact.objects.filter(
        Q(until=None) | Q(until__gt=OuterRef("until")),
        agreement=OuterRef("agreement"),
        side=OuterRef("side"),
        place=OuterRef("place"),
    )
    gone = Contact.objects.filter(
        agreement__in=in_force,
        until__lt=office_today(path, now=now),
        until__gte=office_today(path, ahead=-LOOKED_BACK, now=now),
    ).exclude(Exists(later) | _told("contact.left", about="agreement"))
    left = gone.select_related("agreement__partner", f"agreement__{ABOVE}")
    confirmed = Contact.objects.current().filter(
        agreement=OuterRef("pk"), confirmed_on__isnull=False
    )
    silent = in_force.filter(
        signed_on__lte=office_today(ahead=-CONFIRMED_WITHIN, now=now),
        signed_on__gte=office_today(ahead=-CONFIRMED_WITHIN - LOOKED_BACK, now=now),
    ).exclude(
        Exists(confirmed.filter(side=Contact.Side.OURS)),
        Exists(confirmed.filter(side=Contact.Side.THEIRS)),
    )
    silent = silent.exclude(_told("contact.unconfirmed", about="pk"))
    unconfirmed = silent.select_related("partner", ABOVE)
    _tell_all(
        [
            *(_of_one_who_left(row) for row in left),
            *(_of_one_unconfirmed(agreement) for agreement in unconfirmed),
        ]
    )


def tell_of_gone_heads() -> None:
    """Tell whoever goes on for a merged office, once, which agreements still name its
    head as signatory."""
    found = defaultdict(list)
    rows = Agreement.objects.of_gone_heads().select_related("partner", ABOVE)
    for agreement in rows.order_by("title", "pk"):
        found[agreement.office, agreement.gone_office].append(agreement)
    writers = officers_of([first for first, *_others in found.values()], WRITE)
    said = []
    for (office, gone), agreements in found.items():
        titles = [each.title for each in agreements[:NAMED]]
        said += notices_to(
            writers[office.pk],
            kind="agreement.gone_head",
            title=_("%(count)s kerja sama masih menyebut kepala %(gone)s"),
            body=_(
                "%(gone)s sudah digabung ke %(office)s. Halaman tiap kerja sama "
                "menyebut yang perlu dilakukan: %(titles)s."
            ),
            words={
                "count": str(len(agreements)),
                "gone": gone,
                "office": office,
                "titles": "; ".join(titles),
            },
            url=f"{reverse('agreements:index')}?attention=gone_head",
            key=f"agreement.gone_head:{office.pk}:{gone}",
        )
    send(said)


def _of_one_who_left(row: Contact) -> tuple[Agreement, dict]:
    return row.agreement, {
        "kind": "contact.left",
        "key": f"contact.left:{row.pk}",
        "title": _("Narahubung berhenti tanpa pengganti: %(name)s"),
        "body": _("%(who)s (%(side)s) tidak lagi bertugas. Catat penggantinya."),
        "words": {"who": row.name, "side": row.get_side_display},
    }


def _of_one_unconfirmed(agreement: Agreement) -> tuple[Agreement, dict]:
    return agreement, {
        "kind": "contact.unconfirmed",
        "key": f"contact.unconfirmed:{agreement.pk}",
        "title": _("Narahubung belum dipastikan: %(name)s"),
        "body": _(
            "Kedua pihak memastikan narahubungnya paling lambat %(days)s hari sesudah "
            "penandatanganan."
        ),
        "words": {"days": CONFIRMED_WITHIN},
    }


def _told(kind: str, *, about: str) -> Exists:
    """Whether it was told of the row already, which is not read again then."""
    told = Notice.objects.filter(
        about_type=ContentType.objects.get_for_model(Agreement),
        about_id=OuterRef(about),
        key=Concat(Value(f"{kind}:"), Cast(OuterRef("pk"), CharField())),
    )
    return Exists(told)


def _tell_all(said: list[tuple[Agreement, dict]]) -> None:
    """Tell the unit and who acts for the partner what is said of each agreement."""
    agreements = [agreement for agreement, _what in said]
    keepers = officers_of(agreements, KEEP)
    partners = Agreement.objects.people_of_partners(agreements)
    rows = []
    for agreement, what in said:
        people = keepers[agreement.office_id] | partners[agreement.pk]
        words = {"name": agreement.title, **what.pop("words")}
        rows += notices_to(people, about=agreement, words=words, **what)
    send(rows)
