from django.utils.translation import pgettext_lazy

from pokmas.accounts.models import User
from pokmas.search.kinds import Kind

FINDS = [
    Kind(
        "people",
        User,
        title=pgettext_lazy("several", "Akun"),
        icon="user",
        permission="accounts.view_user",
        listing="accounts:index",
        named="full_name",
        about="email",
        order=("full_name", "pk"),
        place=7,
    )
]
