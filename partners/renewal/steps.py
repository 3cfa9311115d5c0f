"""The examination of a partner whose approval ends; it works on meanwhile."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.registry.models import Partnership
from partners.vetting.handling import EXAMINE
from partners.vetting.steps import IMPARTIAL
from pokmas.offices.models import office_today
from pokmas.records.steps import Call, Step, Watch, When

DUE = When(
    rows=lambda user: Q(
        approved_until__lte=office_today(ahead=Partnership.DUE_DAYS), reexamined_by=None
    ),
    holds=lambda partnership, user: (
        partnership.is_examination_due and partnership.reexamined_by_id is None
    ),
    refusal=_("Pemeriksaan ulang belum waktunya, atau menunggu keputusan kepala."),
)
EXAMINED = When(
    rows=lambda user: Q(reexamined_by__isnull=False),
    holds=lambda partnership, user: partnership.reexamined_by_id is not None,
    refusal=_("Belum ada pemeriksaan ulang yang menunggu keputusan."),
)

OTHERWISE = _("Mitra bekerja terus, tetapi tanpa persetujuan yang berlaku.")

Partnership.STEPS.add(
    Step(
        "reexamine",
        at=Partnership.WORKING,
        permission=EXAMINE,
        label=_("Periksa ulang"),
        title=_("Periksa ulang mitra"),
        icon="verify",
        when=(DUE,),
        call=Call(
            _("Periksa ulang sebelum persetujuannya berakhir"),
            until="approved_until",
            days=Partnership.DUE_DAYS,
            when=DUE,
            otherwise=OTHERWISE,
            watch=Watch.UNIT,
        ),
    ),
    Step(
        "prolong",
        at=Partnership.WORKING,
        permission="partners.approve_partner",
        label=_("Putuskan pemeriksaan ulang"),
        icon="verify",
        not_by=("reexamined_by",),
        when=(EXAMINED, IMPARTIAL),
        call=Call(
            _("Putuskan pemeriksaan ulang"),
            until="approved_until",
            days=Partnership.DUE_DAYS,
            when=EXAMINED,
            otherwise=OTHERWISE,
            watch=Watch.REGION,
        ),
    ),
)
