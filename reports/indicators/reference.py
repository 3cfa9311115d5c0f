"""The catalogue of indicators, as headquarters sees it."""

from django.utils.translation import gettext_lazy as _

from pokmas.lists.columns import Choice, Column, Listed
from pokmas.reference.lists import ReferenceList, register
from pokmas.rules.reference import Since
from reports.indicators.forms import IndicatorForm
from reports.indicators.models import Indicator

register(
    ReferenceList(
        "indicators",
        Indicator,
        IndicatorForm,
        "reports.manage_indicator",
        title=_("Indikator kinerja"),
        lead=_(
            "Yang diukur di semua unit, masing-masing dengan tanggal mulai berlakunya. "
            "Versi baru tidak mengubah laporan yang sudah diterima."
        ),
        add=_("Tetapkan indikator atau versi baru"),
        columns=(
            Listed(name="name", label=_("Indikator"), value="name"),
            Column(name="code", label=_("Kode"), value="code", under="name"),
            Listed(name="numerator", label=_("Pembilang"), value="numerator"),
            Listed(
                name="denominator",
                label=_("Penyebut"),
                value="denominator",
                under="numerator",
                empty="",
            ),
            Listed(name="unit", label=_("Satuan"), value="unit"),
            Choice(
                name="direction",
                label=_("Arah"),
                value="direction",
                words=dict(Indicator.Direction.choices),
                under="unit",
            ),
            Choice(
                name="source",
                label=_("Sumber"),
                value="source",
                words=dict(Indicator.Source.choices),
            ),
            Since(name="since", label=_("Berlaku sejak"), value="valid_from"),
            Listed(name="legal", label=_("Dasar"), value="legal_note", on_page=False),
        ),
        is_fixed=True,
    )
)
