"""How the trail calls what people do with their notices."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe({"user.preferences": _("mengubah cara menerima pemberitahuan")})
