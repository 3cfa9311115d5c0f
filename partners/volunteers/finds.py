from django.utils.translation import pgettext_lazy

from partners.volunteers.models import Volunteer
from pokmas.search.kinds import Kind

FINDS = [
    Kind(
        "volunteers",
        Volunteer,
        title=pgettext_lazy("several", "Sahabat"),
        icon="user",
        permission="partners.view_volunteer",
        listing="partners:volunteer_index",
        named="name",
        about="regency__name",
        also=("reference",),
        place=3,
    )
]
