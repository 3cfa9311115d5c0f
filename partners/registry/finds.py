from django.utils.translation import gettext_lazy as _

from partners.registry.models import Partner
from pokmas.search.kinds import Kind

FINDS = [
    Kind(
        "partners",
        Partner,
        title=_("Mitra"),
        icon="partners",
        permission="partners.view_partner",
        listing="partners:index",
        named="name",
        about="regency__name",
        place=1,
    )
]
