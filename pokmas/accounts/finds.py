from django.utils.translation import gettext_lazy as _

from pokmas.accounts.models import User
from pokmas.search.kinds import Kind

FINDS = [
    Kind(
        "people",
        User,
        title=_("Akun"),
        icon="user",
        permission="accounts.view_user",
        listing="accounts:index",
        named="full_name",
        about="email",
        order=("full_name", "pk"),
        place=6,
    )
]
