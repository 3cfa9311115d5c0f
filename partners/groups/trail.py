"""How the trail calls what people do with lists of groups."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe({"office.compliance.exported": _("mengekspor daftar kepatuhan Bapas")})
