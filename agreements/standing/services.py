"""A signed agreement is put right, suspended, resumed, or ended before its day."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agreements.extracts import services as extracts
from agreements.register.models import Agreement
from agreements.signing import numbers
from agreements.signing.services import SIGNATORIES, known_scan, wrong_day
from agreements.standing.falling import CHILDREN, FALLS, below
from partners.models import Partnership
from partners.standing import services as partners
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.documents import services as documents
from pokmas.documents.models import Document
from pokmas.notices.telling import next_in_turn, officers, own_people, tell
from pokmas.numbering import services as numbering

Status = Agreement.Status


@transaction.atomic
def drop(agreement: Agreement, *, by: User, reason: str) -> None:
    """Throw away a text that nobody has signed; what it said stays in its
    history; a number that it was given is cancelled."""
    agreement.begin("drop", by=by, reason=reason)
    put_away(agreement, by=by, reason=reason)


@transaction.atomic
def put_away(agreement: Agreement, *, by: User, reason: str) -> None:
    """Drop it because of what befell another, at whatever stage it is."""
    agreement.lock()
    people = list(officers(agreement, "agreements.change_agreement"))
    if agreement.status != Status.DRAFT:
        people += [*own_people(agreement), *next_in_turn(agreement)]
    if had := numbers.number_of(agreement):
        numbering.cancel(had, by=by, reason=reason)
    agreement.move_to(Status.DROPPED, by=by, reason=reason)
    tell(
        agreement,
        "dropped",
        people,
        _("Naskah “%(name)s” dibuang"),
        "%(reason)s",
        by=by,
    )


@transaction.atomic
def rectify(
    agreement: Agreement,
    *,
    by: User,
    reason: str,
    signed_on: date,
    scan: Document,
    is_earlier: bool = False,
    begins_then: bool = False,
    is_same_scan: bool = False,
    **answers: str,
) -> None:
    """Put right what was recorded of the signing, in the number book as well; its
    extract is made anew."""
    agreement.begin("rectify", by=by, reason=reason)
    if wrong := wrong_day(agreement, signed_on, is_earlier):
        raise ValidationError(wrong)
    if not is_same_scan and (words := known_scan(agreement, scan)):
        raise ValidationError({"is_same_scan": words})
    for name in SIGNATORIES:
        answers[name] = answers.get(name) or getattr(agreement, name)
    answers |= {"signed_on": signed_on, "scan": scan}
    if begins_then:
        answers["starts_on"] = max(signed_on, agreement.starts_on)
    if answers["our_number"] != agreement.our_number or not numbers.number_of(
        agreement
    ):
        answers["number_year"] = signed_on.year
    fields = [name for name in answers if answers[name] != getattr(agreement, name)]
    if not fields:
        raise ValidationError(_("Tidak ada yang diubah."))
    if "scan" in fields:
        documents.attach(scan, agreement, by=by)
    for name in fields:
        setattr(agreement, name, answers[name])
    agreement.validate_constraints()
    agreement.save_edit(agreement.revision, fields)
    ours = agreement.our_number
    if "our_number" in fields or not numbers.against(agreement, ours, signed_on):
        numbers.write(agreement, ours, by=by, dated=signed_on, reason=reason)
    Entry.record(by, "agreement.rectified", agreement, reason=reason.strip())
    extracts.replace(agreement, by=by, reason=reason)
    tell(
        agreement,
        "rectified",
        own_people(agreement),
        _("Catatan penandatanganan “%(name)s” dibetulkan"),
        "%(reason)s",
        reason=reason.strip(),
    )


@transaction.atomic
def suspend(
    agreement: Agreement, *, by: User, reason: str, **kept: Iterable[int]
) -> None:
    """Stop an agreement for a time, and what hangs on it but the rows that are `kept`:
    the numbers of each `Fall` under its `answer`.
    """
    agreement.begin("suspend", by=by, reason=reason)
    _suspend(agreement, by, reason, kept)


def _suspend(agreement, by, reason, kept):
    """Those below follow, whichever office they belong to."""
    agreement.move_to(Status.SUSPENDED, by=by, reason=reason)
    extracts.withdraw(agreement, by=by, reason=reason)
    for child in below(agreement, ending=False):
        if child.pk not in kept.get(CHILDREN, ()):
            child.lock()
            _suspend(child, by, reason, kept)
    FALLS.follow(agreement, by=by, reason=reason, ending=False, kept=kept)
    _tell(agreement, _("Kerja sama “%(name)s” ditangguhkan"), by)


@transaction.atomic
def resume(agreement: Agreement, *, by: User, **chosen: Iterable[int]) -> str:
    """Bring a suspended agreement back, and what is `chosen` of what fell with it: the
    numbers of each `Fall` under its `back_answer`. Says what could not come back.
    """
    agreement.begin("resume", by=by)
    if agreement.umbrella and agreement.umbrella.status == Status.SUSPENDED:
        raise ValidationError(_("Nota payungnya masih ditangguhkan."))
    wanted = {name: list(keys) for name, keys in chosen.items()}
    fallen = FALLS.fallen(agreement, wanted)
    agreement.move_to(Status.SIGNED, by=by, verb="resumed")
    _tell(agreement, _("Kerja sama “%(name)s” dilanjutkan"), by)
    if left := FALLS.bring_back(agreement, fallen, by=by):
        words = _("Kerja sama dilanjutkan. Tidak dapat dikembalikan: %(what)s")
        return words % {"what": " · ".join(left)}
    return str(_("Kerja sama dilanjutkan."))


@transaction.atomic
def terminate(
    agreement: Agreement,
    *,
    by: User,
    reason: str,
    paper: Document,
    **kept: Iterable[int],
) -> None:
    """End an agreement before its date, with a paper, and what hangs on it but the rows
    that are `kept`; what would amend it is thrown away.
    """
    amendments = _open_amendments(agreement)
    agreement.begin("terminate", by=by, reason=reason)
    if paper.owner_id is None:
        documents.attach(paper, agreement, by=by)
    _terminate(agreement, by, reason, paper, kept, amendments)


def _open_amendments(agreement):
    """Locked before it, as their signing does."""
    open_ones = agreement.amendments.filter(status__in=Agreement.OPEN)
    return list(open_ones.select_for_update())


def _terminate(agreement, by, reason, paper, kept, amendments):
    agreement.move_to(Status.TERMINATED, by=by, reason=reason, termination_paper=paper)
    extracts.withdraw(agreement, by=by, reason=reason)
    for amendment in amendments:
        put_away(amendment, by=by, reason=reason)
    for child in below(agreement, ending=True):
        if child.pk not in kept.get(CHILDREN, ()):
            amended = _open_amendments(child)
            child.lock()
            _terminate(child, by, reason, paper, kept, amended)
    FALLS.follow(agreement, by=by, reason=reason, ending=True, kept=kept)
    _tell(agreement, _("Kerja sama “%(name)s” diakhiri"), by)


@transaction.atomic
def end_partnership(partnership: Partnership, *, by: User, reason: str) -> None:
    """End it; refused while an agreement of the unit with the partner is in force."""
    partnership.lock()
    agreements = Agreement.objects.under(partnership.office)
    in_force = agreements.filter(partner=partnership.partner_id).in_force().first()
    if in_force is not None:
        raise ValidationError(
            _("Kerja sama “%(title)s” masih berlaku. Akhiri dahulu kerja samanya."),
            params={"title": in_force.title},
        )
    partners.end(partnership, by=by, reason=reason)


def _tell(agreement, title, by):
    people = [*own_people(agreement)]
    if by.acting and by.acting.office_id != agreement.office_id:
        people += officers(agreement, "agreements.terminate_agreement")
    tell(agreement, agreement.status, people, title, "%(reason)s", by=by)
