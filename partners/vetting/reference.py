"""The checklist, as headquarters sees it."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, IntegerField, OuterRef
from django.utils.translation import gettext_lazy as _

from partners.kinds.models import PartnerKind
from partners.vetting.forms import CriterionForm
from partners.vetting.models import Criterion
from pokmas.lists.columns import Choice, Day, Listed, Names
from pokmas.reference.lists import ReferenceList, register
from pokmas.words.language import in_readers_words


@dataclass(frozen=True, kw_only=True)
class Kinds(Names):
    """The kinds of partner that are asked, as their list calls them."""

    def markup(self, value) -> str:
        return super().markup([in_readers_words(name) for name in value or ()])


AMONG = Func(
    OuterRef("kinds"),
    F("code"),
    function="array_position",
    output_field=IntegerField(),
)
ASKED = PartnerKind.objects.alias(place=AMONG).filter(place__isnull=False)
NAMES_OF_KINDS = ArraySubquery(ASKED.values("name"))

register(
    ReferenceList(
        "criteria",
        Criterion,
        CriterionForm,
        "partners.manage_field",
        title=_("Kriteria pemeriksaan"),
        lead=_(
            "Yang diperiksa petugas pada setiap pendaftaran mitra. Kriteria wajib "
            "harus terpenuhi sebelum kepala dapat menyetujui."
        ),
        add=_("Tambah kriteria"),
        columns=(
            Listed(name="text", label=_("Kriteria"), value="text"),
            Choice(
                name="required",
                label=_("Wajib"),
                value="is_required",
                words={True: _("Wajib"), False: _("Tidak mutlak")},
            ),
            Kinds(
                name="kinds",
                label=_("Ditanyakan kepada"),
                value=NAMES_OF_KINDS,
                empty=_("Semua jenis mitra"),
            ),
            Day(
                name="since",
                label=_("Berlaku sejak"),
                value="valid_from",
                may_be_empty=True,
            ),
            Day(
                name="until",
                label=_("Berlaku sampai"),
                value="valid_until",
                may_be_empty=True,
            ),
        ),
    )
)
