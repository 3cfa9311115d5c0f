"""What lists of rules of offices show beside the rule itself."""

from django.utils.translation import gettext_lazy as _

from pokmas.lists.columns import Column, Day

OF_OFFICE = Column(
    name="office",
    label=_("Kantor"),
    value="office__name",
    empty=_("Semua kantor"),
    may_be_empty=True,
)
SINCE_AND_SOURCE = (
    Day(name="since", label=_("Berlaku sejak"), value="valid_from"),
    Column(name="source", label=_("Dasar"), value="source"),
)
