"""Of an outside partner with an agreement a member of the Pokmas Lipas is made."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from agreements.register.conditions import STANDS_ALONE
from agreements.register.models import Agreement
from pokmas.offices.models import Office
from pokmas.records.steps import Step, When

Status = Agreement.Status
UNITS = (Office.Level.UNIT, Office.Level.POST)
AS_GROUP = Agreement.objects.filter(
    office=OuterRef("office"),
    partner=OuterRef("partner"),
    group__isnull=False,
    status=Status.SIGNED,
)

OF_A_UNIT = When(
    rows=lambda user: Q(office__level__in=UNITS),
    holds=lambda agreement, user: agreement.office.level in UNITS,
    refusal=_("Kelompok dibentuk pada UPT atau Pos Bapas."),
)
NOT_YET = When(
    rows=lambda user: ~Q(Exists(AS_GROUP)),
    holds=None,
    refusal=_(
        "Mitra ini sudah menandatangani kerja sama sebagai anggota kelompok Pokmas "
        "Lipas."
    ),
)

Agreement.STEPS.add(
    Step(
        "guide",
        at={Status.SIGNED},
        permission="agreements.add_agreement",
        label=_("Jadikan Pokmas Lipas"),
        when=(STANDS_ALONE, OF_A_UNIT, NOT_YET),
    ),
)
