"""How the audit trail calls what happens to offices."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "office.created": _("membuka kantor"),
        "office.changed": _("mengubah data kantor"),
        "office.area_changed": _("mengubah wilayah kerja"),
        "office.loaded": _("memuat daftar acuan kantor"),
        "office.listed": _("mencatat kantor dari daftar acuan"),
        "office.corrected": _("menyesuaikan kantor dengan daftar acuan"),
        "office.change_planned": _("merencanakan perubahan kantor"),
        "office.change_cancelled": _("membatalkan rencana perubahan kantor"),
        "office.change_held": _("menahan perubahan kantor yang belum dapat berlaku"),
        "office.renamed": _("mengganti nama, jenis, atau kelas kantor"),
        "office.moved": _("memindahkan kantor ke induk lain"),
        "office.merged": _("menggabungkan kantor ke kantor lain"),
        "office.split": _("memecah kantor"),
        "office.received": _("menerima kantor lain"),
        "office.split_off": _("membuka kantor dari pemecahan"),
        "office.closed": _("menutup kantor"),
        "office.reopened": _("membuka kembali kantor"),
    }
)
