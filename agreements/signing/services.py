"""Both sides have signed: the agreement is on record with its number and its scan."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.register.models import Agreement
from agreements.signing import numbers
from agreements.signing.models import SigningDay
from agreements.signing.papers import SigningCopy
from agreements.texts.compare import latest_text
from agreements.texts.differences import annex_cautions, data_cautions
from partners.kinds.models import Level
from partners.registry import legal
from partners.standing import services as partners
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.notices.telling import own_people, tell
from pokmas.numbering import services as numbering
from pokmas.numbering.keys import plain_number
from pokmas.numbering.models import Classification, Number, Source
from pokmas.papers import services as papers
from pokmas.papers.kinds import PAPERS
from pokmas.records.constraints import in_words
from pokmas.words import dates

Status = Agreement.Status
# The day of the first law of corrections (UU 12/1995), which lets others take part.
EARLIEST = date(1995, 12, 30)
# What else a signing does; rooms above say it in their signed.py: f(agreement, *, by).
FOLLOWING = []
# Who signs, as it may have changed since the text was agreed on.
SIGNATORIES = (
    *("our_signatory", "our_position"),
    *("partner_signatory", "partner_position"),
)


# Its number


@transaction.atomic
def number(
    agreement: Agreement,
    *,
    by: User,
    dated: date,
    classification: Classification | None = None,
    other_number: str = "",
) -> str:
    """Give it the next number of the office's book, or write down another one."""
    agreement.begin("number", by=by)
    _refuse_idle(agreement)
    if other_number:
        given = numbers.write(
            agreement,
            other_number,
            by=by,
            dated=dated,
            classification=classification,
        )
    else:
        given = numbers.take(
            agreement, by=by, dated=dated, classification=classification
        )
    _keep(agreement, given, by)
    return _("Nomor %(number)s diberikan.") % {"number": given.text}


@transaction.atomic
def renumber(
    agreement: Agreement,
    *,
    by: User,
    dated: date,
    reason: str,
    our_number: str = "",
    classification: Classification | None = None,
) -> None:
    """Another number than the one it was given, which stays in the book, cancelled:
    the next of the book, or one that was given elsewhere. With the number it has, its
    day and classification are put right."""
    agreement.begin("renumber", by=by, reason=reason)
    had = numbers.number_of(agreement)
    about = {"by": by, "dated": dated, "classification": classification}
    if our_number and had and numbers.is_own(agreement, our_number):
        given = numbers.correct(agreement, had, reason=reason, **about)
    elif our_number:
        given = numbers.write(agreement, our_number, reason=reason, **about)
    else:
        if had:
            numbering.cancel(had, by=by, reason=reason)
        given = numbers.take(agreement, **about)
    _keep(agreement, given, by, "renumbered", reason=reason.strip())


@transaction.atomic
def bring_back(
    agreement: Agreement, *, by: User, our_number: str, dated: date, file: Document
) -> str:
    """Number, date and the signed paper, as they came from SRIKANDI: once.

    Says what came in: a paper without a certificate's signature is taken, and remarked.
    """
    agreement.begin("srikandi", by=by)
    _refuse_idle(agreement)
    documents.attach(file, agreement, by=by)
    given = numbers.write(
        agreement,
        our_number,
        by=by,
        dated=dated,
        source=Source.SRIKANDI,
        file=file,
    )
    _keep(agreement, given, by)
    if file.is_changed:
        return str(
            _(
                "Nomor dan naskah tercatat. Perhatikan: PDF itu berubah sesudah "
                "ditandatangani. Minta berkas aslinya, lalu ganti saat mencatat "
                "penandatanganan."
            )
        )
    if file.signatures and not file.is_signed:
        return str(
            _(
                "Nomor dan naskah tercatat. Perhatikan: PDF itu tidak bertanda tangan "
                "elektronik. Bila bukan itu yang ditandatangani, ganti saat mencatat "
                "penandatanganan."
            )
        )
    return str(_("Nomor dan naskah dari SRIKANDI tercatat."))


def _keep(agreement: Agreement, given: Number, by: User, verb="numbered", **said):
    agreement.our_number, agreement.number_year = given.text, given.year
    agreement.validate_constraints()
    agreement.save_edit(agreement.revision, ["our_number", "number_year"])
    Entry.record(by, f"agreement.{verb}", agreement, number=given.text, **said)
    if not PAPERS[SigningCopy.kind].refusal(agreement):
        papers.ask(SigningCopy.kind, agreement, by=by)


def _refuse_idle(agreement: Agreement) -> None:
    partnership = agreement.partnership
    if partnership and not partnership.is_working:
        raise ValidationError(
            _(
                "Status mitra ini “%(status)s”, jadi kerja samanya belum dapat "
                "ditandatangani. Selesaikan dahulu di halaman mitra."
            ),
            params={"status": partnership.get_status_display()},
        )


