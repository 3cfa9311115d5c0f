"""Which reports are asked for, as headquarters sees it."""

from django.utils.translation import gettext_lazy as _

from pokmas.lists.columns import Choice, Column, Number
from pokmas.reference.lists import ReferenceList, register
from pokmas.rules.reference import Since
from reports.duties.forms import ReportDutyForm
from reports.duties.models import ReportDuty
from reports.figures.periods import Kind

register(
    ReferenceList(
        "report-duties",
        ReportDuty,
        ReportDutyForm,
        "partners.manage_field",
        title=_("Kewajiban laporan"),
        lead=_(
            "Laporan apa yang diminta dari unit dan Kanwil, dan berapa hari sesudah "
            "periodenya berakhir. Yang baru tidak menghapus yang lama."
        ),
        add=_("Tetapkan kewajiban baru"),
        columns=(
            Choice(
                name="kind", label=_("Laporan"), value="kind", words=dict(Kind.choices)
            ),
            Choice(
                name="level",
                label=_("Dari"),
                value="level",
                words=dict(ReportDuty.Level.choices),
            ),
            Number(
                name="days",
                label=_("Hari sesudah periode"),
                value="days",
                may_be_empty=True,
            ),
            Since(name="since", label=_("Berlaku sejak"), value="valid_from"),
            Column(name="source", label=_("Dasar"), value="source"),
        ),
        is_fixed=True,
    )
)
