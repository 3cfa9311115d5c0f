"""All parties of an agreement in order, for texts, papers and pages."""

from dataclasses import dataclass

from agreements.parties.models import ORDINALS
from agreements.register.models import Agreement
from pokmas.records.steps import Words
from pokmas.words.identity import spaced_nip


@dataclass(frozen=True)
class Side:
    """One party as a text introduces it."""

    label: Words
    name: str
    representative: str
    position: str
    capacity: Words = ""
    authority: str = ""
    address: str = ""
    number: str = ""

    @property
    def lines(self) -> list[str]:
        """Who it is and who signs for it, a line each."""
        signs = ", ".join(filter(None, [self.representative, self.position]))
        return [
            each for each in (self.name, signs, self.number, self.authority) if each
        ]


def parties_of(agreement: Agreement) -> list[Side]:
    """The unit, the partner, and whoever else signs; costs one query."""
    return [_ours(agreement), _theirs(agreement), *map(_further, _rows(agreement))]


def _rows(agreement):
    return agreement.further_parties.all()


def _ours(agreement):
    office, position = agreement.office, agreement.our_position
    if agreement.our_capacity != "definitive":
        position = f"{position} ({agreement.get_our_capacity_display()})"
    nip = agreement.our_nip
    return Side(
        label=ORDINALS[1],
        name=office.name,
        representative=agreement.our_signatory,
        position=position,
        capacity=office.name,
        authority=agreement.our_authority,
        address=office.address,
        number=f"NIP {spaced_nip(nip)}" if nip else "",
    )


def _theirs(agreement):
    partner = agreement.partner
    return Side(
        label=ORDINALS[2],
        name=partner.name,
        representative=agreement.partner_signatory,
        position=agreement.partner_position,
        capacity=partner.name,
        authority=agreement.partner_authority,
        address=partner.address,
    )


def _further(party):
    return Side(
        label=party.label,
        name=party.name,
        representative=party.representative,
        position=party.position,
        capacity=party.capacity or party.name,
        authority=party.authority,
        address=party.address,
    )
