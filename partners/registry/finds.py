from django.utils.translation import pgettext_lazy

from partners.registry.models import UNNAMED, Partner
from pokmas.search.kinds import Kind

FINDS = [
    Kind(
        "partners",
        Partner,
        title=pgettext_lazy("several", "Mitra"),
        icon="partners",
        permission="partners.view_partner",
        listing="partners:index",
        named="name",
        about="regency__name",
        unnamed=UNNAMED,
        also=("leader_name", "village", "registration_number", "reference"),
        place=1,
    )
]
