"""What a list of questions says beside them: of whom they are asked, and when."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, IntegerField, OuterRef
from django.utils.translation import gettext_lazy as _

from partners.kinds.models import PartnerKind
from pokmas.lists.columns import Day, Names
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
OF_WHOM_AND_WHEN = (
    Kinds(
        name="kinds",
        label=_("Ditanyakan kepada"),
        value=NAMES_OF_KINDS,
        empty=_("Semua jenis mitra"),
    ),
    Day(name="since", label=_("Berlaku sejak"), value="valid_from", may_be_empty=True),
    Day(
        name="until", label=_("Berlaku sampai"), value="valid_until", may_be_empty=True
    ),
)
