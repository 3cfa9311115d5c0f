"""A text goes to the partner, and his answer comes back; what is said about it."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.discussion import people as people_of
from agreements.discussion.conditions import AGREED, CHANGE_ASKED
from agreements.discussion.models import TextAnswer, TextComment
from agreements.register.changes import data_changed
from agreements.register.models import Agreement
from agreements.texts import services as texts
from agreements.texts.compare import latest_text
from agreements.texts.models import TextVersion
from agreements.texts.reading import Reading
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.notices.services import notify
from pokmas.notices.telling import officers, own_people, tell
from pokmas.words import dates

ANSWER_DAYS = 14
WRITERS = "agreements.change_agreement"
Status, Verdict, Way = Agreement.Status, TextAnswer.Verdict, TextAnswer.Way


def days_to_answer(agreement: Agreement) -> date:
    return agreement.office.today + timedelta(days=ANSWER_DAYS)


@transaction.atomic
def ask(agreement: Agreement, *, by: User, due_by: date) -> str:
    """Hand the newest version to the partner, whose turn it is until then."""
    agreement.begin("ask_partner", by=by)
    if due_by < agreement.office.today:
        raise ValidationError({"due_by": _("Batas waktunya sudah lewat.")})
    _await_partner(agreement, due_by)
    Entry.record(by, "agreement.sent_to_partner", agreement)
    _tell_partner(agreement, by)
    said = _("Naskah versi %(number)s terkirim; giliran mitra menjawab.")
    if not agreement.own_people():
        said = _(
            "Batas waktu untuk versi %(number)s tersimpan. Kirim naskahnya kepada "
            "mitra di luar portal, lalu catat jawabannya."
        )
    return said % {"number": latest_text(agreement).number}


def what_is_sent(agreement: Agreement) -> list[str]:
    """Which version goes to the partner, and whether he wants it otherwise."""
    latest = latest_text(agreement)
    if latest is None:
        return []
    words = {
        "number": latest.number,
        "origin": latest.get_origin_display().lower(),
        "by": latest.created_by,
        "when": dates.date_time(latest.created_at),
    }
    said = [
        _("Yang dikirim: naskah versi %(number)s, %(origin)s oleh %(by)s, %(when)s.")
        % words
    ]
    if not agreement.own_people():
        nobody = _(
            "Belum ada yang mewakili mitra ini di portal. Kirim naskahnya sendiri, "
            "lalu catat jawabannya dengan “Catat jawaban mitra”."
        )
        said.append(nobody)
    if agreement.meets(CHANGE_ASKED, None):
        objection = _(
            "Mitra sudah membaca versi %(number)s dan minta perubahan. Unggah dahulu "
            "versi berikutnya; yang dikirim sekarang masih versi yang sama."
        )
        said.append(objection % words)
    return said


@receiver(texts.version_added)
def ask_anew(sender, version: TextVersion, by: User, **more) -> None:
    """Whoever was asked before is asked about the next version; what the partner
    proposed is the unit's turn."""
    agreement = version.agreement
    if version.origin == TextVersion.Origin.PROPOSED:
        return
    was_asked = agreement.partner_due_by or agreement.answers.exists()
    if agreement.status != Status.DISCUSSION or not was_asked:
        return
    due_by = days_to_answer(agreement)
    _await_partner(agreement, max(due_by, agreement.partner_due_by or due_by))
    if version.is_made:
        _tell_partner(agreement, by)