# The signing


@transaction.atomic
def sign(
    agreement: Agreement,
    *,
    by: User,
    signed_on: date,
    signed_at_place: str,
    our_number: str = "",
    partner_number: str = "",
    scan: Document | None = None,
    is_earlier: bool = False,
    begins_then: bool = False,
    is_same_scan: bool = False,
    **signatories: str,
) -> str | None:
    """Record the signing with its scan; an approved partner thereby becomes active.

    A day before the draft was begun is that of a paper put on record later:
    `is_earlier` says that somebody has looked at it twice. `begins_then` says that by
    its text it is in force from its signing, which was after the day planned. Without
    `our_number` it keeps the one it has, or is given the next of the book; without a
    scan, what came back from SRIKANDI is the signed paper.
    """
    agreement.begin("sign", by=by)
    if wrong := wrong_day(agreement, signed_on, is_earlier):
        raise ValidationError(wrong)
    is_late = is_after_start(agreement, signed_on)
    if is_late and not begins_then:
        raise ValidationError({"begins_then": late_words(agreement)})
    _refuse_idle(agreement)
    partnership = agreement.partnership
    if partnership:
        legal.refuse_lacking(partnership, Level.SIGNED)
    had = numbers.number_of(agreement)
    scan = scan or (had and had.file)
    if scan is None:
        raise ValidationError({"scan": _("Unggah pindaian naskah bertanda tangan.")})
    if not is_same_scan and (words := known_scan(agreement, scan)):
        raise ValidationError({"is_same_scan": words})
    our_number = our_number or agreement.our_number
    if not our_number:
        had = numbers.take(agreement, by=by, dated=signed_on)
        our_number = had.text
    is_kept = had and plain_number(had.text) == plain_number(our_number)
    documents.attach(scan, agreement, by=by)
    kept = {name: text for name, text in signatories.items() if text}
    if is_late:
        kept["starts_on"] = signed_on
    agreement.move_to(
        Status.SIGNED,
        by=by,
        scan=scan,
        our_number=our_number,
        partner_number=partner_number,
        number_year=had.year if is_kept else signed_on.year,
        signed_on=signed_on,
        signed_at_place=signed_at_place,
        **kept,
    )
    numbers.write(agreement, our_number, by=by, dated=signed_on)
    for follow in FOLLOWING:
        follow(agreement, by=by)
    is_of_unit = partnership and not agreement.office.is_wide
    if is_of_unit and partnership.status == partnership.Status.APPROVED:
        partners.activate(partnership, by=by)
    tell(
        agreement,
        "signed",
        own_people(agreement),
        gettext_lazy("Kerja sama “%(name)s” sudah ditandatangani"),
        gettext_lazy("Nomor unit: %(number)s."),
        number=our_number,
    )
    if scan.is_changed:
        return str(
            _(
                "Penandatanganan tercatat. Perhatikan: PDF itu berubah sesudah "
                "ditandatangani secara elektronik. Ganti dengan berkas aslinya."
            )
        )
    return None


def text_cautions(agreement: Agreement, day: SigningDay | None = None) -> list:
    """What its newest text says otherwise than the record, before it is signed; the
    place is that of its day, if it has one."""
    if day is None:
        days = agreement.signing_days.filter(called_off_at=None)
        day = days.order_by("held_on").last()
    text = latest_text(agreement)
    said = text and text.content
    return [
        *data_cautions(agreement, said, day.place if day else ""),
        *annex_cautions(agreement, said),
    ]


def known_scan(agreement: Agreement, scan: Document) -> str:
    """Which other agreement of the office has the very same file, if one does."""
    if scan.pk == agreement.scan_id:
        return ""
    rows = Agreement.objects.filter(
        office=agreement.office_id, scan__sha256=scan.sha256
    )
    other = rows.exclude(pk=agreement.pk).first()
    if other is None:
        return ""
    return _(
        "Berkas yang sama sudah menjadi pindaian “%(title)s”. Periksa lagi; bila "
        "memang satu berkas untuk keduanya, beri tanda."
    ) % {"title": other.title}


def is_before_draft(agreement: Agreement, day: date) -> bool:
    """Whether that day, unlike what is on record, was over when the draft was begun."""
    return day != agreement.signed_on and day < _begun_on(agreement)


def is_after_start(agreement: Agreement, day: date) -> bool:
    """Whether it should be in force already before that day of its signing."""
    is_free = agreement.is_amendment or agreement.is_archived
    return agreement.starts_on < day and not is_free


def late_words(agreement: Agreement) -> str:
    words = _(
        "Menurut datanya kerja sama ini berlaku sejak %(day)s, sebelum ditandatangani. "
        "Bila menurut naskahnya berlaku sejak ditandatangani, beri tanda; bila tidak, "
        "kembalikan dahulu ke pembahasan dan ubah tanggal mulainya."
    )
    return words % {"day": dates.date_long(agreement.starts_on)}


