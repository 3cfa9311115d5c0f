"""How the trail calls what is done around a signing."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "agreement.numbered": _("memberi nomor kerja sama"),
        "agreement.renumbered": _("mengganti nomor kerja sama"),
        "agreement.copy_printed": _("meminta naskah untuk ditandatangani"),
        "signingday.planned": _("menyiapkan hari penandatanganan"),
        "signingday.changed": _("mengubah hari penandatanganan"),
        "signingday.called_off": _("membatalkan hari penandatanganan"),
        "signingday.printed": _("meminta daftar naskah penandatanganan"),
    }
)
