from django.utils.translation import gettext_lazy as _

from pokmas.offices.models import Office
from pokmas.search.kinds import Kind

FINDS = [
    Kind(
        "offices",
        Office,
        title=_("Kantor"),
        icon="office",
        permission="offices.view_office",
        listing="offices:listing",
        named="name",
        about="regency__name",
        order=("name", "pk"),
        place=7,
    )
]
