"""A slip for who has no account: printed, printed anew, and revoked."""

from dataclasses import replace

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from partners.door import services
from partners.door.forms import SlipForm
from partners.door.models import Slip
from partners.registry.models import Partnership, Representative
from partners.volunteers.models import Volunteer
from partners.volunteers.steps import HAS_NO_ACCOUNT
from pokmas.records.steps import Step, When


def _has_slip(name):
    return When(
        rows=lambda user: Q(
            Exists(Slip.objects.open().filter(**{name: OuterRef("pk")}))
        ),
        holds=None,
        refusal=_("Tidak ada kode yang masih berlaku."),
    )


def _lacks_slip(volunteer) -> bool:
    open_slips = volunteer.slips.open()
    return not open_slips.filter(ends_on__gte=volunteer.office.today).exists()


PARTNER_HAS_NO_ACCOUNT = When(
    rows=lambda user: (
        ~Q(Exists(Representative.objects.current().filter(partner=OuterRef("partner"))))
    ),
    holds=None,
    refusal=HAS_NO_ACCOUNT.refusal,
)
IS_NAMED = When(
    rows=lambda user: ~Q(partner__name=""),
    holds=lambda partnership, user: bool(partnership.partner.name),
    refusal=_("Isi dahulu nama mitranya."),
)


def _steps(model, *conditions) -> tuple[Step, Step]:
    running = set(model.Status) - set(model.CLOSED)
    return (
        Step(
            "print_slip",
            at=running,
            permission=services.PRINT,
            form=SlipForm,
            label=_("Cetak slip kode akun"),
            title=_("Slip untuk mengambil alih akun"),
            when=conditions,
        ),
        Step(
            "revoke_slip",
            at=running,
            permission=services.PRINT,
            service=services.revoke,
            label=_("Batalkan kode akun"),
            question=_("Batalkan kode pada slip yang sudah dicetak?"),
            warning=_("Slip itu tidak dapat dipakai lagi. Slip baru dapat dicetak."),
            done=_("Kode pada slip tidak berlaku lagi."),
            is_danger=True,
            when=(_has_slip(model._meta.model_name),),
        ),
    )


Partnership.STEPS.add(*_steps(Partnership, IS_NAMED, PARTNER_HAS_NO_ACCOUNT))
_print_volunteers, _revoke_volunteers = _steps(Volunteer, HAS_NO_ACCOUNT)
# At the counter nothing else is left to do: he himself promises and submits.
Volunteer.STEPS.add(
    replace(_print_volunteers, is_main=True, leads=_lacks_slip), _revoke_volunteers
)
