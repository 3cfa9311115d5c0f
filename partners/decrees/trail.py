"""How the trail calls what an office does with its own Word files."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "wordtemplate.used": _("memakai templat Word kantor"),
        "wordtemplate.put_aside": _("kembali ke berkas Word bawaan portal"),
    }
)
