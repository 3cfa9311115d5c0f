from django.utils.translation import pgettext_lazy

from pokmas.search.kinds import Kind
from reports.monthly.models import Report

FINDS = [
    Kind(
        "reports",
        Report,
        title=pgettext_lazy("several", "Laporan"),
        icon="chart",
        permission="reports.view_report",
        listing="reports:index",
        named=Report.NAMED_BY,
        about="office__name",
        order=("-month", "-pk"),
        place=6,
    )
]
