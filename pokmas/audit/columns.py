"""What the list of the trail shows."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models.fields.json import KT
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pokmas.accounts.models import display_name_of
from pokmas.audit.models import Entry
from pokmas.audit.phrases import every_phrase, phrase
from pokmas.lists.columns import Choice, Column, Moment, Nothing, Office, Table
from pokmas.words import dates


@dataclass(frozen=True, kw_only=True)
class Deed(Choice):
    """What was done; a page asks only for the words of its own rows."""

    def markup(self, value) -> str:
        return escape(capfirst(phrase(value)))


@dataclass(frozen=True, kw_only=True)
class Details(Column):
    """Why it was done, which page was refused, what was taken away as a sheet."""

    def markup(self, value) -> str:
        said = [value.get("reason"), value.get("path")]
        if sheet := value.get("sheet"):
            rows = dates.number(value.get("rows", 0))
            taken = _("%(rows)s baris, %(sheet)s") % {
                "rows": rows,
                "sheet": sheet.upper(),
            }
            filters = value.get("filters", {}).items()
            said += [taken, *(f"{label}: {words}" for label, words in filters)]
        return escape("; ".join(filter(None, said)))

    def writer(self) -> Callable[[Any], str]:
        return self.markup  # what is written in JSON is no key


ENTRIES = Table(
    model=Entry,
    title=gettext_lazy("Jejak audit"),
    list_page="audit:index",
    page=attrgetter("record_url"),
    needs=["about_type__app_label", "about_type__model", "about_id"],
    order="-at",
    kept=("-at", "at"),
    export_right="audit.export_entry",
    nothing=Nothing(
        gettext_lazy("Tidak ada jejak"),
        gettext_lazy("Jejak muncul begitu ada yang bekerja di portal."),
        "history",
    ),
    columns=[
        Deed(
            name="deed",
            label=gettext_lazy("Tindakan"),
            value="action",
            words=every_phrase,
            sortable=False,
        ),
        Details(
            name="details",
            label=gettext_lazy("Rincian"),
            value="details",
            under="deed",
            on_sheet=False,
            sortable=False,
        ),
        Column(name="about", label=gettext_lazy("Data"), value="label", sortable=False),
        Column(
            name="by",
            label=gettext_lazy("Oleh"),
            value=display_name_of("actor"),
            empty=gettext_lazy("Portal"),
            sortable=False,
        ),
        Column(
            name="capacity",
            label=gettext_lazy("Sebagai"),
            value="capacity",
            under="by",
            sortable=False,
        ),
        Moment(name="at", label=gettext_lazy("Waktu"), value="at"),
        Office(
            name="office",
            label=gettext_lazy("Kantor"),
            value="office__name",
            wide=True,
            sortable=False,
        ),
        Column(
            name="reason",
            label=gettext_lazy("Alasan"),
            value=KT("details__reason"),
            on_page=False,
        ),
        Column(
            name="path",
            label=gettext_lazy("Halaman"),
            value=KT("details__path"),
            on_page=False,
        ),
    ],
)
