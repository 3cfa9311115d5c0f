"""What ends soon, or ended not long ago, goes on as another one."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from agreements.register.conditions import STANDS_ALONE
from agreements.register.models import Agreement
from agreements.renewal import services
from pokmas.offices.models import office_today
from pokmas.records.steps import Step, When

# From how many days before the end until how many after it.
BEFORE, AFTER = 180, 365
Status = Agreement.Status


def _is_due(agreement, user):
    today = agreement.office.today
    first = agreement.ends_on - timedelta(days=BEFORE)
    return first <= today <= agreement.ends_on + timedelta(days=AFTER)


DUE = When(
    rows=lambda user: Q(
        ends_on__range=(office_today(ahead=-AFTER), office_today(ahead=BEFORE))
    ),
    holds=_is_due,
    refusal=_(
        "Perpanjangan disusun mulai 180 hari sebelum kerja sama berakhir sampai "
        "setahun sesudahnya."
    ),
)
NOT_RENEWED = When(
    rows=lambda user: (
        ~Q(
            Exists(
                Agreement.objects.filter(renews=OuterRef("pk")).exclude(
                    status=Status.DROPPED
                )
            )
        )
    ),
    holds=None,
    refusal=_("Perpanjangan kerja sama ini sudah disusun."),
)

Agreement.STEPS.add(
    Step(
        "renew",
        at={Status.SIGNED},
        permission="agreements.add_agreement",
        service=services.renew,
        label=_("Perpanjang"),
        title=_("Perpanjang kerja sama"),
        warning=_(
            "Portal menyusun draf baru dengan isi, rencana kerja, dan narahubung yang "
            "sama, paling cepat mulai sehari sesudah kerja sama ini berakhir dan sama "
            "lamanya. Kerja sama ini tidak berubah; draf itu dibahas, ditelaah, dan "
            "ditandatangani seperti naskah lain."
        ),
        done=_(
            "Draf perpanjangan tersusun dari isi kerja sama sebelumnya. Periksa isi, "
            "tanggal, dan penanda tangannya."
        ),
        onward=lambda agreement, user: services.made_of(agreement),
        is_main=True,
        when=(STANDS_ALONE, DUE, NOT_RENEWED),
    ),
)
