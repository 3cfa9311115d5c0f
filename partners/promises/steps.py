"""The promise in its newest wording, asked of whoever made an older one."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.volunteers.models import Promise, Volunteer
from partners.volunteers.steps import BY_HIMSELF, OWN
from pokmas.records.steps import Call, Step, When

NEWER = Promise.objects.filter(valid_from__gt=OuterRef("promise__valid_from"))
OWES = When(
    rows=lambda user: (
        Q(promise=None) | Exists(NEWER.filter(valid_from__lte=timezone.localdate()))
    ),
    holds=lambda volunteer, user: volunteer.owes_promise,
    refusal=_("Janji dengan naskah yang berlaku sekarang sudah dibuat."),
)
PROMISED = When(
    rows=lambda user: ~OWES.rows(user),
    holds=lambda volunteer, user: not volunteer.owes_promise,
    refusal=_(
        "Naskah janji sudah berganti. Sahabat ini membuat janji yang baru dahulu, di "
        "halamannya; sesudah itu masa tugasnya dapat diperpanjang."
    ),
)


Volunteer.STEPS.add(
    Step(
        "promise",
        at=Volunteer.ACCEPTED,
        permission=OWN,
        label=_("Baca janji yang baru"),
        title=_("Janji yang baru"),
        button=_("Simpan janji"),
        for_partner=True,
        when=(BY_HIMSELF, OWES),
        call=Call(
            _("Baca naskah janji yang baru, lalu buat janji itu"),
            OWES,
            otherwise=_(
                "Tugas berjalan terus dengan janji yang lama, tetapi masa tugas tidak "
                "dapat diperpanjang."
            ),
        ),
    )
)