@receiver(data_changed)
def ask_of_data(sender, agreement: Agreement, by: User, **more) -> str:
    """What the partner answered was about other data: he is asked anew, about a text
    that says the new ones where the portal makes it."""
    was_asked = agreement.partner_due_by or agreement.answers.exists()
    latest = latest_text(agreement)
    if agreement.status != Status.DISCUSSION or not was_asked or latest is None:
        return ""
    if latest.is_made:
        version = texts.follow(agreement, by=by)
        words = _(
            "Data tersimpan. Naskah versi %(number)s dibuat dari data itu, dan mitra "
            "diminta menjawab lagi."
        )
        return words % {"number": version.number} if version else ""
    if not agreement.meets(AGREED, None):
        return ""
    _await_partner(agreement, days_to_answer(agreement))
    _tell_partner(agreement, by)
    words = _(
        "Data tersimpan. Naskah versi %(number)s dari Word belum memuatnya: unggah "
        "versi berikutnya. Persetujuan mitra tidak berlaku lagi, dan ia diminta "
        "menjawab."
    )
    return words % {"number": latest.number}


def _tell_partner(agreement, by):
    due_by = agreement.partner_due_by
    tell(
        agreement,
        "asked",
        own_people(agreement),
        gettext_lazy("Naskah menunggu jawaban Anda: %(name)s"),
        gettext_lazy(
            "Baca naskahnya, lalu jawab setuju atau minta perubahan paling lambat "
            "%(day)s."
        ),
        by=by,
        day=lambda: dates.date_long(due_by),
    )


def _await_partner(agreement: Agreement, due_by: date | None) -> None:
    agreement.partner_due_by = due_by
    agreement.save_edit(agreement.revision, ["partner_due_by"])


@transaction.atomic
def answer(
    agreement: Agreement, *, by: User, verdict: str, seen: int, comment: str = ""
) -> None:
    """The partner's own answer to the version that he read, `seen` is its number."""
    agreement.begin("answer_text", by=by)
    latest = latest_text(agreement)
    if latest is None or latest.number != seen:
        raise ValidationError(newer_than_seen(latest))
    _keep(agreement, latest, verdict=verdict, comment=comment, answered_by=by)


def newer_than_seen(latest: TextVersion) -> str:
    return _(
        "Sementara Anda membaca, ada naskah versi %(number)s. Baca yang terbaru di "
        "halaman ini, lalu jawab lagi."
    ) % {"number": latest.number}


@transaction.atomic
def record(
    agreement: Agreement,
    *,
    by: User,
    evidence: Document | None = None,
    **said,
) -> None:
    """What the partner answered outside the portal, to the newest version."""
    agreement.begin("record_answer", by=by)
    row = _keep(
        agreement, latest_text(agreement), evidence=evidence, answered_by=by, **said
    )
    if evidence:
        documents.attach(evidence, row, by=by)


@transaction.atomic
def propose(
    agreement: Agreement,
    *,
    by: User,
    file: Document,
    reading: Reading,
    base: TextVersion | None,
    note: str = "",
    seen: int,
) -> TextVersion:
    """The partner's own wording as the next version; he agrees to what he proposes."""
    version = texts.upload(
        agreement,
        by=by,
        file=file,
        reading=reading,
        base=base,
        note=note,
        seen=seen,
        step="propose_text",
        origin=TextVersion.Origin.PROPOSED,
    )
    _keep(agreement, version, verdict=Verdict.AGREE, comment=note, answered_by=by)
    return version


def _keep(agreement: Agreement, version: TextVersion, **said) -> TextAnswer:
    row = TextAnswer(agreement=agreement, version=version, **said)
    row.full_clean(exclude=["agreement", "version", "evidence", "answered_by"])
    row.save()
    _await_partner(agreement, None)
    is_agreed = row.verdict == Verdict.AGREE
    Entry.record(
        row.answered_by,
        "agreement.partner_agreed" if is_agreed else "agreement.partner_asked_change",
        agreement,
        version=version.number,
    )
    tell(
        agreement,
        "answered",
        officers(agreement, WRITERS),
        gettext_lazy("Mitra menyetujui naskah: %(name)s")
        if is_agreed
        else gettext_lazy("Mitra minta perubahan naskah: %(name)s"),
        "%(comment)s",
        by=row.answered_by,
        comment=row.comment,
    )
    return row


# What is said about a Pasal


