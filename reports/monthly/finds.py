from django.utils.translation import gettext_lazy as _

from pokmas.search.kinds import Kind
from reports.monthly.models import Report

FINDS = [
    Kind(
        "reports",
        Report,
        title=_("Laporan"),
        icon="chart",
        permission="reports.view_report",
        listing="reports:index",
        named="month",
        about="office__name",
        order=("-month", "-pk"),
        place=5,
    )
]
