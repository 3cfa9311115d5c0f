from django.utils.translation import pgettext_lazy

from partners.groups.models import CommunityGroup
from pokmas.search.kinds import Kind

FINDS = [
    Kind(
        "groups",
        CommunityGroup,
        title=pgettext_lazy("several", "Kelompok"),
        icon="group",
        permission="partners.view_communitygroup",
        listing="partners:group_index",
        named="name",
        about="office__name",
        also=("decree_number",),
        place=2,
    )
]