def wrong_day(agreement: Agreement, day: date, is_earlier: bool) -> dict:
    """What stands against it as the day of the signing."""
    if day > agreement.office.today:
        return {"signed_on": _("Tanggal tanda tangan tidak boleh di masa depan.")}
    if day < EARLIEST:
        words = _("Kerja sama baru dimungkinkan sejak %(day)s (UU 12/1995).")
        return {"signed_on": words % {"day": dates.date_long(EARLIEST)}}
    if is_before_draft(agreement, day) and not is_earlier:
        words = _(
            "Tanggal ini sebelum drafnya disusun (%(day)s). Periksa lagi; bila memang "
            "benar, beri tanda."
        )
        return {"is_earlier": words % {"day": dates.date_long(_begun_on(agreement))}}
    return {}


def _begun_on(agreement):
    return timezone.localdate(agreement.created_at, agreement.office.tzinfo)


# A day on which several are signed


@dataclass(frozen=True)
class Left:
    """An agreement that was left as it is, and why."""

    agreement: Agreement
    words: str


@transaction.atomic
def plan_day(day: SigningDay, agreements: list[Agreement], *, by: User) -> SigningDay:
    """Put a ceremony on record; the same form sent twice gives the same one."""
    made = day.save_new(by)
    if made is day:
        _gather(day, agreements)
        Entry.record(by, "signingday.planned", day, naskah=len(agreements))
    return made


@transaction.atomic
def change_day(
    day: SigningDay,
    agreements: list[Agreement],
    *,
    by: User,
    revision: int,
    fields: list[str],
) -> None:
    """Another day, place or other agreements, while nothing of it is signed."""
    _refuse_settled(day)
    day.save_edit(revision, fields)
    _gather(day, agreements)
    Entry.record(by, "signingday.changed", day, naskah=len(agreements))


@transaction.atomic
def call_off_day(day: SigningDay, *, by: User, reason: str) -> None:
    """It is not held, and its agreements are free for another one."""
    _refuse_settled(day)
    day.called_off_at, day.reason = timezone.now(), reason.strip()
    day.save_edit(day.revision, ["called_off_at", "reason"])
    Entry.record(
        by, "signingday.called_off", day, naskah=day.agreements.count(), reason=reason
    )
    day.agreements.clear()


def _refuse_settled(day: SigningDay) -> None:
    held = SigningDay.objects.select_for_update().get(pk=day.pk)
    if held.is_called_off:
        raise ValidationError(_("Hari penandatanganan ini sudah dibatalkan."))
    if held.is_settled:
        raise ValidationError(
            _(
                "Ada naskah hari ini yang sudah ditandatangani, jadi harinya tetap "
                "seperti tercatat."
            )
        )


def _gather(day: SigningDay, agreements: list[Agreement]) -> None:
    """Each is on one day alone: from one that is over it moves here, from one that is
    still to come it does not."""
    keys = sorted(agreement.pk for agreement in agreements)
    # Held until the end, so that two who plan at once do not both get it.
    list(Agreement.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    places = SigningDay.agreements.through.objects.filter(agreement__in=keys)
    places = places.exclude(signingday=day.pk)
    ahead = places.filter(signingday__held_on__gte=day.office.today)
    if found := ahead.select_related("agreement", "signingday").first():
        words = _(
            "“%(title)s” sudah ada pada hari penandatanganan %(day)s. Keluarkan dahulu "
            "dari sana."
        )
        told = {"title": found.agreement.title, "day": found.signingday}
        raise ValidationError({"agreements": words % told})
    places.delete()
    day.agreements.set(agreements)


def number_all(day: SigningDay, *, by: User) -> tuple[int, list[Left]]:
    """Give a number to those that have none, in the order of the ceremony; how many
    were given, and what was left. One that is refused keeps no other from its number.

    In the book it is of the day on which it was given: none is of a day to come.
    """
    given, left = 0, []
    dated = min(day.held_on, day.office.today)
    ready = day.naskah.filter(status=Status.READY_TO_SIGN, our_number="")
    for agreement in ready:
        try:
            with in_words(), transaction.atomic():
                _refuse_next_year(day)
                number(agreement, by=by, dated=dated)
        except ValidationError as refusal:
            left.append(Left(agreement, " ".join(refusal.messages)))
        else:
            given += 1
    return given, left


def _refuse_next_year(day: SigningDay) -> None:
    if day.held_on.year > day.office.today.year:
        words = _("Nomor tahun %(year)s baru dapat diberikan pada tahun itu.")
        raise ValidationError(words % {"year": day.held_on.year})
