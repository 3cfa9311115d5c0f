"""Of an outside partner a member of the Pokmas Lipas is made."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from agreements.guided import services
from agreements.guided.forms import JoinForm
from agreements.register.conditions import STANDS_ALONE
from agreements.register.models import Agreement
from partners.models import GroupMembership, Partnership
from pokmas.offices.models import Office
from pokmas.records.steps import Step, When

Status = Agreement.Status
AS_GROUP = Agreement.objects.filter(
    office=OuterRef("office"),
    partner=OuterRef("partner"),
    group__isnull=False,
    status=Status.SIGNED,
)

OF_A_UNIT = When(
    rows=lambda user: Q(office__level__in=Office.UNITS),
    holds=lambda agreement, user: not agreement.office.is_wide,
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

# Where partners stand in no group yet; of a Bapas they are its own.
INSIDE = {
    each.value
    for each in Office.Kind
    if each.value.startswith(("lapas", "rutan", "cabang_rutan", "lpka"))
}


def _outside(user) -> Q:
    """In no group, and known: by an agreement with the unit, or to a Lapas or Rutan."""
    groups = GroupMembership.objects.current().filter(partnership=OuterRef("pk"))
    signed = Agreement.objects.filter(
        office=OuterRef("office"), partner=OuterRef("partner"), status=Status.SIGNED
    )
    inside = Partnership.objects.working().filter(
        partner=OuterRef("partner"), office__kind__in=INSIDE
    )
    at_unit = Q(office__level__in=Office.UNITS)
    return at_unit & ~Q(Exists(groups)) & (Q(Exists(signed)) | Q(Exists(inside)))


OUTSIDE = When(
    rows=_outside,
    holds=None,
    refusal=_(
        "Langkah ini untuk mitra yang belum masuk kelompok dan sudah bekerja sama "
        "dengan unit ini, atau dikenal Lapas atau Rutan."
    ),
)


def _nota_of(partnership, user) -> str:
    """Where the nota is drafted: from the agreement there is, or from the beginning."""
    if signed := services.signed_with(partnership):
        return reverse("agreements:guide", args=[signed.pk])
    group = services.group_of(partnership)
    asked = urlencode({"partnership": partnership.pk, "group": group.pk})
    return f"{reverse('agreements:create')}?{asked}"


Agreement.STEPS.add(
    Step(
        "guide",
        at={Status.SIGNED},
        permission="agreements.add_agreement",
        label=_("Jadikan Pokmas Lipas"),
        when=(STANDS_ALONE, OF_A_UNIT, NOT_YET),
    ),
)
Partnership.STEPS.add(
    Step(
        "guide",
        at=Partnership.WORKING,
        permission="partners.add_communitygroup",
        service=services.join_outsider,
        form=JoinForm,
        label=_("Jadikan Pokmas Lipas"),
        button=_("Masukkan ke kelompok"),
        url="agreements:guide_partner",
        onward=_nota_of,
        when=(OUTSIDE,),
    ),
)
