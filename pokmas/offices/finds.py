from django.utils.translation import pgettext_lazy

from pokmas.offices.models import Office
from pokmas.search.kinds import Kind

FINDS = [
    Kind(
        "offices",
        Office,
        title=pgettext_lazy("several", "Kantor"),
        icon="office",
        permission="offices.view_office",
        listing="offices:listing",
        named="name",
        about="regency__name",
        also=("code",),
        order=("name", "pk"),
        place=8,
    )
]
