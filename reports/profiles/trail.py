"""How the audit trail calls what is done to the profile of a group."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe({"communitygroup.profiled": _("meminta profil kelompok")})
