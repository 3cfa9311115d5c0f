from django.utils.translation import pgettext_lazy

from agreements.register.models import Agreement
from pokmas.search.kinds import Kind

FINDS = [
    Kind(
        "agreements",
        Agreement,
        title=pgettext_lazy("several", "Kerja sama"),
        icon="agreement",
        permission="agreements.view_agreement",
        listing="agreements:index",
        named="title",
        about="partner__name",
        also=("our_number", "partner_number"),
        through="partners",
        place=4,
    )
]
