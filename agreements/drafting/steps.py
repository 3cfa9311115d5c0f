"""From a draft to a text both sides have read."""

from django.utils.translation import gettext_lazy as _

from agreements.drafting import services
from agreements.register.models import Agreement
from pokmas.records.steps import Step, Turn, Watch

Status = Agreement.Status

Agreement.STEPS.add(
    Step(
        "discuss",
        to=Status.DISCUSSION,
        at={Status.DRAFT},
        permission="agreements.change_agreement",
        service=services.discuss,
        label=_("Bahas dengan mitra"),
        done=_("Naskah dibuka untuk dibahas dengan mitra."),
        turns={
            Status.DRAFT: Turn(
                _("Lengkapi naskah, lalu bahas dengan mitra"),
                14,
                _("Draf belum dilihat mitra maupun Kanwil."),
                Watch.UNIT,
            )
        },
    ),
    # The text may change until the Kanwil reviews it.
    Step(
        "change",
        at={Status.DRAFT, Status.DISCUSSION},
        permission="agreements.change_agreement",
        label=_("Ubah naskah"),
        mends=True,
    ),
)
