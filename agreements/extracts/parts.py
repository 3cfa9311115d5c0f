from django.utils.translation import gettext_lazy as _

from agreements.register.parts import PARTS
from pokmas.papers.kinds import panels
from pokmas.steps.parts import Part


def _papers(agreement, user):
    scans = (agreement.scan, agreement.termination_paper)
    return {
        "scans": [row for row in scans if row],
        "panels": panels(agreement, user),
    }


PARTS.add(
    Part(
        "papers",
        _("Naskah dan cetakan"),
        "agreements/extracts/_papers.html",
        order=20,
        given=_papers,
    )
)
