"""An outside partner becomes a Pokmas Lipas: first its group, then its MoU."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.drafting import services as drafting
from agreements.register.models import Agreement
from agreements.renewal.services import same_length
from partners.fields.models import Field
from partners.groups import services as groups
from partners.models import CommunityGroup, GroupMembership, Partnership
from pokmas.accounts.models import User


def group_of(partnership: Partnership | None) -> CommunityGroup | None:
    """The group that the partner belongs to by now, the newest if there are several."""
    if partnership is None:
        return None
    current = partnership.memberships.current()
    going_on = current.exclude(group__status__in=CommunityGroup.CLOSED)
    membership = going_on.select_related("group").order_by("-pk").first()
    return membership and membership.group


def nota_of(agreement: Agreement, group: CommunityGroup) -> Agreement | None:
    """What was drafted or signed with the partner as part of that group."""
    going_on = [*Agreement.OPEN, *Agreement.BINDING]
    rows = Agreement.objects.filter(
        office=agreement.office_id,
        partner=agreement.partner_id,
        group=group,
        status__in=going_on,
        amends=None,
    )
    return rows.order_by("-pk").first()


@transaction.atomic
def join(
    agreement: Agreement,
    *,
    by: User,
    group: CommunityGroup | None,
    name: str,
    field: Field | None,
    role: GroupMembership.Role,
) -> str:
    """Take the partner into a group of its unit, if need be one proposed with it."""
    agreement.begin("guide", by=by)
    partnership = agreement.partnership
    if partnership is None or not partnership.is_working:
        raise ValidationError(_("Mitra ini belum disetujui atau sudah tidak aktif."))
    return _join(partnership, by, group, name, field, role)


@transaction.atomic
def join_outsider(partnership: Partnership, *, by: User, **answers) -> str:
    """The same, begun from the partner."""
    partnership.begin("guide", by=by)
    return _join(partnership, by, **answers)


def _join(partnership, by, group, name, field, role):
    if group is None:
        proposal = CommunityGroup(office=partnership.office, name=name, field=field)
        group = groups.propose(proposal, by=by)
    members = [(partnership, role)]
    groups.add_members(group, members=members, starts_on=group.office.today, by=by)
    return _("Mitra masuk ke kelompok. Lanjutkan dengan naskah nota kesepahamannya.")


def signed_with(partnership: Partnership) -> Agreement | None:
    """Its newest agreement with the unit, whose words the nota may have."""
    rows = Agreement.objects.filter(
        office=partnership.office_id, partner=partnership.partner_id, amends=None
    )
    return rows.filter(status=Agreement.Status.SIGNED).order_by("-pk").first()


@transaction.atomic
def draft_nota(agreement: Agreement, *, by: User) -> str:
    """Draft the MoU with the partner as a member of its group."""
    agreement.begin("guide", by=by)
    group = group_of(agreement.partnership)
    if group is None:
        raise ValidationError(_("Masukkan dahulu mitra ini ke kelompok."))
    if nota_of(agreement, group) is None:
        begin = agreement.office.today
        nota = drafting.copy_of(
            agreement,
            kind=Agreement.Kind.MOU,
            umbrella=None,
            group=group,
            title=drafting.title_of_nota(group, agreement.partner),
            starts_on=begin,
            ends_on=same_length(agreement.starts_on, agreement.ends_on, begin),
        )
        drafting.draft(nota, by=by, is_weighed=True)
    return _("Draf nota kesepahaman tersusun. Periksa isinya, lalu bahas dengan mitra.")
