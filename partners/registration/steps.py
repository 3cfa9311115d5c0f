"""From a draft to a registration in the hands of the unit."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.registration import services
from partners.registration.forms import DiscardForm
from partners.registry import sections
from partners.registry.models import Partnership
from pokmas.forms.base import ReasonForm
from pokmas.records.steps import Step, Turn, When

Status = Partnership.Status


def _own_or_entered(user):
    entered = Q(is_self_registered=False)
    return entered | Q(pk__in=Partnership.objects.represented_by(user).values("pk"))


BY_ITS_APPLICANT = When(
    rows=_own_or_entered,
    holds=lambda partnership, user: (
        not partnership.is_self_registered or partnership.is_represented_by(user)
    ),
    refusal=_("Pendaftaran ini hanya dapat diajukan oleh pendaftarnya sendiri."),
)

# A registration that came back is the applicant's again, whoever examined it.
NOT_YET_EXAMINED = When(
    rows=lambda user: Q(handler=None) | ~Q(status=Status.SUBMITTED),
    holds=lambda partnership, user: (
        partnership.handler_id is None or partnership.status != Status.SUBMITTED
    ),
    refusal=_("Petugas unit sudah mulai memeriksa pendaftaran ini."),
)

# Whoever may write it may throw it away; who entered it for a partner among them.
MAY_WRITE = When(
    rows=sections.written_by,
    holds=lambda partnership, user: bool(sections.editable(partnership, user)),
    refusal=_("Draf ini hanya dapat dibuang oleh yang boleh mengisinya."),
)

Partnership.STEPS.add(
    Step(
        "submit",
        to=Status.SUBMITTED,
        at={Status.DRAFT, Status.RETURNED},
        permission="partners.submit_partner",
        service=services.submit,
        label=_("Periksa dan ajukan"),
        done=_("Pernyataan Anda disimpan sebagai PDF berkode, yang sedang dibuat."),
        url="partners:check",
        for_partner=True,
        when=(BY_ITS_APPLICANT,),
        turns={
            Status.DRAFT: Turn(
                _("Lengkapi data, lalu ajukan"),
                14,
                _("Draf tetap tersimpan, tetapi belum dilihat petugas."),
            ),
            Status.RETURNED: Turn(
                _("Perbaiki isian sesuai catatan, lalu ajukan lagi"),
                14,
                _("Pendaftaran tidak diproses sampai diajukan lagi."),
            ),
        },
    ),
    Step(
        "correct",
        to=Status.DRAFT,
        permission="partners.submit_partner",
        service=services.correct,
        form=ReasonForm,
        label=_("Tarik untuk diperbaiki"),
        done=_("Pendaftaran kembali menjadi draf. Perbaiki, lalu ajukan lagi."),
        needs_reason=True,
        for_partner=True,
        when=(BY_ITS_APPLICANT, NOT_YET_EXAMINED),
    ),
    Step(
        "discard",
        to=Status.WITHDRAWN,
        at={Status.DRAFT},
        permission="partners.discard_partner",
        service=services.discard,
        form=DiscardForm,
        label=_("Buang draf"),
        done=_(
            "Draf dibuang dan kini berstatus “Ditarik”. Riwayatnya tetap tersimpan."
        ),
        cautions=lambda partnership: [
            _("Berkas yang sudah diunggah ikut dihapus dan tidak dapat dikembalikan.")
        ],
        is_danger=True,
        needs_reason=True,
        for_partner=True,
        when=(BY_ITS_APPLICANT, MAY_WRITE),
    ),
    Step(
        "withdraw",
        to=Status.WITHDRAWN,
        at={Status.SUBMITTED, Status.RETURNED},
        permission="partners.submit_partner",
        service=services.withdraw,
        form=ReasonForm,
        label=_("Tarik pendaftaran"),
        done=_("Pendaftaran ditarik. Anda dapat mendaftar lagi kapan saja."),
        is_danger=True,
        needs_reason=True,
        for_partner=True,
        when=(BY_ITS_APPLICANT, NOT_YET_EXAMINED),
    ),
)
