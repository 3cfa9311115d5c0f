"""How the trail calls what happens to files and issued documents."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "document.attached": _("melampirkan berkas"),
        "document.discarded": _("menghapus berkas"),
        "document.infected": _("menghapus berkas karena berisi virus"),
        "issueddocument.issued": _("memberi kode verifikasi pada dokumen"),
        "issueddocument.signed_copy_kept": _("menyimpan salinan bertanda tangan"),
        "issueddocument.sealed": _("menetapkan berkas PDF dokumen"),
    }
)
