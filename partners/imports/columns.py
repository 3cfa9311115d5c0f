"""The members of a group as a sheet, which goes back in as it went out."""

from django.utils.translation import gettext_lazy as _

from partners.groups.models import GroupMembership
from pokmas.lists.columns import Choice, Column, Day, Table


def members() -> Table:
    return Table(
        model=GroupMembership,
        title=_("Anggota kelompok"),
        list_page="partners:group_index",
        exported="communitygroup.members_exported",
        columns=[
            Column(
                name="name",
                label=_("Nama lembaga/mitra"),
                value="partnership__partner__name",
            ),
            Column(
                name="reference",
                label=_("Nomor pendaftaran"),
                value="partnership__partner__reference",
            ),
            Choice(
                name="role",
                label=_("Kedudukan"),
                value="role",
                words=dict(GroupMembership.Role.choices),
            ),
            Day(name="starts_on", label=_("Mulai"), value="starts_on"),
        ],
    )
