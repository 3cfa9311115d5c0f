"""How the audit trail calls what is done here; follows the name of who did it."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "planitem.created": _("membuka butir rencana aksi"),
        "planitem.file_added": _("menambah berkas bukti"),
        "planitem.file_removed": _("menghapus berkas bukti"),
        "planitem.bundled": _("meminta paket bukti"),
    }
)
