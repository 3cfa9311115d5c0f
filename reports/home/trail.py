"""How the audit trail calls what is taken from the home pages."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe({"office.compared.exported": _("mengekspor tabel unit")})
