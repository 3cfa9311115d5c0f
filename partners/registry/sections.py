"""The sections of a registration: what each asks, and who may change it when.

Forms, pages, services and the check before submission all read these tables.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.kinds.models import Level
from partners.registry import legal
from partners.registry.models import Partner, Partnership
from pokmas.accounts.models import User

Status = Partnership.Status


@dataclass(frozen=True)
class Section:
    """One screen of the registration."""

    name: str
    title: str | Promise
    asks: tuple[str, ...]


CHANGE = "partners.change_partner"
PLACE = ("office", "regency", "kind")
ADDRESS = ("address", "village")
IDENTITY = (
    "name",
    "leader_name",
    "leader_position",
    *ADDRESS,
    "registration_number",
    "tax_number",
)
# The papers asked of such a partner are no field: partners.registry.legal has them.
LEGAL = ("legal",)
WHO = IDENTITY + LEGAL
CONTACT = ("contact_name", "phone", "email")
OFFER = ("services", "capacity")
WORK = (*CONTACT, "fields", *OFFER, "papers")

# What the nation knows of a partner; all else is between it and the unit.
OF_PARTNER = frozenset({"regency", "kind", *IDENTITY})

SECTIONS = [
    Section("place", _("Unit tujuan dan jenis mitra"), PLACE),
    Section("identity", _("Identitas dan surat"), WHO),
    Section("work", _("Kontak, layanan, dan berkas"), WORK),
]

# Answered with files, which may follow.
FILES = {"papers", "legal"}
# Asked of an organisation only: a person is his own leader.
NOT_ASKED_OF_A_PERSON = {"leader_name", "leader_position", "registration_number"}

# What may be changed at each status: by the partner's own people, by an officer.
EDITABLE = {
    Status.DRAFT: (PLACE + WHO + WORK, PLACE + WHO + WORK),
    Status.RETURNED: (WHO + WORK, WHO + WORK),
    Status.SENT_BACK: ((), (*CONTACT, "fields", *OFFER)),
    Status.APPROVED: (ADDRESS + LEGAL + CONTACT + OFFER, WHO + WORK),
    Status.ACTIVE: (ADDRESS + LEGAL + CONTACT + OFFER, WHO + WORK),
    Status.SUSPENDED: (ADDRESS + LEGAL + CONTACT, WHO + WORK),
}


def editable(partnership: Partnership, user: User) -> frozenset[str]:
    """The fields of `partnership` that `user` may change now.

    Who may only enter partners may finish the draft he began, and mend his proposal.
    """
    began_it = (
        partnership.status in {Status.DRAFT, Status.SENT_BACK}
        and partnership.created_by_id == user.pk
    )
    writes = user.has_perm(CHANGE) and partnership.lies_at(user.acting.office)
    if not writes and not (began_it and user.has_perm("partners.add_partner")):
        return frozenset()
    by_partner, by_officer = EDITABLE.get(partnership.status, ((), ()))
    return frozenset(by_partner if user.acting.is_community else by_officer)


def written_by(user: User) -> Q:
    """The rows of which `editable` names anything, at such a status."""
    began_it, office = Q(created_by=user), user.acting and user.acting.office
    if not user.has_perm(CHANGE):
        return began_it
    return began_it | Q(office=office) if office.is_wide else Q()


def editable_sections(partnership: Partnership, user: User) -> list[Section]:
    """The screens that offer `user` something to change."""
    may = editable(partnership, user)
    return [section for section in SECTIONS if may.intersection(section.asks)]


def about(partnership: Partnership, name: str) -> Partner | Partnership:
    """The record that keeps the answer."""
    return partnership.partner if name in OF_PARTNER else partnership


def asked(partner: Partner, section: Section) -> list[str]:
    """The fields of `section` that this kind of partner answers."""
    left_out = NOT_ASKED_OF_A_PERSON if partner.kind.is_person else set()
    if not partner.kind.number_name and not partner.registration_number:
        left_out = {*left_out, "registration_number"}
    return [name for name in section.asks if name not in left_out]


def missing(partnership: Partnership) -> dict[str, list[str]]:
    """Labels of the required answers that are still empty, by the section's name."""
    return {
        section.name: [
            about(partnership, name)._meta.get_field(name).verbose_name
            for name in asked(partnership.partner, section)
            if name not in FILES and not is_answered(about(partnership, name), name)
        ]
        + (_missing_papers(partnership) if "legal" in section.asks else [])
        for section in SECTIONS
    }


def _missing_papers(partnership):
    return [paper.name for paper in legal.lacking(partnership, Level.SEEN)]


def is_answered(record, name: str) -> bool:
    """Whether it is answered, or need not be."""
    field = record._meta.get_field(name)
    if name == "fields" and hasattr(record, "field_names"):
        return bool(record.field_names)  # a page has read them along with it
    if field.many_to_many:
        return getattr(record, name).exists()
    return field.blank or getattr(record, field.attname) not in (None, "", [])
