"""How the audit trail calls what is done to the brief of a region."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe({"regionmonth.briefed": _("meminta ringkasan wilayah satu halaman")})
