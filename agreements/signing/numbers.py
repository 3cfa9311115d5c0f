"""The number of an agreement, on record and in the number book alike."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.register.models import Agreement
from pokmas.accounts.models import User
from pokmas.documents.models import Document
from pokmas.numbering import services as numbering
from pokmas.numbering.keys import (
    Bare,
    Unpadded,
    bare_number,
    plain_number,
    unpadded,
)
from pokmas.numbering.models import Classification, Kind, Number, Source
from pokmas.numbering.services import Writing


def number_of(agreement: Agreement) -> Number | None:
    """That which stands in the book for it."""
    rows = Number.objects.of(agreement).standing()
    rows = rows.select_related("created_by", "file", "office", "classification")
    return rows.order_by("-pk").first()


def writing_of(agreement: Agreement, day: date) -> Writing:
    return numbering.writing_of(agreement.office, Kind.AGREEMENT, day)


def is_own(agreement: Agreement, text: str) -> bool:
    """Whether it has this number already."""
    return plain_number(text) == plain_number(agreement.our_number)


def against(agreement: Agreement, text: str, day: date) -> str:
    """Why it cannot be given this number on that day, in words: the year is another,
    or another paper of the office has it."""
    if words := numbering.wrong_year(text, day):
        return words
    found = numbering.holder_of(writing_of(agreement, day), text)
    if found is not None:
        return "" if found.owner == agreement else numbering.taken_words(found)
    others = Agreement.objects.filter(office=agreement.office, number_year=day.year)
    others = others.exclude(pk=agreement.pk).alias(
        unpadded=Unpadded(Bare("our_number"))
    )
    other = others.filter(unpadded=unpadded(bare_number(text))).first()
    if other is None:
        return ""
    words = _("Nomor ini sudah dipakai kerja sama “%(title)s”.")
    return words % {"title": other.title}


def take(
    agreement: Agreement,
    *,
    by: User,
    dated: date,
    classification: Classification | None = None,
) -> Number:
    """The next number of the office's book."""
    return numbering.take(
        agreement.office,
        Kind.AGREEMENT,
        _paper(agreement),
        by=by,
        dated=dated,
        classification=classification,
    )


def write(
    agreement: Agreement,
    text: str,
    *,
    by: User,
    dated: date,
    reason: str = "",
    source: str = Source.OUTSIDE,
    classification: Classification | None = None,
    file: Document | None = None,
) -> Number:
    """From now on it has this number, in the book as well; another one that it had is
    cancelled there."""
    had = number_of(agreement)
    if had and plain_number(had.text) == plain_number(text):
        return had
    if words := against(agreement, text, dated):
        raise ValidationError({"our_number": words})
    if had:
        classification = classification or had.classification
        numbering.cancel(had, by=by, reason=str(reason or _("Diganti nomor lain.")))
    return numbering.enter(
        agreement.office,
        Kind.AGREEMENT,
        _paper(agreement, file),
        by=by,
        dated=dated,
        text=text,
        source=source,
        classification=classification,
    )


def correct(
    agreement: Agreement,
    had: Number,
    *,
    by: User,
    dated: date,
    reason: str,
    classification: Classification | None = None,
) -> Number:
    """It keeps its number; of another year it stands in the book of that year."""
    if had.year == dated.year:
        numbering.correct(had, dated=dated, classification=classification)
        return had
    if words := against(agreement, had.text, dated):
        raise ValidationError({"our_number": words})
    numbering.cancel(had, by=by, reason=reason)
    return numbering.enter(
        agreement.office,
        Kind.AGREEMENT,
        _paper(agreement, had.file),
        by=by,
        dated=dated,
        text=had.text,
        source=had.source,
        classification=classification,
    )


def _paper(agreement: Agreement, file: Document | None = None) -> numbering.Paper:
    return numbering.Paper(
        agreement.title, agreement.partner.name, owner=agreement, file=file
    )
