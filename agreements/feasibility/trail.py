"""How the audit trail calls what is done to a feasibility sheet."""

from django.utils.translation import gettext_lazy as _

from pokmas.audit.phrases import describe

describe(
    {
        "feasibilityrule.created": _("menetapkan kewajiban lembar kelayakan"),
        "feasibility.planned": _("memulai lembar kelayakan"),
        "feasibility.changed": _("mengubah rencana kerja sama"),
        "feasibility.answered": _("menjawab kriteria kelayakan"),
        "feasibility.submitted": _("mengajukan lembar kelayakan kepada kepala"),
        "feasibility.returned": _("mengembalikan lembar kelayakan untuk diperbaiki"),
        "feasibility.approved": _("menyatakan rencana kerja sama layak"),
        "feasibility.declined": _("tidak melanjutkan rencana kerja sama"),
        "feasibility.drafted": _("menyusun draf dari lembar kelayakan"),
        "feasibility.printed": _("meminta cetakan lembar kelayakan"),
    }
)
