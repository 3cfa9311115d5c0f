"""The sections of a partner's record: what each asks, and who may change it when.

Forms, pages, services and the check before submission all read these tables.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.registry.models import Partner
from pokmas.accounts.models import User

Status = Partner.Status


@dataclass(frozen=True)
class Section:
    """One screen of the registration."""

    name: str
    title: str | Promise
    asks: tuple[str, ...]


PLACE = ("office", "regency", "kind")
REACHED_AT = ("contact_name", "phone", "email", "address", "village")
IDENTITY = (
    "name",
    "leader_name",
    "leader_position",
    *REACHED_AT,
    "registration_number",
    "tax_number",
)
OFFER = ("services", "capacity")
WORK = ("fields", *OFFER, "papers")

SECTIONS = [
    Section("place", _("Unit tujuan dan jenis mitra"), PLACE),
    Section("identity", _("Identitas dan kontak"), IDENTITY),
    Section("work", _("Bidang, layanan, dan berkas"), WORK),
]

# Asked of an organisation only: a person is his own leader.
NOT_ASKED_OF_A_PERSON = {"leader_name", "leader_position", "registration_number"}

# What may be changed at each status: by the partner's own people, by an officer.
EDITABLE = {
    Status.DRAFT: (PLACE + IDENTITY + WORK, PLACE + IDENTITY + WORK),
    Status.RETURNED: (IDENTITY + WORK, IDENTITY + WORK),
    Status.APPROVED: (REACHED_AT + OFFER, IDENTITY + WORK),
    Status.ACTIVE: (REACHED_AT + OFFER, IDENTITY + WORK),
    Status.SUSPENDED: (REACHED_AT, IDENTITY + WORK),
}


def editable(partner: Partner, user: User) -> frozenset[str]:
    """The fields of `partner` that `user` may change now.

    Who may only enter partners may finish the draft he began.
    """
    began_it = partner.status == Status.DRAFT and partner.created_by_id == user.pk
    if not user.has_perm("partners.change_partner") and not (
        began_it and user.has_perm("partners.add_partner")
    ):
        return frozenset()
    by_partner, by_officer = EDITABLE.get(partner.status, ((), ()))
    return frozenset(by_partner if user.acting.is_community else by_officer)


def editable_sections(partner: Partner, user: User) -> list[Section]:
    """The screens that offer `user` something to change."""
    may = editable(partner, user)
    return [section for section in SECTIONS if may.intersection(section.asks)]


def asked(partner: Partner, section: Section) -> list[str]:
    """The fields of `section` that this kind of partner answers."""
    if partner.kind == Partner.Kind.PERSON:
        return [name for name in section.asks if name not in NOT_ASKED_OF_A_PERSON]
    return list(section.asks)


def missing(partner: Partner) -> dict[str, list[str]]:
    """Labels of the required answers that are still empty, by the section's name."""
    return {
        section.name: [
            partner._meta.get_field(name).verbose_name
            for name in asked(partner, section)
            if _is_required(name) and not _has(partner, name)
        ]
        for section in SECTIONS
    }


def _is_required(name):
    return name != "papers" and not Partner._meta.get_field(name).blank


def _has(partner, name):
    if name == "fields":
        return partner.fields.exists()
    return getattr(partner, Partner._meta.get_field(name).attname) not in (None, "")
