"""How the audit trail calls what is done to a report."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "report.owed": _("membuka laporan unit yang digabung"),
        "report.requested": _("meminta laporan"),
        "report.rebuilt": _("meminta PDF disusun ulang"),
        "report.changed": _("mengisi uraian laporan"),
        "report.explained": _("mengisi analisis capaian"),
        "report.word_taken": _("mengambil uraian laporan dari berkas Word"),
        "report.signed_kept": _("menyimpan laporan bertanda tangan"),
        "report.assigned": _("menetapkan penanda tangan laporan"),
        "report.drafting": _("menyelesaikan PDF pertama"),
        "report.submitted": _("mengajukan laporan"),
        "report.returned": _("mengembalikan laporan"),
        "report.accepted": _("menerima laporan dan mengunci angkanya"),
    }
)
