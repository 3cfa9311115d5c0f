"""How the trail calls what people do with lists of members."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "communitygroup.members_imported": _("memasukkan anggota dari daftar lama"),
        "communitygroup.members_exported": _("mengunduh daftar anggota kelompok"),
        "communitygroup.members_taken_back": _(
            "membatalkan anggota yang masuk dari daftar lama"
        ),
    }
)
