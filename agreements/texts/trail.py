"""How the audit trail calls what is done to texts."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "agreement.text_made": _("membuat naskah dari data"),
        "agreement.text_uploaded": _("mengunggah versi naskah"),
        "textversion.printed": _("meminta PDF naskah"),
        "textversion.downloaded": _("mengunduh naskah"),
    }
)
