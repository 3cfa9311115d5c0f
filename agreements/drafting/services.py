"""A text comes into being: drafted, changed, opened to the partner."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agreements.feasibility.models import Feasibility, FeasibilityRule
from agreements.register.changes import STATED, follow
from agreements.register.models import Agreement
from partners.models import CommunityGroup, Partner
from pokmas.accounts.models import User
from pokmas.audit.models import Entry
from pokmas.notices.telling import own_people, tell
from pokmas.offices.models import Office

Status = Agreement.Status
# What one text takes over from another.
COPIED = (
    *("office", "kind", "partner", "umbrella", "group", "title"),
    *("urgency", "form", "subject", "starts_on", "ends_on"),
    *("our_signatory", "our_position", "our_nip", "our_capacity", "our_authority"),
    *("partner_signatory", "partner_position", "partner_authority"),
    "for_all_units",
)

SHEET_FIRST = _(
    "Kantor ini memulai kerja sama dari lembar kelayakan yang dinyatakan layak."
)
# What a draft takes over from the plan that was weighed.
PLANNED = [
    *("partner", "kind", "title", "urgency", "form", "subject"),
    *("starts_on", "ends_on"),
]


def copy_of(agreement: Agreement, **changes) -> Agreement:
    """A new text with the same words, not saved yet; who leads the unit and the partner
    now signs it, as far as that is known."""
    copied = {name: getattr(agreement, name) for name in COPIED}
    return Agreement(**copied | _leaders(agreement) | changes)


def take_over(agreement: Agreement, made: Agreement) -> None:
    """Who carries the one out, and signs it beside the first two, does so of the other,
    which was made of it."""
    made.implementing_units.set(agreement.implementing_units.all())
    if not made.further_parties.exists():
        for party in agreement.further_parties.all():
            party.pk, party._state.adding, party.agreement = None, True, made
            party.save()


def title_of_nota(group: CommunityGroup, partner: Partner) -> str:
    """The title of a text, and texts are Indonesian."""
    title = f"Nota Kesepahaman {group.name} dengan {partner.name}"
    return Truncator(title).chars(200)


def _leaders(agreement):
    office, partner = agreement.office, agreement.partner
    found = {}
    if office.head_name and office.head_name != agreement.our_signatory:
        found |= {
            "our_signatory": office.head_name,
            "our_nip": office.head_nip,
            "our_capacity": office.head_capacity,
            "our_authority": "",
        }
    elif office.head_name and not agreement.our_nip:
        found["our_nip"] = office.head_nip
    if Agreement.objects.filter(pk=agreement.pk).of_gone_heads().exists():
        found["our_position"] = office.head_title
    if partner.leader_name and partner.leader_name != agreement.partner_signatory:
        found |= {
            "partner_signatory": partner.leader_name,
            "partner_position": partner.leader_position or agreement.partner_position,
            "partner_authority": "",
        }
    return found


@transaction.atomic
def draft(
    agreement: Agreement,
    *,
    by: User,
    units: list[Office] | None = None,
    is_weighed: bool = False,
) -> Agreement:
    """Keep a new draft; the same form sent twice gives the same draft.

    `units` carry out what a Kanwil or headquarters signs; `is_weighed` is what a sheet
    found worth it.
    """
    # What stands under a nota or goes on from another was weighed with that one.
    is_weighed = is_weighed or agreement.umbrella_id or agreement.renews_id
    if not is_weighed and FeasibilityRule.objects.requires(agreement.office):
        raise ValidationError(SHEET_FIRST)
    if not by.acting.office.is_above(agreement.office):
        raise ValidationError(_("Unit ini di luar kantor Anda."))
    partnership = agreement.partnership
    if partnership is None or not partnership.is_working:
        raise ValidationError(
            {"partner": _("Mitra ini belum disetujui atau sudah tidak aktif.")}
        )
    partnership.refuse_representative(by)
    kept = agreement.save_new(by)
    if kept is agreement:
        _carried_out_by(agreement, units)
        Entry.record(by, "agreement.drafted", agreement)
    return kept


@transaction.atomic
def change(
    agreement: Agreement,
    *,
    by: User,
    revision: int,
    fields: list[str],
    units: list[Office] | None = None,
) -> str:
    """Save edited data, only while its text is still being written. Says what became
    of that."""
    Agreement.objects.get(pk=agreement.pk).begin("change", by=by)
    agreement.validate_constraints()
    agreement.save_edit(revision, fields)
    _carried_out_by(agreement, units)
    Entry.record(by, "agreement.changed", agreement)
    return (
        follow(agreement, by=by) if {*STATED, "group", "umbrella"} & {*fields} else ""
    )


def _carried_out_by(agreement, units):
    """Only those below it; a unit carries out its own by itself."""
    if units is None:
        return
    for unit in units:
        if unit == agreement.office or not agreement.office.is_above(unit):
            words = _("%(unit)s tidak berada di bawah %(office)s.")
            names = {"unit": unit, "office": agreement.office}
            raise ValidationError({"implementing_units": words % names})
    agreement.implementing_units.set(units)


@transaction.atomic
def derive(
    nota: Agreement,
    *,
    by: User,
    partners: Collection[Partner],
    title: str,
    **answers,
) -> str:
    """One draft PKS under the nota for each partner: all of them or none."""
    nota.begin("derive", by=by)
    office, refused = by.acting.office, []
    for partner in partners:
        agreement = Agreement(
            office=office,
            kind=Agreement.Kind.PKS,
            umbrella=nota,
            partner=partner,
            title=f"{title} – {partner.name}",
            partner_signatory=partner.leader_name,
            partner_position=partner.leader_position,
            **answers,
        )
        if agreement.our_signatory == office.head_name:
            agreement.our_nip = office.head_nip
            agreement.our_capacity = office.head_capacity
        try:
            _refuse_second(agreement)
            agreement.clean_fields(exclude=["submission_key"])
            agreement.validate_constraints()
            draft(agreement, by=by)
        except ValidationError as refusal:
            said = " ".join(refusal.messages)
            refused.append(f"{partner.name}: {said}")
    if refused:
        raise ValidationError({"partners": refused})
    made = len(partners)
    return ngettext(
        "%(made)s draf PKS tersimpan.", "%(made)s draf PKS tersimpan.", made
    ) % {"made": made}


@transaction.atomic
def draft_planned(sheet: Feasibility, *, by: User) -> None:
    """A plan found worth it becomes a draft; it may be changed like any other."""
    sheet.begin("draft", by=by)
    office, partner = sheet.office, sheet.partner
    if not office.head_name:
        raise ValidationError(
            _("Nama kepala %(office)s belum tercatat. Isi dahulu di halaman kantor."),
            params={"office": office},
        )
    agreement = Agreement(
        office=office,
        our_signatory=office.head_name,
        our_position=office.head_title,
        our_nip=office.head_nip,
        our_capacity=office.head_capacity,
        partner_signatory=partner.leader_name,
        partner_position=partner.leader_position,
        **{name: getattr(sheet, name) for name in PLANNED},
    )
    draft(agreement, by=by, is_weighed=True)
    sheet.move_to(
        Feasibility.Status.DRAFTED, by=by, reason=sheet.reason, agreement=agreement
    )


def _refuse_second(agreement):
    others = agreement.umbrella.children.filter(
        office=agreement.office, partner=agreement.partner
    ).exclude(status__in=(Status.TERMINATED, Status.DROPPED))
    if others.exists():
        raise ValidationError(_("sudah punya PKS di bawah nota ini."))


@transaction.atomic
def discuss(agreement: Agreement, *, by: User) -> None:
    """Open the draft to the partner, so that both sides agree on the text."""
    agreement.begin("discuss", by=by)
    agreement.move_to(Status.DISCUSSION, by=by)
    tell(
        agreement,
        "discussion",
        own_people(agreement),
        _("Naskah kerja sama “%(name)s” siap Anda baca"),
        _("Baca naskahnya, lalu sampaikan perbaikan kepada petugas unit."),
    )