@transaction.atomic
def comment(
    agreement: Agreement,
    *,
    by: User,
    text: str,
    version: TextVersion,
    article: str = "",
    reply_to: TextComment | None = None,
    is_internal: bool = False,
    called: Iterable[User] = (),
    submission_key=None,
) -> None:
    """A comment, or a reply; a reply to what only officers read is theirs, too. Those
    who are `called` are told of it with it, wherever else they have no part."""
    agreement.begin("comment_text", by=by)
    called = list(called)
    row = TextComment(
        agreement=agreement,
        version=reply_to.version if reply_to else version,
        article=reply_to.article if reply_to else article,
        text=text,
        reply_to=reply_to,
        is_internal=reply_to.is_internal if reply_to else is_internal,
        **({"submission_key": submission_key} if submission_key else {}),
    )
    row.full_clean(exclude=["agreement", "version", "reply_to", "created_by"])
    _refuse_to_call(row, called, by)
    if row.save_new(by) is not row:
        return
    row.called.set(called)
    # Of the comment, not of the agreement, whose trail its partner reads.
    Entry.record(by, "textcomment.written", row, called=list(map(str, called)))
    people = {*officers(agreement, WRITERS), *_of_thread(row)}
    if not row.is_internal:
        people |= set(own_people(agreement))
    everyday = gettext_lazy("Komentar naskah: %(name)s")
    summons = gettext_lazy("Anda diminta membaca komentar naskah: %(name)s")
    # Both under one key, so that nobody is told twice.
    for whom, title in ((called, summons), (people - {by, *called}, everyday)):
        notify(
            whom,
            kind="agreement.comment",
            title=title,
            body="%(text)s",
            words={"name": lambda: str(agreement), "text": row.text},
            url=row.get_absolute_url(),
            about=agreement,
            key=f"textcomment:{row.pk}",
        )


def _refuse_to_call(row: TextComment, called: list[User], by: User) -> None:
    """Nobody is called who does not read it, or whom its writer may not know of."""
    known = people_of.ids_of(people_of.callable_by(by, row.agreement)) if called else ()
    if any(person.pk not in known for person in called):
        words = _("Orang itu tidak ikut membahas naskah ini. Pilih dari daftarnya.")
        raise ValidationError({"called": words})
    if not (called and row.is_internal):
        return
    reading = people_of.who_reads_internal(row.agreement)
    if left_out := [str(each) for each in called if each.pk not in reading]:
        words = _(
            "Komentar ini hanya untuk petugas dan tidak dibaca %(names)s. Hapus tanda "
            "“Hanya untuk petugas”, atau jangan memilihnya."
        )
        raise ValidationError({"called": words % {"names": ", ".join(left_out)}})


def _of_thread(row: TextComment) -> set[User]:
    if row.reply_to is None:
        return set()
    replies = row.reply_to.replies.select_related("created_by")
    return {row.reply_to.created_by, *(each.created_by for each in replies)}


@transaction.atomic
def resolve(thread: TextComment, *, by: User) -> None:
    _turn(thread, by, is_resolved=True)


@transaction.atomic
def take_up(thread: TextComment, *, by: User) -> None:
    """Open again what was resolved."""
    _turn(thread, by, is_resolved=False)


def _turn(thread: TextComment, by: User, *, is_resolved: bool) -> None:
    thread.agreement.begin("comment_text", by=by)
    if not may_resolve(thread, by):
        raise ValidationError(
            _("Komentar diselesaikan penulisnya atau petugas yang menyusun naskah.")
        )
    thread.refresh_from_db(from_queryset=TextComment.objects.select_for_update())
    if thread.is_resolved == is_resolved:
        return
    thread.resolved_by = by if is_resolved else None
    thread.resolved_at = timezone.now() if is_resolved else None
    thread.save(update_fields=["resolved_by", "resolved_at"])
    action = "textcomment.resolved" if is_resolved else "textcomment.reopened"
    Entry.record(by, action, thread)


def may_resolve(thread: TextComment, user: User) -> bool:
    return thread.created_by_id == user.pk or user.has_perm(WRITERS)
